"""A signed authorisation and targets → who lives there, what each device is, and what is wrong with it; harmlessly."""
