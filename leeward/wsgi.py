"""The door for the web server (granian; see leeward.web.starting)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leeward.settings")
application = get_wsgi_application()

from leeward.web.starting import refuse_village_in_production  # noqa: E402  # its models load after Django

refuse_village_in_production()  # also where another server than ours opens this door
