"""The settings of a test run: those of the place, with a data folder of their own that is taken away afterwards."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = tempfile.mkdtemp(prefix="leeward-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["LEEWARD_DATA"] = _folder
os.environ["LEEWARD_PRODUCTION"] = "0"

from leeward.settings import *  # noqa: E402, F403  # settings are made to be taken whole, once the folder is named
from leeward.settings import DATABASE_URL, DATABASES, STATIC_ROOT  # noqa: E402  # the same

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns of a missing folder, and warnings are errors
if not DATABASE_URL.startswith("postgres"):
    # A file, as in a real place: in memory, the server of the browser tests would share one connection with the test.
    # What is thrown away afterwards need not outlive a power cut.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_folder) / "tests.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
