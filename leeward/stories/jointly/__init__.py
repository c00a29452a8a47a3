"""Told together by two: both names, both consents, and either ends it (docs/decisions/0035-told-together.md)."""
