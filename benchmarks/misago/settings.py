"""Misago's own project settings, with what a host has to say: where the database and Redis are, and no debugging."""

# Its packages are not in our environment.
# mypy: ignore-errors

import os

from devproject.settings import *  # noqa: F403  # as a project of Misago begins: its own, then what is said otherwise below
from devproject.settings import INSTALLED_APPS, MIDDLEWARE

DEBUG = False
ALLOWED_HOSTS = ["localhost"]
SECRET_KEY = "only ever measured"  # noqa: S105  # nobody's place
INSTALLED_APPS = [one for one in INSTALLED_APPS if one != "debug_toolbar"]
MIDDLEWARE = [one for one in MIDDLEWARE if not one.startswith("debug_toolbar")]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "postgres",
        "USER": "leeward",
        "HOST": os.environ.get("MISAGO_DATABASE", ""),
        "CONN_MAX_AGE": 60,
    }
}
REDIS = f"unix://{os.environ.get('MISAGO_REDIS', '')}"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS}}
CELERY_BROKER_URL = REDIS.replace("unix", "redis+socket")
STATIC_ROOT = f"{os.environ.get('MISAGO_FILES', '')}/static"
MEDIA_ROOT = f"{os.environ.get('MISAGO_FILES', '')}/media"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "ERROR"},
}
