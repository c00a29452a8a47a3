"""The host's papers: assessments that follow what is set, routes and policy, the log of disclosures."""

from __future__ import annotations

import datetime
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from leeward.language.engine import load
from leeward.language.folders import has_screening
from leeward.members.belongings import Farewell, all_belongings
from leeward.members.retention import all_rules
from leeward.moderation.actions.papers import Disclosed, write_down_disclosure, write_text
from leeward.moderation.models import Disclosure, HostText
from leeward.moderation.papers.counting import count
from leeward.moderation.papers.lines import KINDS_OF_ROUTE, lines_for_route, register_lines
from leeward.moderation.papers.risk import PAPERS, Line, Whose, as_markdown, paper
from leeward.moderation.papers.texts import EMERGENCIES, KEYS, ROUTES, shipped, text_in_force, text_to_write
from tests.conftest import Cast, make_member, signed_in
from tests.members.people import text_of

pytestmark = pytest.mark.django_db
ROLE = "the trustee for safeguarding"


def lines_of(key: str) -> list[Line]:
    """Every line of a paper."""
    parts = [inner for part in paper(key).parts for inner in (part, *part.within)]
    return [line for part in parts for line in part.lines]


def said_in(key: str) -> str:
    return "\n".join(line.text for line in lines_of(key))


@pytest.mark.parametrize("key", PAPERS)
def test_every_assessment_says_of_each_line_whose_it_is_and_leaves_much_open(key: str) -> None:
    made = paper(key)
    assert {line.whose for line in lines_of(key)} == set(Whose)
    assert made.left_open == sum(line.whose is Whose.JUDGE for line in lines_of(key)) > 3
    assert "not legal advice" in made.law
    assert "{" not in said_in(key)


@pytest.mark.parametrize("key", PAPERS)
def test_no_assessment_approves_itself_or_makes_up_a_name_or_a_day(key: str) -> None:
    text = as_markdown(paper(key), "THE DAY")
    assert "Nobody has judged or approved it." in text
    assert text.lower().count("approved") == 1
    assert text.count("THE DAY") == 1
    assert not re.search(r"\b20\d\d-\d\d-\d\d\b|\b\d{1,2} (January|June|November) 20\d\d\b", text)


@pytest.mark.parametrize(
    ("key", "name", "value", "before", "after"),
    [
        ("illegal-content", "PUBLIC_INDEXING", True, "may not index", "may index what members chose"),
        ("illegal-content", "FIRST_TEXTS_READ", 0, "The first 2 texts", "No first texts are read"),
        ("illegal-content", "LANGUAGE_CODE", "cy", "is screened before", "There is no screening"),
        ("children", "MINIMUM_AGE", 16, "Youngest age to join: 18.", "Youngest age to join: 16."),
        ("dpia", "LETTERS_ON", True, "No letters are sent", "Letters can be sent"),
        ("dpia", "READING_HOURS", "on Sundays from six", "Nobody has said yet", "on Sundays from six"),
    ],
)
def test_assessments_follow_what_the_host_sets(
    settings, key: str, name: str, value: object, before: str, after: str
) -> None:
    assert before in said_in(key)
    assert after not in said_in(key)
    setattr(settings, name, value)
    assert after in said_in(key)
    assert before not in said_in(key)


def test_a_second_moderator_changes_what_is_said_of_objections(cast: Cast) -> None:
    assert "can be heard by nobody but the host" in said_in("illegal-content")
    make_member("Edda", is_moderator=True)
    assert "Objections can be heard by a second one." in said_in("illegal-content")


def test_the_figures_of_the_screening_are_this_years() -> None:
    assert "none texts screened" not in said_in("illegal-content")
    count("screened", 400)
    assert "texts screened: 400" in said_in("illegal-content")


def test_the_assessment_of_data_holds_the_whole_table_of_what_is_kept() -> None:
    text = as_markdown(paper("dpia"), "today")
    for rule in all_rules():
        assert rule.what in text
        assert rule.demand in text


