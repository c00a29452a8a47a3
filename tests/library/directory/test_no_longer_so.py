"""That a service is no longer so: said by members and strangers, read by editors, told to nobody else."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from leeward.kit.moments import DAY, now_us
from leeward.library.directory.desk.belongings import _tend_words
from leeward.library.directory.desk.due import PILE, narrowed, page_of
from leeward.library.directory.desk.forms.told import word_value
from leeward.library.directory.desk.models import Settled, Word
from leeward.library.directory.desk.told import BY_STRANGERS, MOST_WAITING, doubted, settle, tell, waiting_words
from leeward.library.directory.models import Service
from leeward.members.belongings import Farewell, all_belongings
from leeward.members.leaving import leave
from leeward.members.pace import TooOften
from tests.conftest import Cast, make_member, signed_in
from tests.library.directory.desk_cast import a_service, an_editor

pytestmark = pytest.mark.django_db
SAYS = {"what": "closed", "words": "The door was locked for a month."}


def at(service: str = "s1") -> str:
    return reverse("directory:no_longer_so", args=[service])


def test_a_member_and_a_stranger_tell_and_an_editor_reads_it(cast: Cast) -> None:
    a_service()
    for client in (signed_in(cast.author), Client()):
        answer = client.post(at(), SAYS)
        assert answer["Location"] == reverse("finding:service", args=["s1"])  # with no mark that her history would keep
        assert "It has reached the editors" in client.get(answer["Location"]).content.decode()
        assert "It has reached the editors" not in client.get(answer["Location"]).content.decode()
    assert [entry.service_id for entry in page_of(PILE["told"], narrowed(None, ""), 1).entries] == ["s1"]
    page = signed_in(an_editor()).get(reverse("directory:desk_service", args=["s1"])).content.decode()
    assert page.count("The door was locked for a month.") == 2


def test_nobody_is_told_who_said_it_the_editor_neither(cast: Cast) -> None:
    service = a_service()
    tell(service, **SAYS, by=cast.author)
    tell(service, **SAYS, by=cast.same_ring)
    for reader in (cast.host, cast.other_member, an_editor()):
        client = signed_in(reader)
        for address in (reverse("directory:desk"), reverse("directory:desk_service", args=["s1"]), at()):
            page = client.get(address).content.decode()
            assert "Maud" not in page
            assert "Ines" not in page
    for client in (Client(), signed_in(cast.other_member)):
        for address in (at(), reverse("finding:service", args=["s1"])):
            page = client.get(address).content.decode()
            assert "locked for a month" not in page
    assert Word.objects.filter(by=cast.author).exists()  # it is kept; no page shows it


def test_two_members_raise_a_doubt_and_one_or_strangers_do_not(cast: Cast) -> None:
    service = a_service()
    tell(service, **SAYS, by=cast.author)
    tell(service, what="hours", words="again", by=cast.author)
    for _again in range(5):
        tell(service, **SAYS, by=None)
    assert doubted(["s1"]) == frozenset()
    assert Word.objects.get(by=cast.author).words == "again"
    tell(service, what="number", words="", by=cast.same_ring)
    assert doubted(["s1", "s2"]) == {"s1"}
    assert Service.objects.filter(pk="s1", retired_at=None).exists()  # nothing is ever hidden by it
    settle(waiting_words(service), Settled.STILL_SO, by=an_editor())
    assert doubted(["s1"]) == frozenset()


def test_settling_says_who_and_when_and_never_settles_what_the_editor_has_not_seen(cast: Cast) -> None:
    service, editor = a_service(), an_editor()
    tell(service, **SAYS, by=cast.author)
    client, page = signed_in(editor), reverse("directory:desk_service", args=["s1"])
    seen = Word.objects.get()
    tell(service, what="number", words="It rings nowhere.", by=cast.same_ring)
    client.post(reverse("directory:settle", args=["s1"]), {"outcome": "mended", "word": [word_value(seen)]})
    seen.refresh_from_db()
    assert (seen.settled, seen.settled_by) == ("mended", editor)
    assert [word.words for word in waiting_words(service)] == ["It rings nowhere."]
    assert "Linden" in client.get(page).content.decode()
    other = an_editor("Rowan")
    answer = signed_in(other).post(
        reverse("directory:settle", args=["s1"]), {"outcome": "retired", "word": [word_value(seen)]}
    )
    assert "Another word came, or was settled" in answer.content.decode()
    assert settle([seen], Settled.RETIRED, by=other) == 0
    with pytest.raises(PermissionDenied):
        settle(waiting_words(service), Settled.MENDED, by=cast.author)


def test_what_she_said_anew_since_is_not_settled_with_what_was_read(cast: Cast) -> None:
    service = a_service()
    tell(service, **SAYS, by=cast.author)
    read = Word.objects.get()
    tell(service, what="other", words="They moved to the harbour.", by=cast.author)
    assert settle([read], Settled.STILL_SO, by=an_editor()) == 0
    assert [word.words for word in waiting_words(service)] == ["They moved to the harbour."]


def test_it_is_refused_in_words_and_nothing_is_lost() -> None:
    a_service()
    page = Client().post(at(), {"words": "They moved."}).content.decode()
    assert "Please choose one" in page
    assert "They moved." in page
    assert Client().post(at(), {"what": "closed", "words": "x" * 1_001}).status_code == 200
    assert not Word.objects.exists()
    for nowhere in ("nowhere", "a/b", "s1%00"):
        assert Client().get(f"/services/{nowhere}/no-longer-so/").status_code == 404


def test_strangers_are_counted_and_fill_no_list() -> None:
    service = a_service()
    client = Client()
    for _time in range(BY_STRANGERS.by_address):
        assert client.post(at(), SAYS).status_code == 302
    assert client.post(at(), SAYS).status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.7").post(at(), SAYS).status_code == 302
    for _time in range(MOST_WAITING):
        tell(service, **SAYS, by=None)
    assert len(waiting_words(service)) == MOST_WAITING


def test_a_member_keeps_a_pace() -> None:
    member = make_member("Maud")
    services = [a_service(f"s{number}") for number in range(21)]
    for service in services[:20]:
        tell(service, **SAYS, by=member)
    with pytest.raises(TooOften):
        tell(services[20], **SAYS, by=member)


def test_her_word_is_in_her_copy_and_goes_with_her_or_stays_without_her(cast: Cast) -> None:
    service = a_service()
    for member in (cast.author, cast.same_ring):
        tell(service, **SAYS, by=member)
    belonging = next(one for one in all_belongings() if one.key == "no_longer_so")
    assert [row["words"] for row in belonging.export(cast.author)] == [SAYS["words"]]
    leave(cast.author, Farewell.TAKE_ALL)
    assert Word.objects.count() == 1
    leave(cast.same_ring, Farewell.LEAVE_WORDS)
    assert Word.objects.get().by is None


def test_who_said_it_is_known_to_the_database_only_while_it_waits(cast: Cast) -> None:
    service = a_service()
    for member in (cast.author, cast.same_ring):
        tell(service, **SAYS, by=member)
    settle(waiting_words(service)[:1], Settled.MENDED, by=an_editor())
    assert {(word.settled, word.by) for word in Word.objects.all()} == {("mended", None), ("", cast.same_ring)}
    Word.objects.update(at=now_us() - 179 * DAY)
    _tend_words()
    assert Word.objects.filter(by=cast.same_ring).exists()
    Word.objects.update(at=now_us() - 181 * DAY)
    _tend_words()
    assert not Word.objects.filter(by__isnull=False).exists()
    assert len(waiting_words(service)) == 1  # it still waits for an editor


def test_what_was_settled_is_deleted_when_its_time_is_over(cast: Cast) -> None:
    service = a_service()
    tell(service, **SAYS, by=cast.author)
    tell(service, **SAYS, by=cast.same_ring)
    settle(waiting_words(service)[:1], Settled.MENDED, by=an_editor())
    Word.objects.exclude(settled_at=None).update(settled_at=now_us() - 181 * DAY)
    assert _tend_words() == 1
    assert Word.objects.get().settled_at is None
