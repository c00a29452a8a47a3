"""What every test run has: no network beyond this machine, and a list of what could not run."""

pytest_plugins = ["tests.no_network", "tests.left_out", "tests.browsing"]
