"""The laboratory: simulated cameras, recorders, decoys and traps that count the harm done to them."""
