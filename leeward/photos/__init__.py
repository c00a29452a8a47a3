"""Photos: how they are taken in, stripped and kept in three sizes, and the door they are shown through."""
