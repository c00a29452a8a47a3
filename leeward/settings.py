"""All settings of the place. Each comes from the environment, is typed here, and says what it does.

A host sets what it needs as environment variables named `LEEWARD_…` (and `DATABASE_URL`); see docs/operate/settings.md.
"""

from __future__ import annotations

import sys
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from leeward.kit.databases import database_at
from leeward.kit.environment import flag as _flag
from leeward.kit.environment import number as _number
from leeward.kit.environment import text as _text
from leeward.kit.environment import times as _times
from leeward.kit.environment import words as _words
from leeward.kit.secret_file import secret_from
from leeward.kit.week_times import Span

BASE_DIR = Path(__file__).resolve().parent.parent

# -- Where and how it runs ----------------------------------------------------------------------------------

PRODUCTION: bool = _flag("LEEWARD_PRODUCTION")
"""Real members, behind HTTPS. Refuses to start with the demonstration village in it."""

DATA: Path = Path(_text("LEEWARD_DATA", str(BASE_DIR / "var"))).resolve()
"""The folder that holds everything of this place: database, secret key, collected static files, files of members."""

SECRET_KEY: str = _text("LEEWARD_SECRET_KEY") or secret_from(DATA / "secret_key")
"""Signs sessions and addresses. Made on the first start, kept in the data folder with mode 0600."""

DEBUG = False
"""Never on: a page of variables would show what members wrote."""

ALLOWED_HOSTS: list[str] = _words("LEEWARD_HOSTS", "" if PRODUCTION else "localhost 127.0.0.1 [::1] testserver")
"""The host names under which the place answers. Must be given in production."""

if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("LEEWARD_HOSTS must name the place's host names in production.")

DATABASE_URL: str = _text("DATABASE_URL", f"sqlite:///{DATA / 'leeward.sqlite3'}")
"""Which database: a SQLite file in the data folder, or postgres://user:password@host/name."""

DATABASES = {"default": database_at(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- Who runs it --------------------------------------------------------------------------------------------

PLACE_NAME: str = _text("LEEWARD_NAME", "Leeward")
"""The name of the place, in its header and letters."""

PLACE_HOST: str = _text("LEEWARD_HOST", "a demonstration" if not PRODUCTION else "")
"""The organisation that runs it. Must be given in production."""

PLACE_RESPONSIBLE: str = _text("LEEWARD_RESPONSIBLE", "nobody yet: this is a demonstration" if not PRODUCTION else "")
"""The person who is responsible, named at the foot of every page. Must be given in production."""

PLACE_CONTACT: str = _text("LEEWARD_CONTACT")
"""How to reach that person: a postal or e-mail address, shown on the privacy page."""

if PRODUCTION and not (PLACE_HOST and PLACE_RESPONSIBLE and PLACE_CONTACT):
    raise ImproperlyConfigured("LEEWARD_HOST, LEEWARD_RESPONSIBLE and LEEWARD_CONTACT must be given in production.")

COUNTRIES: list[str] = [code.upper() for code in _words("LEEWARD_COUNTRIES", "GB IE US CA AU NZ")]
"""Countries (ISO 3166 alpha-2) that the place serves. It opens when each has a confirmed line and emergency number."""

MINIMUM_AGE: int = _number("LEEWARD_MINIMUM_AGE", 18)
"""Youngest age to join: 16, 17 or 18, as the host decides."""

if MINIMUM_AGE not in {16, 17, 18}:
    raise ImproperlyConfigured("LEEWARD_MINIMUM_AGE must be 16, 17 or 18.")

FIRST_TEXTS_READ: int = _number("LEEWARD_FIRST_TEXTS_READ", 2)
"""How many of a new member's first texts are read by a person before others see them."""

FIRST_PHOTOS_READ: int = _number("LEEWARD_FIRST_PHOTOS_READ", 3)
"""How many of a member's first photos are seen by a person before others see them, however many texts she has told."""

LOCKED_DAYS: int = _number("LEEWARD_LOCKED_DAYS", 365)
"""How many days what was locked is kept: a year as in 18 U.S.C. 2258A(h)(1), if the host sets no other date."""

LOCKED_TOLD_AFTER: int = _number("LEEWARD_LOCKED_TOLD_AFTER", 24)
"""After how many hours its author is told, if the host has not before; 0: at once (docs/operate/settings.md)."""

SERVICES_CURRENT_DAYS: int = _number("LEEWARD_SERVICES_CURRENT_DAYS", 365)
"""For how many days a checked service is shown as current. A rule of this project, not of a law."""

CHECK_LINKS: bool = _flag("LEEWARD_CHECK_LINKS", PRODUCTION)
"""Whether the links of services are tried in the background. It tells those sites that this place links to them."""

SERVICES_API_RATE: int = _number("LEEWARD_SERVICES_API_RATE", 120)
"""How often a minute one network address may ask the API of the directory; 0: the directory is not given out."""

COUNTED_AFTER_TEXTS: int = _number("LEEWARD_COUNTED_AFTER_TEXTS", 1)
"""How many texts of hers a person has read before a member is counted in the numbers; 0: she need not have written."""

READER_SOCKET: Path = DATA / "reader.sock"
"""Where the reader process listens, which screens texts before others see them (`manage.py read_texts`)."""

FINDER_SOCKET: Path = DATA / "finder.sock"
"""Where the finder process listens, which finds what means alike and who is near (`manage.py keep_finding`)."""

FINDER_FOLDER: Path = DATA / "finder"
"""Where the finder keeps its index. It is made anew from the database where it is missing."""

PHOTOS: str = _text("LEEWARD_PHOTOS")
"""Where prepared photos are kept: empty: in the data folder; s3://key:secret@host:port/bucket?region=…: in a store."""

DARKROOM_SOCKET: Path = DATA / "darkroom.sock"
"""Where the process listens that prepares photos (`manage.py prepare_photos`)."""

PUBLIC_INDEXING: bool = _flag("LEEWARD_PUBLIC_INDEXING")
"""Whether search engines may index what members chose to show to everyone."""

LEAVE_TO: str = _text("LEEWARD_LEAVE_TO", "https://www.bbc.co.uk/weather")
"""The neutral site that *Leave this page* opens."""

READING_HOURS: str = _text("LEEWARD_READING_HOURS")
"""When the moderators really read, in the host's own words. Empty: the place says that nobody has said."""

READING_TIMES: tuple[Span, ...] = _times("LEEWARD_READING_TIMES")
"""When they really read, as times of the week in the place's time zone: who waits is told when someone reads next."""

GREETED_WITHIN: int = _number("LEEWARD_GREETED_WITHIN", 24)
"""Within how many hours the host promises an answer to somebody's first words; 0: it promises nothing."""

# -- Django -------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "leeward.members",
    "leeward.audience",
    "leeward.notifications",
    "leeward.moderation",
    "leeward.photos",
    "leeward.search",
    "leeward.journeys",
    "leeward.numbers",
    "leeward.stories",
    "leeward.library",
    "leeward.library.directory",
    "leeward.library.directory.api",
    "leeward.library.directory.desk",
    "leeward.library.finding",
    "leeward.library.guides",
    "leeward.library.public_stories",
    "leeward.circles",
    "leeward.web",
    "leeward.village",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "leeward.web.compression.compressed",
    "leeward.web.middleware.quiet",
    "leeward.library.directory.api.apart.nobody_asks",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "leeward.web.middleware.looking_person",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "leeward.web.middleware.ended_membership",
    "leeward.web.opening.open_only_when_ready",
]

ROOT_URLCONF = "leeward.urls"
WSGI_APPLICATION = "leeward.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "leeward.web.jinja.Templates",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "leeward.web.jinja.environment",
            "context_processors": ["leeward.web.context.page"],
        },
    }
]

