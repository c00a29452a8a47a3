"""Read this with me: one trusted person reads a draft before anybody else (docs/decisions/0031-read-with-one.md)."""
