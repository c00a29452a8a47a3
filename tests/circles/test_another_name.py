"""Who blocks somebody and takes another name is not found under it in any list of the one who is blocked."""

from __future__ import annotations

import zipfile

import pytest

from leeward.audience.actions import block, choose, mute, unblock
from leeward.circles.actions.letting_in import let_in
from leeward.members.actions import change_name
from leeward.members.export import copy_of
from leeward.members.models import Member
from tests.circles.people import findable, met, noted
from tests.circles.reading import page_of
from tests.conftest import Cast, signed_in

OLD, NEW = "Tobias", "Saltmarsh"
LISTS = ("/people/", "/found/", "/me/people/", "/me/blocks/")


def pages_of(watcher: Member) -> str:
    client = signed_in(watcher)
    return "".join(client.get(path).content.decode() for path in LISTS)


def copied(member: Member) -> str:
    with copy_of(member) as copy, zipfile.ZipFile(copy) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def test_lists_and_copy_of_who_is_blocked_keep_the_name_that_was_known(cast: Cast) -> None:
    watcher, she = cast.same_ring, cast.other_member
    meeting = met(watcher, she)
    choose(watcher, she)
    mute(watcher, she)
    let_in(watcher, she)
    block(watcher, she)
    block(she, watcher)
    change_name(she, NEW)
    for page in (pages_of(watcher), page_of(watcher, meeting), copied(watcher)):
        assert NEW not in page
        assert OLD in page


def test_a_note_that_waits_keeps_it_too(cast: Cast) -> None:
    note = noted(cast.same_ring, cast.other_member)
    block(cast.other_member, cast.same_ring)
    change_name(cast.other_member, NEW)
    assert "A note to Tobias" in page_of(cast.same_ring, note)


def test_a_list_is_not_in_the_order_of_new_names(cast: Cast) -> None:
    findable(cast.same_ring)
    for other in (cast.other_member, cast.host):
        let_in(cast.same_ring, other)
    block(cast.other_member, cast.same_ring)
    change_name(cast.other_member, "Aster")
    page = signed_in(cast.same_ring).get("/found/").content.decode()
    assert page.index("Hesper") < page.index(OLD)


@pytest.mark.parametrize("blocks_first", [True, False])
def test_others_and_who_is_blocked_no_more_read_the_new_name(cast: Cast, blocks_first: bool) -> None:
    meeting = met(cast.same_ring, cast.other_member)
    if blocks_first:
        block(cast.other_member, cast.same_ring)
        unblock(cast.other_member, cast.same_ring)
    change_name(cast.other_member, NEW)
    assert NEW in page_of(cast.same_ring, meeting)
