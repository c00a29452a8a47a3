"""What is checked before the place starts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004  # Django's own names

from leeward.library.lines import LinesUnreadableError, countries_with_lines


@register()
def lines_can_be_read(**_options: Any) -> Sequence[CheckMessage]:
    """The files of lines are sound, and every served country has lines to confirm."""
    try:
        known = countries_with_lines()
    except LinesUnreadableError as error:
        return [Error(str(error), id="library.E001")]
    lacking = [code for code in settings.COUNTRIES if code not in known]
    if not lacking:
        return []
    hint = f"Add them to {settings.DATA / 'lines.toml'}, in the form of leeward/library/lines.toml."
    return [
        Warning(f"There are no lines for {', '.join(lacking)}: the place cannot open.", hint=hint, id="library.W001")
    ]
