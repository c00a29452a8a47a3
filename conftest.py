"""What every test run has: no network beyond this machine, a list of what could not run, no chance in its examples."""

from hypothesis import settings

pytest_plugins = ["tests.no_network", "tests.left_out", "tests.browsing"]

settings.register_profile("same each time", derandomize=True, database=None, deadline=None)
settings.register_profile("looks-further", deadline=None)
settings.load_profile("same each time")  # so that a run fails by what was changed
