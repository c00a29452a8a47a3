"""The guides of the village: all twelve can be read, none is said to be reviewed, and the desk has work on it."""

from __future__ import annotations

import pytest
from django.test import Client

from leeward.library.guides.faults import faults_of
from leeward.library.guides.models import Guide, Review, State, Version
from leeward.members.models import Member
from tests.conftest import signed_in

pytestmark = pytest.mark.usefixtures("in_the_village")


def test_all_twelve_can_be_read_and_no_reviewer_is_made_up(client: Client) -> None:
    keys = set(Guide.objects.values_list("key", flat=True))
    assert len(keys) == 12
    for key in keys:
        assert "Nobody has reviewed this text" in client.get(f"/library/guides/{key}/").content.decode()
    assert not Review.objects.exists()


def test_the_editor_has_given_one_to_a_second_reader_and_begun_another() -> None:
    hers = Version.objects.filter(shipped="").select_related("guide")
    assert {(version.guide.key, version.state) for version in hers} == {
        ("dates", State.SECOND),
        ("telling-people", State.DRAFT),
    }
    keys = set(Guide.objects.values_list("key", flat=True))
    for version in hers:
        assert faults_of(version.content, keys) == []
        before = Version.objects.get(guide=version.guide, number=version.number - 1)
        assert version.text != before.text
    host = signed_in(Member.objects.get(name="Hesper")).get("/library/desk/").content.decode()
    assert "These wait for a second reader: you could be" in host
    editor = signed_in(Member.objects.get(name="Linden")).get("/library/desk/").content.decode()
    assert "These wait for a second reader: you could be" not in editor
