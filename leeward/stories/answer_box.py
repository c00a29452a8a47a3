"""The empty box for an answer: the same for everybody, and so drawn once. Forms are the dearest part of a page."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.template.loader import get_template
from django.utils.translation import get_language
from markupsafe import Markup

from leeward.members.unsent import Kept
from leeward.stories.forms import AnswerForm


def empty_fields(mine: bool, signed: bool) -> Markup:
    """What an empty box has inside, without the token and the address that make it somebody's.

    Args:
        mine: whether the story's author answers.
        signed: whether the story is signed.
    """
    return _drawn(get_language(), mine, signed)


@lru_cache(16)
def _drawn(_language: str, mine: bool, signed: bool) -> Markup:
    template: Any = get_template("stories/_answer_form.html")
    drawn: Markup = template.template.module.answer_fields(AnswerForm(), Kept(), mine, signed)
    return drawn
