"""A maker's firmware text → what can be compared of it, when it was built, and which published advisories touch it."""
