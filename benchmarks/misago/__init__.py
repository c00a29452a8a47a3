"""Misago, set up to be measured beside us: what is here runs in an environment of its own, not in ours."""
