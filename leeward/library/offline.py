"""What a browser keeps of Help now for when there is no network, and the script that keeps it (offline.js).

The script is served under /help/, so no browser lets it touch a page of any other address
(docs/decisions/0040-help-now.md).
"""

from __future__ import annotations

import hashlib

from django.template.loader import render_to_string
from django.templatetags.static import static

SHEET = "css/help.css"
ICON = "img/favicon.svg"
SCRIPTS = ("js/leave.js", "js/help.js", "js/help_kept.js")


def worker() -> str:
    """The script, named by all that it keeps: when a file of it changes, browsers take it for a new one."""
    kept = {"assets": [static(name) for name in (SHEET, ICON, *SCRIPTS)]}
    plain = render_to_string("library/offline.js", {**kept, "version": ""})
    version = hashlib.sha256(plain.encode()).hexdigest()[:12]
    return render_to_string("library/offline.js", {**kept, "version": version})
