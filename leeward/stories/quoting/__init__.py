"""Passages that answers take from what they answer: word for word, only on its own page, and only while it says so."""