def test_the_first_assessment_has_all_kinds_of_priority_offences() -> None:
    kinds = [inner for part in paper("illegal-content").parts for inner in part.within]
    assert len(kinds) == 18  # seventeen, of which one is in two parts
    for kind in kinds:
        assert [line.whose for line in kind.lines] == [Whose.FACT, Whose.FACT, Whose.JUDGE]


def test_what_is_said_of_screening_is_what_the_reader_can_do() -> None:
    assert has_screening("en")
    load("en")
    assert not has_screening("cy")
    with pytest.raises(LookupError):
        load("cy")


@pytest.mark.parametrize("key", PAPERS)
def test_the_host_reads_an_assessment_and_takes_it_as_a_text(cast: Cast, key: str) -> None:
    host = signed_in(cast.host)
    page = text_of(host.get(f"/host/papers/{key}/"))
    for line in lines_of(key):
        assert line.text in page
    response = host.get(f"/host/papers/{key}/text/")
    assert response["Content-Disposition"] == f'attachment; filename="{key}.md"'
    assert response.content.decode().startswith(f"# {paper(key).title}")
    assert host.get("/host/papers/nothing/").status_code == 404


@pytest.mark.parametrize("key", ROUTES)
def test_moderators_read_a_route_with_lines_to_pass_on(cast: Cast, key: str) -> None:
    page = text_of(signed_in(cast.moderator).get(f"/moderation/routes/{key}/"))
    assert "Not yet confirmed by this place." in page
    assert "What not to do" in page
    assert "999" in page
    assert "United Kingdom" in page


def test_routes_never_tell_to_press_for_a_name_in_order_to_call_the_police() -> None:
    for key in ROUTES:
        never = shipped(key).partition("### What not to do")[2]
        assert "ress" in never
        assert re.search(r"[Pp]ress (nobody )?for a name", never), key
    assert "They can do harm" in shipped(EMERGENCIES)


def test_under_a_route_stand_lines_of_its_kinds_and_no_others() -> None:
    for key, kinds in KINDS_OF_ROUTE.items():
        places = lines_for_route(key)
        assert places[0].name == "United Kingdom"
        assert {kind for place in places for kind, _lines in place.groups} <= kinds
    with pytest.raises(ValueError, match="Two rooms"):
        register_lines(lambda _kinds: [])


def test_everyone_reads_beforehand_what_happens_in_an_emergency() -> None:
    page = text_of(Client().get("/emergencies/"))
    assert "This place is no crisis service" in page
    assert "Not yet confirmed by this place." in page
    assert "/emergencies/" in Client().get("/about/").content.decode()


def test_the_host_confirms_a_text_by_role_and_day(cast: Cast) -> None:
    host = signed_in(cast.host)
    before = text_to_write("life").words
    assert host.post("/host/texts/life/", {"text": before, "role": ROLE}).status_code == 302
    row = HostText.objects.get()
    assert (row.key, row.role, row.by) == ("life", ROLE, cast.host)
    page = text_of(signed_in(cast.moderator).get("/moderation/routes/life/"))
    about_the_text = page.partition("Lines to pass on")[0]
    assert f"Confirmed for this place by {ROLE} on" in about_the_text
    assert "Not yet confirmed" not in about_the_text
    assert cast.host.name not in page


def test_what_is_confirmed_stays_in_sight_while_the_host_writes_on(cast: Cast) -> None:
    write_text(EMERGENCIES, "We are three people.", by=cast.host)
    assert text_in_force(EMERGENCIES).words == "We are three people."
    assert not text_in_force(EMERGENCIES).is_confirmed
    write_text(EMERGENCIES, "We are four people.", by=cast.host, role=ROLE)
    write_text(EMERGENCIES, "We are, perhaps", by=cast.host)
    assert text_in_force(EMERGENCIES).words == "We are four people."
    assert text_to_write(EMERGENCIES).words == "We are, perhaps"
    page = text_of(signed_in(cast.host).get("/host/texts/emergencies/"))
    for words in ("We are three people.", "We are four people.", "We are, perhaps"):
        assert words in page


