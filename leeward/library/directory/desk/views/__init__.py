"""The doors of the desk."""
