"""Every query, one file a feature. They work inside a unit of work and return frozen records."""
