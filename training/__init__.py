"""Making the models that the reader reads with, from committed sentences. Needs requirements/train.txt; `make model`."""
