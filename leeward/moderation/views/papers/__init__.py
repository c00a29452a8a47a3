"""Doors to the host's papers, and to those of them that everyone may read."""
