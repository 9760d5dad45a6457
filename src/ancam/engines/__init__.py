"""Pure Python engines: no Django, no settings, no clock; usable as libraries and from the command line."""
