"""What forms say of a field that needs another look."""

from __future__ import annotations

import importlib
import inspect

import pytest
from django import forms
from django.test import Client

from leeward.web.error_words import WORDS
from tests.conftest import Cast

ROOMS = ("members", "audience", "moderation", "journeys", "stories", "library")
DJANGOS = ("This field is required", "Ensure this value", "Enter a", "Select a valid", "Null characters")


def _fields() -> list[tuple[str, forms.Field]]:
    found = []
    for room in ROOMS:
        module = importlib.import_module(f"leeward.{room}.forms")
        for _name, form in inspect.getmembers(module, inspect.isclass):
            if issubclass(form, forms.BaseForm):
                found += [(f"{form.__name__}.{name}", field) for name, field in form.base_fields.items()]  # type: ignore[attr-defined]
    return found


def test_no_field_of_any_form_speaks_in_djangos_words() -> None:
    fields = _fields()
    assert len(fields) > 30
    for name, field in fields:
        for reason, said in field.error_messages.items():
            assert not str(said).startswith(DJANGOS), f"{name}, {reason}: {said}"


@pytest.mark.parametrize("kind", [*WORDS, forms.TypedChoiceField, forms.SlugField])
def test_a_needed_field_says_so_kindly(kind: type[forms.Field]) -> None:
    with pytest.raises(forms.ValidationError) as refusal:
        kind().clean("")
    assert not refusal.value.messages[0].startswith(DJANGOS)


def test_a_text_that_is_too_long_is_told_how_much_fits() -> None:
    with pytest.raises(forms.ValidationError, match="3 characters fit, and it has 5"):
        forms.CharField(max_length=3).clean("abcde")


def test_an_empty_name_is_told_plainly(cast: Cast, client: Client) -> None:
    client.force_login(cast.author)
    page = client.post("/me/people/", {"name": ""}).content.decode()
    assert "Nothing is written here yet." in page
