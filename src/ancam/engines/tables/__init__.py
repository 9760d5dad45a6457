"""Workbooks and delimited text → rows of named cells, and rows → workbooks."""
