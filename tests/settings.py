"""The settings of a test run: those of the place, with a data folder of their own that is taken away afterwards."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="leeward-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["LEEWARD_DATA"] = _folder
os.environ["LEEWARD_PRODUCTION"] = "0"

from leeward.settings import *  # noqa: E402, F403  # settings are made to be taken whole, and only after the folder is named

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns of a folder that is not there, and warnings are errors
