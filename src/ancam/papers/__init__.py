"""Issued documents of every room: number, date, digest, and the values they were made from; frozen."""
