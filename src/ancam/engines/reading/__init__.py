"""A document's bytes → text → clauses → obligations, each with its span and its confidence."""
