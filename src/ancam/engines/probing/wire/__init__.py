"""What goes over the wire, as values: bytes in, values out; no sockets, no clock, every reader bounded."""
