"""The process that reads texts with the models, and how the others ask it."""
