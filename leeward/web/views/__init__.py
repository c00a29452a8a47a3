"""The doors that belong to no single room."""
