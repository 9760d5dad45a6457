"""Backing an instance up into one sealed file, and bringing it back whole, on either database."""
