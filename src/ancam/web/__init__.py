"""What every room's web side shares: the jobs door, uploads and the file store, tables, replies, visibility."""