def test_a_text_of_the_host_can_do_no_harm_on_the_page(cast: Cast) -> None:
    write_text(EMERGENCIES, "<script>alert(1)</script> [x](javascript:alert(1))", by=cast.host, role=ROLE)
    page = Client().get("/emergencies/").content.decode()
    assert "<script>alert" not in page
    assert "javascript:" not in page.replace("javascript:alert(1))", "")


def test_an_empty_text_is_asked_for_again(cast: Cast) -> None:
    response = signed_in(cast.host).post("/host/texts/child/", {"text": " ", "role": ROLE})
    assert "Something here needs another look" in response.content.decode()
    assert not HostText.objects.exists()
    assert signed_in(cast.host).get("/host/texts/nothing/").status_code == 404


def test_only_the_host_writes_texts_and_disclosures(cast: Cast) -> None:
    given = Disclosed(timezone.localdate(), "a court", "an order", "a name", given=False, member_told="no")
    with pytest.raises(PermissionDenied):
        write_text("life", "mine", by=cast.moderator)
    with pytest.raises(PermissionDenied):
        write_down_disclosure(given, by=cast.moderator)


DISCLOSURE = {
    "on": "2026-03-02",
    "authority": "A county court",
    "ground": "An order of the first of March",
    "what": "A chosen name and the day of joining",
    "given": "yes",
    "member_told": "On the same day",
}


def test_a_disclosure_is_written_down_and_stays(cast: Cast) -> None:
    host = signed_in(cast.host)
    assert host.post("/host/disclosures/", DISCLOSURE).status_code == 302
    row = Disclosure.objects.get()
    assert (row.on, row.given, row.by) == (datetime.date(2026, 3, 2), True, cast.host)
    page = text_of(host.get("/host/disclosures/"))
    for words in ("A county court", "An order of the first of March", "On the same day"):
        assert words in page


@pytest.mark.parametrize("lacking", DISCLOSURE)
def test_a_disclosure_that_lacks_something_loses_nothing(cast: Cast, lacking: str) -> None:
    response = signed_in(cast.host).post("/host/disclosures/", {**DISCLOSURE, lacking: ""})
    page = text_of(response)
    assert "What you wrote is still there." in page
    assert not Disclosure.objects.exists()
    kept = {name: words for name, words in DISCLOSURE.items() if name not in {lacking, "given"}}
    for words in kept.values():
        assert words in response.content.decode()


def test_a_day_to_come_is_no_day_of_a_disclosure(cast: Cast) -> None:
    tomorrow = (timezone.localdate() + datetime.timedelta(days=2)).isoformat()
    response = signed_in(cast.host).post("/host/disclosures/", {**DISCLOSURE, "on": tomorrow})
    assert "This day is still to come." in response.content.decode()


def test_the_papers_outlast_the_host_who_wrote_them(cast: Cast) -> None:
    write_text(EMERGENCIES, "We are four people.", by=cast.host, role=ROLE)
    signed_in(cast.host).post("/host/disclosures/", DISCLOSURE)
    hers = {one.key: one for one in all_belongings()}
    assert [row["text"] for row in hers["house_papers"].export(cast.host)] == ["We are four people."]
    assert len(list(hers["moderation_disclosures"].export(cast.host))) == 1
    for key in ("house_papers", "moderation_disclosures"):
        hers[key].erase(cast.host, Farewell.TAKE_ALL)
    assert HostText.objects.get().by is None
    assert Disclosure.objects.get().by is None


def test_every_text_that_the_host_may_write_is_on_the_page_of_papers(cast: Cast) -> None:
    page = signed_in(cast.host).get("/host/papers/").content.decode()
    for key in KEYS:
        assert f"/host/texts/{key}/" in page
    for key in PAPERS:
        assert f"/host/papers/{key}/" in page
