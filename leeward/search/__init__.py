"""Finding: what is shown to others by its words, its meaning and its facts. Ids in, ids out; it knows no nouns."""
