"""The doors of this part."""
