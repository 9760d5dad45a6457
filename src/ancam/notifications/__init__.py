"""What people are told: in the system, by mail at once or in a digest, in their calendar; never twice for one thing."""
