"""From the letter to tracked duties: documents, obligations, assignments, progress, and the report of them."""
