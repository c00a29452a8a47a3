"""Every write of this room: agreeing and stopping, choosing a loss, settling who is counted, publishing."""
