"""``growth``: how does a count grow with one size? ``crossings``: where does one count overtake another?"""
