"""Questions to the database that busy pages ask each time: compiled once from the rule's own queryset, then only run.

To build a queryset with the rule in it, and SQL from that, costs ten to fifty times what the database needs to answer
(docs/decisions/0034-how-a-page-is-made-fast.md). What changes from one asking to the next is who looks, when, and what
for. So the queryset is built once with marks in their place, and its SQL is run with the marks filled in. No SQL is
written by hand: a changed rule changes it. The cursor is in `kit.statements`, and on what people share nowhere else.

    @prepared
    def _newest(viewer: Viewer, longest_first: bool, *, before: int) -> QuerySet[Any, tuple[int, str]]:
        seen = Story.objects.filter(at__lt=before).visible_to(viewer).gentle_for(viewer)
        return seen.order_by("-at").values_list("at", "title")[:20]

    rows = _newest(request.viewer, False, before=moment)

Positional arguments give the question its shape: each combination is compiled for itself, so there must be few. Keyword
arguments are values, whole numbers or texts, and may only be handed on to the queryset as they are. Of the viewer a
question may use `member_id`, `shield` and `now` in the same way, and branch upon whether the first two are zero.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from django.db.models import QuerySet

from leeward.audience.viewers import Viewer
from leeward.kit.statements import MARKS, NotOnlyValues, Statement, marks_for, question

__all__ = ["NotOnlyValues", "Prepared", "prepared"]

P = ParamSpec("P")
Row = TypeVar("Row")

_MEMBER, _SHIELD, _NOW = "viewer.member_id", "viewer.shield", "viewer.now"


@dataclass(frozen=True)
class _Marked(Viewer):
    """A viewer with marks in place of who she is and when she looks."""

    moment: int = 0

    @property
    def now(self) -> int:
        """The mark in place of the moment at which she looks."""
        return self.moment


class Prepared(Generic[P, Row]):
    """A question about shared things that is compiled once for each shape. Made by `prepared`.

    Args:
        build: makes its queryset for a viewer, by `values_list`.
    """

    def __init__(self, build: Callable[Concatenate[Viewer, P], QuerySet[Any, Row]]) -> None:
        self.build = build
        self._known: dict[Hashable, Statement] = {}

    def __call__(self, viewer: Viewer, *shape: P.args, **values: P.kwargs) -> list[Row]:
        """Ask it.

        Args:
            viewer: who is looking.
            shape: what makes it another question.
            values: whole numbers and texts that it asks with.

        Raises:
            NotOnlyValues: it does not hand each value on as it is.
        """
        of_her = (viewer.great, viewer.in_rings, viewer.on_cases, viewer.member_id == 0, viewer.shield == 0)
        key = (of_her, shape, *values)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = _compile(self.build, viewer, shape, values)
        return known.ask({_MEMBER: viewer.member_id, _SHIELD: viewer.shield, _NOW: viewer.now, **values})


def prepared(build: Callable[Concatenate[Viewer, P], QuerySet[Any, Row]]) -> Prepared[P, Row]:
    """Make of a function that builds a queryset for a viewer a question that is compiled once for each shape."""
    return Prepared(build)


def _compile(build: Callable[..., Any], viewer: Viewer, shape: tuple[Any, ...], values: Mapping[str, Any]) -> Statement:
    hers = {_MEMBER: MARKS, _SHIELD: MARKS + 1, _NOW: MARKS + 2}
    marks = marks_for(values, first=len(hers))
    looking = _Marked(
        viewer.member_id and hers[_MEMBER],
        viewer.great,
        viewer.in_rings,
        viewer.on_cases,
        viewer.shield and hers[_SHIELD],
        moment=hers[_NOW],
    )
    names = {mark: name for name, mark in (hers | marks).items()}
    return question(build.__qualname__, build(looking, *shape, **marks), names, set(values))
