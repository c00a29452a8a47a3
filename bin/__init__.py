"""Tools of the project: `python -m bin.NAME`, or `make help`."""
