"""The doors of this room: reading, telling, answering."""
