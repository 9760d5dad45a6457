"""`ancam …`: each command is a module, loaded when it is asked for, so that an engine's command imports no Django."""
