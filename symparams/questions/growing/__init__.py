"""How a count grows with one size: the shares of its parts, its elasticity, and where one count overtakes another."""
