"""Agencies and people by the file: which columns, what each row means, what would change. Pure; services write."""
