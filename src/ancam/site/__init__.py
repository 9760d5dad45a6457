"""Settings, addresses, base templates and navigation: the only place that knows every room."""
