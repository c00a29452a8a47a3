"""What a text quotes of another, which is no part of it: shown beside it to who reads its case.

The rooms in which texts quote each other say so here. What they give follows the rule like all else: of a text that is
not part of the case a moderator reads here what she may read there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from leeward.audience.shared import Shared
from leeward.audience.viewers import Viewer

T = TypeVar("T", bound=Shared)

_quoted: dict[type[Shared], Callable[[Any, Viewer], str]] = {}


def register_quoted(model: type[T], quoted: Callable[[T, Viewer], str]) -> None:
    """Say what things of a model quote. Called from AppConfig.ready() of its room.

    Args:
        model: the model.
        quoted: what one of them quotes, as this viewer may see it; "" for nothing.

    Raises:
        ValueError: the model has one already.
    """
    if model in _quoted:
        raise ValueError(f"Two rooms say what {model.__name__} quotes.")
    _quoted[model] = quoted


def quoted_by(thing: Shared, viewer: Viewer) -> str:
    """What a thing quotes, as this viewer may see it; "" for nothing."""
    quoted = _quoted.get(type(thing))
    return quoted(thing, viewer) if quoted else ""
