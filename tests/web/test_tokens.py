"""The token of a page is one that Django takes, and never the same twice."""

from __future__ import annotations

import re

from django.conf import settings
from django.middleware import csrf
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH
from django.test import Client
from django.utils.crypto import get_random_string

from leeward.audience.models import MEMBERS
from leeward.members.models import Member
from leeward.web.tokens import masked
from tests.conftest import Cast, signed_in
from tests.stories.telling import told

_TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def secret_of_a_browser() -> str:
    return get_random_string(CSRF_SECRET_LENGTH, CSRF_ALLOWED_CHARS)


def taken(token: str, secret: str) -> bool:
    """Whether Django's own middleware takes it."""
    return bool(csrf._does_token_match(token, secret))  # type: ignore[attr-defined]  # private in the stubs


def test_a_masked_secret_is_taken_by_django_and_no_other_is() -> None:
    for _turn in range(200):
        secret, other = secret_of_a_browser(), secret_of_a_browser()
        assert taken(masked(secret), secret)
        assert not taken(masked(other), secret)


def test_each_mask_is_another_and_has_every_letter() -> None:
    secret = secret_of_a_browser()
    made = [masked(secret) for _turn in range(500)]
    assert len(set(made)) == len(made)
    assert {letter for one in made for letter in one[:CSRF_SECRET_LENGTH]} == set(CSRF_ALLOWED_CHARS)


def test_a_form_is_taken_with_its_token_and_refused_without(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies.update(signed_in(cast.author).cookies)
    for _visit in range(2):  # the first gives the cookie
        tokens = _TOKENS.findall(client.get("/me/").content.decode())
    assert tokens
    assert len(set(tokens)) == 1
    assert client.post("/sign-out/", {}).status_code == 403
    assert client.post("/sign-out/", {"csrfmiddlewaretoken": tokens[0]}).status_code == 302
    assert Member.objects.filter(pk=cast.author.pk).exists()


def test_a_form_that_is_kept_holds_the_token_of_whoever_looks_and_of_nobody_else(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    clients = [signed_in(member) for member in (cast.other_member, cast.same_ring)]
    for client in clients:
        client.get("/me/")  # gives the cookie
    for _turn in range(2):  # the second time the forms below the story were drawn before
        for client, other in (clients, clients[::-1]):
            tokens = set(_TOKENS.findall(client.get(story.get_absolute_url()).content.decode()))
            assert len(tokens) == 1
            (token,) = tokens
            assert taken(token, client.cookies[settings.CSRF_COOKIE_NAME].value)
            assert not taken(token, other.cookies[settings.CSRF_COOKIE_NAME].value)
