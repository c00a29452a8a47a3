"""Changing a service on the editors' desk, and what happens when its directory or somebody else changes it too."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from lxml import html  # type: ignore[import-untyped]  # it has no types

from leeward.library.directory import changes
from leeward.library.directory.desk.editing import (
    At,
    ChangedMeanwhile,
    Unsound,
    as_seen,
    change,
    print_of_edit,
    seen_in,
    take_back,
)
from leeward.library.directory.desk.models import Entry, Step
from leeward.library.directory.models import Location, Record, Service, ServiceAtLocation
from leeward.members.belongings import Farewell
from leeward.members.leaving import leave
from leeward.members.models import Member
from tests.conftest import Cast, signed_in
from tests.library.directory.desk_cast import WEEKDAYS, a_service, an_editor, form_at, forms_on, said_by_directory

pytestmark = pytest.mark.django_db


def edit(client: Client, part: str, record: str = "", **written: Any) -> Any:
    address = (
        reverse("directory:edit_at", args=["s1", part, record])
        if record
        else reverse("directory:edit", args=["s1", part])
    )
    return client.post(
        address, {**form_at(client, address), **{name.replace("__", "-"): v for name, v in written.items()}}
    )


def _seen(page: str) -> str:
    return str(html.fromstring(page).xpath("//form//input[@name='seen']/@value")[0])


def write(service: Service, by: Member, **values: Any) -> list[str]:
    record: Record = Service.objects.get(pk=service.pk)
    return change(At(service, "service", service.pk), values, seen=seen_in(as_seen(record, values)), by=by)


def now(field: str) -> Any:
    return Service.objects.get().overlaid.get(field)


def press(client: Client, do: str) -> None:
    to = reverse("directory:desk_field", args=["s1"])
    for address, holds in forms_on(client, reverse("directory:desk_service", args=["s1"])):
        if address == to:
            client.post(to, {**holds, "do": do})
            return
    raise AssertionError("There is no such button.")


def test_a_change_stands_over_what_the_directory_says_and_tells_who_made_it() -> None:
    a_service(description="Old words.")
    editor = an_editor()
    assert edit(signed_in(editor), "words", description="New words.").status_code == 302
    service = Service.objects.get()
    assert service.data["description"] == "Old words."
    assert service.edits == {"description": {"is": "New words.", "was": "Old words."}}
    step = Step.objects.get()
    assert (step.field, step.before, step.after, step.by) == ("description", "Old words.", "New words.", editor)


def test_a_form_that_is_kept_untouched_changes_nothing() -> None:
    a_service(
        description="  Two lines\nwith spaces.  ", phones=[{"id": "p", "number": " 01 ", "extension": 2, "x": [1]}]
    )
    client = signed_in(an_editor())
    for part, record in (("words", ""), ("phones", ""), ("hours", ""), ("hours-there", "s1-at"), ("place", "s1-place")):
        assert edit(client, part, record).status_code == 302
    assert not Step.objects.exists()
    assert Service.objects.get().edits == {}


def test_a_change_is_taken_back_field_by_field() -> None:
    service = a_service(description="Old words.")
    editor = an_editor()
    write(service, editor, description="New words.")
    press(signed_in(editor), "back")
    assert now("description") == "Old words."
    assert Service.objects.get().edits == {}
    assert [step.did for step in Step.objects.all()] == ["took_back", "changed"]


def test_what_the_directory_changes_too_is_shown_in_three_and_ours_can_be_kept() -> None:
    service = a_service(description="Old words.")
    editor = an_editor()
    write(service, editor, description="Our words.")
    assert Entry.objects.get().differs == 0
    said_by_directory(service, description="Their new words.")
    assert Entry.objects.get().differs == 1
    client = signed_in(editor)
    page = client.get(reverse("directory:desk_service", args=["s1"])).content.decode()
    for words in ("Old words.", "Our words.", "Their new words.", "Keep ours"):
        assert words in page
    press(client, "keep")
    assert (now("description"), Entry.objects.get().differs) == ("Our words.", 0)
    said_by_directory(service, description="Their newest words.")
    assert Entry.objects.get().differs == 1
    press(client, "back")
    assert (now("description"), Entry.objects.get().differs) == ("Their newest words.", 0)


def test_where_the_directory_comes_to_say_the_same_nothing_waits() -> None:
    service = a_service(description="Old words.")
    write(service, an_editor(), description="Our words.")
    said_by_directory(service, description="Our words.")
    assert Entry.objects.get().differs == 0


def test_a_button_on_an_old_page_does_nothing_but_say_so() -> None:
    service = a_service(description="Old words.")
    editor = an_editor()
    write(service, editor, description="Our words.")
    client = signed_in(editor)
    to = reverse("directory:desk_field", args=["s1"])
    holds = dict(forms_on(client, reverse("directory:desk_service", args=["s1"])))[to]
    said_by_directory(service, description="Their new words.")
    page = client.post(to, {**holds, "do": "back"}, follow=True).content.decode()
    assert "not as it was when you opened this page" in page
    assert now("description") == "Our words."


def test_of_two_editors_the_second_sees_what_the_first_wrote_and_nothing_is_overwritten() -> None:
    service = a_service(description="Old words.", wait_time="a week")
    first, second = an_editor("Linden"), an_editor("Rowan")
    client, address = signed_in(second), reverse("directory:edit", args=["s1", "words"])
    sent = form_at(client, address)
    write(service, first, description="Linden's words.", wait_time="a month")
    answer = client.post(address, {**sent, "description": "Rowan's words."})
    page = unescape(answer.content.decode())
    assert "Nothing is overwritten" in page
    assert page.count("Linden's words.") == 1
    assert page.count("Rowan's words.") == 2  # beside the first's, and in the form
    assert now("description") == "Linden's words."
    again = {**sent, "description": "Both their words.", "seen": _seen(page), "wait_time": "a month"}
    assert client.post(address, again).status_code == 302
    assert (now("description"), now("wait_time")) == ("Both their words.", "a month")


def test_what_the_second_did_not_touch_stays_as_the_first_changed_it() -> None:
    service = a_service(description="Old words.", wait_time="a week")
    client, address = signed_in(an_editor("Rowan")), reverse("directory:edit", args=["s1", "words"])
    sent = form_at(client, address)
    write(service, an_editor("Linden"), wait_time="a month")
    assert client.post(address, {**sent, "description": "Rowan's words."}).status_code == 302
    assert (now("description"), now("wait_time")) == ("Rowan's words.", "a month")


def test_a_form_that_is_sent_twice_is_kept_once() -> None:
    a_service()
    client, address = signed_in(an_editor()), reverse("directory:edit", args=["s1", "phones"])
    sent = {**form_at(client, address), "1-number": "01632 960002", "1-description": "Evenings"}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 302
    assert [phone["number"] for phone in now("phones")] == ["01632 960001", "01632 960002"]
    assert Step.objects.count() == 1


def test_a_number_is_changed_and_taken_out_and_what_the_form_does_not_know_stays() -> None:
    languages = [{"id": "l1", "code": "pl"}]
    a_service(phones=[{"id": "p1", "number": "1", "languages": languages}, {"id": "p2", "number": "2"}])
    edit(signed_in(an_editor()), "phones", **{"0-number": "11", "1-number": ""})
    assert now("phones") == [{"id": "p1", "number": "11", "languages": languages}]


def test_hours_are_changed_as_days_and_times_and_keep_their_zone() -> None:
    a_service()
    ServiceAtLocation.objects.update(
        data={"id": "s1-at", "schedules": [{**WEEKDAYS, "timezone": -5, "opens_at": "14:00Z", "closes_at": "22:00Z"}]}
    )
    client = signed_in(an_editor())
    page = client.get(reverse("directory:edit_at", args=["s1", "hours-there", "s1-at"])).content.decode()
    assert 'value="09:00"' in page
    edit(client, "hours-there", record="s1-at", **{"0-days": ["MO", "SA"], "0-closes": "16:30"})
    row = ServiceAtLocation.objects.get().overlaid["schedules"][0]
    assert (row["byday"], row["opens_at"], row["closes_at"], row["timezone"]) == (
        "MO,SA",
        "09:00-05:00",
        "16:30-05:00",
        -5,
    )
    assert row["id"] == "hours-1"


def test_hours_that_no_clock_understands_stay_and_new_ones_are_added() -> None:
    a_service(schedules=[{"id": "w", "description": "When the light is on"}])
    client = signed_in(an_editor())
    edit(client, "hours", record="", **{"1-days": ["WE"], "1-opens": "10:00", "1-closes": "12:00"})
    first, second = now("schedules")
    assert first == {"id": "w", "description": "When the light is on"}
    assert (second["byday"], second["freq"], second["opens_at"][:5]) == ("WE", "WEEKLY", "10:00")
    refused = edit(signed_in(an_editor("Rowan")), "hours", record="", **{"2-days": ["TH"], "2-opens": "10:00"})
    assert "belong together" in refused.content.decode()
    edit(client, "hours", **{"0-remove": "on"})
    assert [row["id"] for row in now("schedules")] == [second["id"]]


def test_an_address_is_changed_and_the_service_has_to_be_checked_anew() -> None:
    service = a_service()
    edit(signed_in(an_editor()), "place", record="s1-place", **{"0-address_1": "2 Lamp Hill"})
    place = Location.objects.get()
    assert place.overlaid["addresses"][0]["address_1"] == "2 Lamp Hill"
    assert place.overlaid["addresses"][0]["city"] == "Lowlamp"
    assert Step.objects.get().service == service
    Location.objects.update(data={**place.data, "addresses": []})
    changes.tell(["s1"])
    assert Entry.objects.get().differs == 1


def test_what_would_not_be_sound_is_refused_in_words_and_nothing_is_lost() -> None:
    a_service()
    page = edit(signed_in(an_editor()), "words", url="not an address", description="Long and careful.").content.decode()
    assert "is no full address" in page
    assert "Long and careful." in page
    assert Service.objects.get().edits == {}
    assert "needed" in edit(signed_in(an_editor("B")), "words", name="").content.decode()


def test_what_was_broken_before_does_not_stand_in_the_way() -> None:
    service = a_service(url="broken")
    write(service, an_editor(), description="New words.")
    assert now("description") == "New words."
    with pytest.raises(Unsound):
        write(service, an_editor("B"), email="none")


def test_who_is_no_editor_any_more_writes_nothing(cast: Cast) -> None:
    service, editor = a_service(), an_editor()
    Member.objects.filter(pk=editor.pk).update(is_editor=False)
    for who in (editor, cast.author):
        with pytest.raises(PermissionDenied):
            write(service, who, description="Mine")


def test_a_page_that_knows_nothing_overwrites_nothing() -> None:
    service, editor = a_service(description="Old"), an_editor()
    with pytest.raises(ChangedMeanwhile):
        change(At(service, "service", "s1"), {"description": "New"}, seen={}, by=editor)


def test_records_that_the_service_does_not_show_cannot_be_reached_through_it() -> None:
    a_service("s1")
    a_service("s2")
    client = signed_in(an_editor())
    for part, record in (("place", "s2-place"), ("words", "s2"), ("nothing", "s1"), ("hours-there", "s2-at")):
        assert client.get(reverse("directory:edit_at", args=["s1", part, record])).status_code == 404
    sent = {"kind": "service", "record": "s2", "field": "name", "seen": "", "do": "back"}
    assert client.post(reverse("directory:desk_field", args=["s1"]), sent).status_code == 404


def test_an_id_may_hold_a_slash_and_a_nul_is_nowhere() -> None:
    a_service("a/b c?d")
    client = signed_in(an_editor())
    assert client.get(reverse("directory:desk_service", args=["a/b c?d"])).status_code == 200
    assert client.get(reverse("directory:edit", args=["a/b c?d", "words"])).status_code == 200
    assert client.get("/services/desk/of/a%00b/").status_code == 404


def test_who_leaves_is_no_longer_named_and_the_change_stays() -> None:
    service, editor = a_service(), an_editor()
    write(service, editor, description="New words.")
    leave(editor, Farewell.LEAVE_WORDS)
    assert Step.objects.get().by is None
    assert now("description") == "New words."


def test_a_place_that_is_moved_here_is_looked_up_where_it_is_now_and_where_the_directory_has_it_again() -> None:
    service, editor = a_service(), an_editor()
    at = At(service, "location", "s1-place")
    place = Location.objects.get()
    change(at, {"latitude": 56.5, "longitude": -13}, seen=seen_in(as_seen(place, ("latitude", "longitude"))), by=editor)
    assert Location.objects.filter(latitude=56.5, longitude=-13.0).exists()
    place.refresh_from_db()
    take_back(at, "latitude", seen=print_of_edit(place, "latitude"), by=editor)
    assert Location.objects.filter(latitude=None, longitude=-13.0).exists()
