from __future__ import annotations

import threading

import pytest
from django.db import connection

from leeward.audience.models import MEMBERS
from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.notifications import deliver
from leeward.notifications.actions import tell
from leeward.notifications.deliver import STALE, TRIES, deliver_letters
from leeward.notifications.models import Letter, LetterState
from tests.conftest import Cast, make_member, signed_in
from tests.notifications.conftest import THING
from tests.notifications.letterbox import Letterbox, open_letterbox, text_of
from tests.stories.telling import told


def reachable(member: Member) -> Member:
    member.email = f"{member.ref}@example.org"
    member.save()
    return member


def states() -> list[int]:
    return list(Letter.objects.order_by("pk").values_list("state", flat=True))


def test_a_letter_says_that_there_is_something_and_nothing_else(cast: Cast, letterbox: Letterbox, settings) -> None:
    settings.PLACE_NAME, settings.BASE_URL = "Leeward & Co", "https://place.example"
    tell(reachable(cast.author), THING, told(cast.other_member, MEMBERS, title="larchwater", text="larchwater"))
    deliver_letters()
    (letter,) = letterbox.letters
    assert letter["Subject"] == "Something new for you at Leeward & Co"
    assert letter["To"] == cast.author.email
    assert letter.get_content_type() == "text/plain"
    words = text_of(letter)
    assert "https://place.example/bell/" in words
    assert "https://place.example/me/letters/" in words
    for trace in ("larchwater", "Something happened", cast.author.name, cast.other_member.name, "stories", "loss"):
        assert trace not in words
    assert words.count("http") == 2


def test_several_things_make_one_letter(cast: Cast, letterbox: Letterbox) -> None:
    for number in range(3):
        tell(reachable(cast.author), THING, path=f"/n{number}/")
    assert deliver_letters().sent == 1
    assert len(letterbox.letters) == 1
    assert states() == [LetterState.SENT] * 3


def test_a_second_round_sends_nothing_again(cast: Cast, letterbox: Letterbox) -> None:
    tell(reachable(cast.author), THING, path="/somewhere/")
    deliver_letters()
    deliver_letters()
    assert len(letterbox.letters) == 1


def test_no_letter_waits_without_an_address_or_a_mail_server(cast: Cast, letterbox: Letterbox, settings) -> None:
    tell(cast.author, THING, path="/somewhere/")
    settings.LETTERS_ON = False
    tell(reachable(cast.other_member), THING, path="/somewhere/")
    assert not Letter.objects.exists()


def test_what_the_mail_server_refuses_is_tried_again_later_and_not_without_end(cast: Cast, settings) -> None:
    tries = []
    with open_letterbox(settings, refuse=TRIES) as box:
        tell(reachable(cast.author), THING, path="/somewhere/")
        for _round in range(TRIES + 1):
            deliver_letters()
            tries.append(deliver_letters().put_off)  # not due yet
            Letter.objects.update(due_at=0)
        assert box.letters == []
    assert tries == [0] * (TRIES + 1)
    assert states() == [LetterState.FAILED]


def test_a_letter_that_failed_once_arrives(cast: Cast, settings) -> None:
    with open_letterbox(settings, refuse=1) as box:
        tell(reachable(cast.author), THING, path="/somewhere/")
        assert deliver_letters().put_off == 1
        Letter.objects.update(due_at=0)
        assert deliver_letters().sent == 1
        assert len(box.letters) == 1


def test_no_mail_server_at_all_loses_nothing(cast: Cast, letterbox: Letterbox, settings) -> None:
    tell(reachable(cast.author), THING, path="/somewhere/")
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert deliver_letters().put_off == 1
    settings.EMAIL_PORT = port
    Letter.objects.update(due_at=0)
    assert deliver_letters().sent == 1


def test_a_worker_that_died_is_followed_by_another_with_the_same_message_id(cast: Cast, letterbox: Letterbox) -> None:
    tell(reachable(cast.author), THING, path="/somewhere/")
    deliver_letters()
    Letter.objects.update(state=LetterState.SENDING, claim="dead", claimed_at=now_us())
    deliver_letters()
    assert len(letterbox.letters) == 1
    Letter.objects.update(claimed_at=now_us() - STALE - 1)
    deliver_letters()
    assert len({letter["Message-ID"] for letter in letterbox.letters}) == 1
    assert len(letterbox.letters) == 2


def test_what_another_worker_has_claimed_is_left_to_it(cast: Cast, letterbox: Letterbox) -> None:
    tell(reachable(cast.author), THING, path="/somewhere/")
    assert deliver._claim(cast.author.pk)
    assert deliver._claim(cast.author.pk) == ""
    assert deliver_letters().sent == 0
    assert letterbox.letters == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_letter_once(letterbox: Letterbox) -> None:
    for number in range(4):
        tell(reachable(make_member(f"Reader {number}")), THING, path="/somewhere/")

    def work() -> None:
        try:
            deliver_letters()
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _one in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(letterbox.recipients) == sorted(set(letterbox.recipients))
    assert len(letterbox.letters) == 4


def test_one_refused_address_keeps_nobody_else_waiting(cast: Cast, settings) -> None:
    with open_letterbox(settings, refuse=1) as box:
        for member in (cast.author, cast.other_member):
            tell(reachable(member), THING, path="/somewhere/")
        done = deliver_letters()
        assert (done.sent, done.put_off) == (1, 1)
        assert len(box.letters) == 1


def test_letters_are_offered_only_to_whom_they_can_reach(cast: Cast, letterbox: Letterbox) -> None:
    assert 'value="letter"' not in signed_in(cast.author).get("/me/letters/").content.decode()
    reachable(cast.author)
    assert 'value="letter"' in signed_in(cast.author).get("/me/letters/").content.decode()