AUTH_USER_MODEL = "members.Member"
AUTHENTICATION_BACKENDS = ["leeward.members.backends.NameAndPassphrase"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name",)},
    },
]
LOGIN_URL = "members:sign_in"

SESSION_ENGINE = "leeward.audience.sessions"
SESSION_COOKIE_NAME = "s"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "c"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "leeward.web.views.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = _text("LEEWARD_LANGUAGE", "en")
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "leeward" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = _text("LEEWARD_TIME_ZONE", "UTC")

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "files"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
"""A text of a million bytes is longer than any story here; photos go to files, and are not counted in it."""

FILE_UPLOAD_HANDLERS = ["leeward.photos.uploading.PhotoUploads"]
"""Photos of members go to files of the data folder. What somebody sends besides is passed over, and kept nowhere."""

# -- Safety -------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
"""Nothing about us reaches another site. `no-referrer` would make browsers send `Origin: null` and break forms."""
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _flag("LEEWARD_BEHIND_PROXY") else None
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

BEHIND_PROXY: bool = _flag("LEEWARD_BEHIND_PROXY")
"""Whether a proxy of the host sits in front and sets X-Forwarded-For and X-Forwarded-Proto."""

# -- Letters ------------------------------------------------------------------------------------------------

LETTERS_ON: bool = bool(_text("LEEWARD_SMTP_HOST"))
"""Whether letters can be sent at all. Without a mail server the place never asks for an e-mail address."""
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if LETTERS_ON else 'dummy'}.EmailBackend"
EMAIL_HOST = _text("LEEWARD_SMTP_HOST", "localhost")
EMAIL_PORT = _number("LEEWARD_SMTP_PORT", 587)
EMAIL_HOST_USER = _text("LEEWARD_SMTP_USER")
EMAIL_HOST_PASSWORD = _text("LEEWARD_SMTP_PASSWORD")
EMAIL_USE_TLS = _flag("LEEWARD_SMTP_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = _text("LEEWARD_FROM", "letters@localhost")
"""The sender of letters. Choose an address whose name gives nothing away."""

BASE_URL: str = _text("LEEWARD_BASE_URL", f"http://localhost:{_number('PORT', 8000)}")
"""The address of the place as it stands in letters, without a slash at its end."""

TESTING: bool = "pytest" in sys.modules
"""Whether the tests run: only then may static files be missing their manifest."""
if TESTING:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "leeward": {"level": "INFO"},
        "leeward.skeleton_key": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
    },
}
"""No request is logged unless it broke: a page's address would say what was read, that of a letter's link by whom."""
