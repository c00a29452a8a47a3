"""Making the models that the reader reads with, from committed sentences: `make model` (training/README.md)."""
