"""Leeward: a place for people who have lost a pregnancy or a baby."""

__version__ = "0.1.0"
