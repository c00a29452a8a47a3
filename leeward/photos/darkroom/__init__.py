"""Where photos are prepared: one process beside the server, and a child of it for each photo."""
