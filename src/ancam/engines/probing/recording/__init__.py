"""What is kept of a run while it runs: rows, the chained journal, guessed logins, what the last run saw."""
