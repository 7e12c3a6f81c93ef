"""``growth``: what is a count made of as one size grows? ``crossings``: where does one count overtake another?"""
