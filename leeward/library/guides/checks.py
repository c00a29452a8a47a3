"""What is checked before the place starts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register

from leeward.library.rules import RulesUnreadableError, all_rules


@register()
def rules_can_be_read(**_options: Any) -> Sequence[CheckMessage]:
    """The files of the rules of countries are sound."""
    try:
        all_rules()
    except RulesUnreadableError as error:
        return [Error(str(error), id="guides.E001")]
    return []
