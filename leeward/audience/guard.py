"""The guard: a Shared model's rows cannot be asked for without saying who is looking.

`Story.objects` refuses every question (list, count, exists, get, aggregate, subquery, union, `|`, prefetch, update,
delete, template loop) until `.visible_to(viewer)` or `.written_by(member)`. The refusal sits where SQL is made, so a
new kind of question is refused without anyone thinking of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeVar

from django.db import models, transaction
from django.db.models.sql import Query

from leeward.audience.changing import gone

if TYPE_CHECKING:
    from leeward.audience.shared import Shared
    from leeward.audience.viewers import Viewer
    from leeward.members.models import Member

T = TypeVar("T", bound="Shared")


class NobodyIsLooking(RuntimeError):
    """A shared thing was asked for without saying who is looking."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(
            f"{model.__name__}.objects refuses until it knows who is looking: write "
            f"{model.__name__}.objects.visible_to(viewer), or .written_by(member) for a member's own words."
        )


class ClosedQuery(Query):
    """A query that refuses to become SQL."""

    def get_compiler(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: here every question would become SQL."""
        raise NobodyIsLooking(self._asked())

    def chain(self, klass: type[Query] | None = None) -> Any:
        """Copy itself; refuse to become another class of query (an update, a delete), except an opened one."""
        if klass is not None and not issubclass(klass, ClosedQuery | OpenQuery):
            raise NobodyIsLooking(self._asked())
        return super().chain(klass)

    def combine(self, rhs: Query, connector: str) -> NoReturn:
        """Refuse to be joined to another set by `|` or `&`."""
        raise NobodyIsLooking(self._asked())

    def _asked(self) -> type[models.Model]:
        assert self.model is not None
        return self.model


class OpenQuery(Query):
    """A query that knows who is looking. It refuses to be widened by one that does not."""

    def combine(self, rhs: Query, connector: str) -> None:
        """Join another set by `|` or `&`, if that one knows who is looking too."""
        if isinstance(rhs, ClosedQuery):
            raise NobodyIsLooking(rhs._asked())
        super().combine(rhs, connector)


class SharedQuerySet(models.QuerySet[T]):
    """A set of shared things, closed until it knows who is looking."""

    def visible_to(self, viewer: Viewer, within: Mapping[str, int | None] | None = None) -> Self:
        """Those that this viewer may see. The rule is in audience.rule.

        Args:
            viewer: who is looking.
            within: only those inside of these things: for foreign keys that `Shared.inside` names, the key, or None for
                "of none". Of each the rule is then asked once, not for each row.
        """
        from leeward.audience.rule import may_see  # noqa: PLC0415  # the rule needs the models, the models this guard

        return self._opened().filter(may_see(self.model, viewer, within or {}))

    def written_by(self, member: Member) -> Self:
        """Those that a member wrote herself, in whatever state: for her own lists, her export and her leaving."""
        return self._opened().filter(author=member)

    def gentle_for(self, viewer: Viewer) -> Self:
        """Without what this reader asked not to meet: notes, people she muted, things she put aside. Her own stay."""
        from leeward.audience.rule import wants_to_see  # noqa: PLC0415  # as above

        return self.filter(wants_to_see(self.model, viewer))

    def gentle_around_for(self, viewer: Viewer) -> Self:
        """Without what stands in something that this reader asked not to meet."""
        from leeward.audience.rule import wants_what_is_around  # noqa: PLC0415  # as above

        return self.filter(wants_what_is_around(self.model, viewer))

    def _opened(self) -> Self:
        opened: Self = self.all()
        opened.query = opened.query.chain(OpenQuery)
        return opened

    def _refuse_if_closed(self) -> None:
        if isinstance(self.query, ClosedQuery):
            raise NobodyIsLooking(self.model)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete what is seen, from the search too; refused while nobody is looking."""
        self._refuse_if_closed()
        with transaction.atomic():
            locked = self.order_by("pk").select_for_update(of=("self",))  # in one order, so that nobody waits in a ring
            gone(self.model, list(locked.values_list("pk", flat=True)))
            return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]  # as Django marks it, so that no template calls it
    delete.queryset_only = True  # type: ignore[attr-defined]  # the same

    def _raw_delete(self, using: str | None) -> int:
        self._refuse_if_closed()
        return super()._raw_delete(using)

    def raw(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse always: hand-written SQL cannot be checked."""
        raise NobodyIsLooking(self.model)


class GuardedManager(models.Manager.from_queryset(SharedQuerySet)):  # type: ignore[misc]  # Django makes this class
    """The manager of every Shared model."""

    def get_queryset(self) -> SharedQuerySet[Any]:
        """A closed set."""
        return SharedQuerySet(self.model, query=ClosedQuery(self.model), using=self._db)


def lock_row(model: type[Shared], key: int) -> None:
    """Wait until nobody else changes a row or ties anything to it, and keep it so until the transaction ends."""
    bool(SharedQuerySet[Any](model).select_for_update().filter(pk=key).values("pk"))
