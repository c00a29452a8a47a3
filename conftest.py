"""What every test run has: no network beyond this machine, a list of what could not run, no chance in its examples."""

from hypothesis import settings

pytest_plugins = ["tests.no_network", "tests.left_out", "tests.browsing"]

settings.register_profile("same each time", derandomize=True, database=None, deadline=None)
settings.load_profile("same each time")  # a run fails by what was changed; `--hypothesis-profile=default` looks further
