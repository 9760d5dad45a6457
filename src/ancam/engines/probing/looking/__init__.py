"""Who lives in a range, and what each device is asked in its turn."""
