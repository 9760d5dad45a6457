"""The only way out: every socket, its turn, its budget, and what stops it all."""
