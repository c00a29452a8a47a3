"""Every write of this room, a verb a file."""
