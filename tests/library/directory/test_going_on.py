"""An API that was read half is read on from where it was, by the next import."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from leeward.library.directory import telling
from leeward.library.directory.bringing_in import bring_in, went_so_far
from leeward.library.directory.models import Service, Source
from leeward.library.directory.reading.found import Fault, Origin, Read
from leeward.library.directory.telling import chunks_of
from tests.library.answering import answering
from tests.library.directory.reading.serving import Served, api, many

pytestmark = pytest.mark.django_db


def stopped(reading: Iterator[Read | Fault], after: int) -> Iterator[Read | Fault]:
    for _one in range(after):
        yield next(reading)
    raise KeyboardInterrupt


def test_what_was_brought_in_stays_and_the_rest_follows_without_retiring_anything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(telling, "CHUNK", 2)
    source = Source.objects.create(key="county", name="County")
    with answering(Served(services=many(7))) as server:
        reached: dict[str, object] = {}
        with pytest.raises(KeyboardInterrupt):
            bring_in(source, chunks_of(stopped(iter(api(server.address, reached=reached)), 5)), reached=reached)
        assert Service.objects.count() == 4  # two chunks were committed
        so_far = went_so_far(source)
        assert so_far["list"] == "services"
        server.asked.clear()
        outcome = bring_in(source, chunks_of(api(server.address, reached=so_far)), reached=so_far)
        assert not any("page=1&" in target for target, _headers in server.asked if "/services?" in target)
    assert Service.objects.filter(retired_at=None).count() == 7
    assert outcome.retiring  # what was before the page was not looked at again
    assert went_so_far(source) == {}


def test_where_it_came_to_is_kept_when_the_server_falls_ill() -> None:
    source = Source.objects.create(key="county", name="County")
    bring_in(source, [], reached={"list": "services", "page": 3})
    assert went_so_far(source) == {"list": "services", "page": 3}


def test_a_strict_import_that_kept_nothing_is_not_gone_on_with() -> None:
    source = Source.objects.create(key="county", name="County")
    trouble = Fault(Origin("https://directory.example"), "It fell ill.", fatal=True)
    outcome = bring_in(source, chunks_of([trouble]), strict=True, reached={"list": "services", "page": 3})
    assert not outcome.kept
    assert went_so_far(source) == {}
