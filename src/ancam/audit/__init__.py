"""The append-only ledger and its door: who did what to what. Names and ids are kept as values."""
