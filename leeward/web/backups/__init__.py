"""Backups: one zip that holds the whole place, and brings it back on either database."""
