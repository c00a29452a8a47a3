"""Doors to the journey: a step at a time."""
