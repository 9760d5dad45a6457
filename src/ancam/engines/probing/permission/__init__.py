"""What an assessment may do: a signed file, who signed it, where, when, how much, and in which surroundings."""
