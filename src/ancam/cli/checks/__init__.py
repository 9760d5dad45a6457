"""What `ancam check` looks at, a module for each side of an instance."""
