"""Pages for what did not work: kind, and nothing that was written is lost."""

from __future__ import annotations

import logging

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from leeward.web.views.errors import server_error

pytestmark = pytest.mark.django_db


def test_what_is_not_there_is_said_kindly(client: Client) -> None:
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "nothing here that we can show you" in answer.content.decode()


def test_a_form_that_cannot_be_trusted_gives_the_words_back() -> None:
    words = "It was a Tuesday.\nNobody had told me <how>."
    answer = Client(enforce_csrf_checks=True).post(
        "/leave/about/", {"text": words, "passphrase": "a quiet harbour wall"}
    )
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "It was a Tuesday.\nNobody had told me &lt;how&gt;." in page
    assert "a quiet harbour wall" not in page


def test_nothing_posted_to_the_doors_of_members_is_shown_again() -> None:
    answer = Client(enforce_csrf_checks=True).post(
        "/sign-in/", {"name": "a quiet harbour wall", "word": "one two three"}
    )
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "a quiet harbour wall" not in page
    assert "one two three" not in page


def test_the_page_for_what_broke_asks_the_database_nothing(
    rf: RequestFactory, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]  # pytest-django's context manager
        answer = server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "our fault" in answer.content.decode()


def test_a_file_that_nobody_asked_for_is_not_written_to_the_disk() -> None:
    sent = {"name": "Linnea", "file": SimpleUploadedFile("large", b"0" * (settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1))}
    request = RequestFactory().post("/sign-in/", sent)
    assert request.POST["name"] == "Linnea"
    assert not request.FILES


@pytest.mark.parametrize("name", ["django.request", "django.security.csrf", "django.security.DisallowedHost"])
def test_no_log_says_what_was_asked_for_and_not_found(name: str) -> None:
    assert not logging.getLogger(name).isEnabledFor(logging.WARNING)
    assert logging.getLogger(name).isEnabledFor(logging.ERROR)
