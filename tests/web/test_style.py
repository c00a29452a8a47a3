"""The living style page and the language it shows."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import engines
from django.test import Client

STATIC = Path(settings.BASE_DIR) / "leeward" / "web" / "static"
TEMPLATES = Path(settings.BASE_DIR) / "leeward" / "web" / "templates" / "web"
PAGE_BUDGET = 60 * 1024


def rendered(source: str, **context: object) -> str:
    return str(engines.all()[0].from_string(source).render(context))


class Asking(forms.Form):
    words = forms.CharField(label="Words", help_text="As few as you like.")
    readers = forms.ChoiceField(label="Readers", choices=[("me", "Only me")], widget=forms.RadioSelect)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


FIELD = '{% from "web/components/form.html" import error_summary, field, submit %}'


@pytest.mark.django_db
def test_every_class_of_the_pieces_is_shown_on_the_style_page(client: Client) -> None:
    page = client.get("/style/").content.decode()
    shown = set(re.findall(r"[\w-]+", " ".join(re.findall(r'class="([^"]*)"', page))))
    css = "".join((STATIC / "css" / f"{sheet}.css").read_text() for sheet in ("pieces", "lists", "forms"))
    named = set(re.findall(r"\.([a-z][\w-]*)(?=[^{}]*\{)", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)))
    assert named - shown == {"main", "main--wide"} - shown


@pytest.mark.django_db
def test_a_page_with_its_style_scripts_and_fonts_stays_under_sixty_kilobytes(client: Client) -> None:
    page = client.get("/style/").content
    names = set(re.findall(r'/static/([^"]+)', page.decode()))
    fonts = {f"fonts/{face}-latin.woff2" for face in ("alegreya-500", "atkinson-next")}
    weight = len(gzip.compress(page)) + sum(
        len(data) if name.endswith("woff2") else len(gzip.compress(data))
        for name, data in ((name, (STATIC / name).read_bytes()) for name in names | fonts)
    )
    assert weight < PAGE_BUDGET


def test_every_colour_of_the_pieces_comes_from_the_tokens() -> None:
    for sheet in (STATIC / "css").glob("*.css"):
        if sheet.name not in {"tokens.css", "print.css", "help.css"}:  # help.css is made of the others
            assert not re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", sheet.read_text()), sheet.name


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXT_PAIRS = [
    *((ink, ground) for ink in ("ink", "ink-quiet", "moss", "moss-deep", "brick") for ground in ("ground", "surface")),
    *(("ink", wash) for wash in ("sunk", "wash-info", "wash-kind", "wash-warning", "wash-error")),
    *(("ink", sky) for sky in ("sky-high", "sky-mid", "sky-low")),
    ("ink-quiet", "sunk"),
    ("moss", "wash-kind"),
    ("brick", "wash-error"),
    ("on-moss", "moss"),
    ("on-moss", "moss-deep"),
    ("on-lamp", "lamp"),
    ("on-lamp", "lamp-deep"),
    ("on-brick", "brick"),
    ("ground", "ink"),
    ("on-deep", "deep"),
    ("on-deep-quiet", "deep"),
]
EDGE_PAIRS = [("edge", "ground"), ("edge", "surface"), ("focus", "ground"), ("focus", "surface"), ("focus", "sky-high"),
              ("focus", "sky-mid"), ("lamp", "deep")]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground_in_light_and_dark(scheme: str) -> None:
    blocks = (STATIC / "css" / "tokens.css").read_text().split("prefers-color-scheme: dark")
    tokens = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", blocks[0]))
    if scheme == "dark":
        tokens |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", blocks[1]))
    weak = [(a, b, 4.5) for a, b in TEXT_PAIRS if contrast(tokens[a], tokens[b]) < 4.5]
    weak += [(a, b, 3.0) for a, b in EDGE_PAIRS if contrast(tokens[a], tokens[b]) < 3]
    assert not weak


def test_no_template_has_inline_style_or_script() -> None:
    for template in TEMPLATES.rglob("*.html"):
        assert not re.search(r"<style|\sstyle=|\son\w+=\"|<script(?![^>]*\ssrc=)", template.read_text()), template.name


def test_a_field_ties_its_hint_and_error_to_its_input() -> None:
    page = rendered(FIELD + "{{ field(form['words']) }}", form=Asking({}))
    described = re.search(r'aria-describedby="([^"]*)"', page)
    assert described is not None
    for one in described[1].split():
        assert f'id="{one}"' in page
    assert "needed" in page
    assert 'for="id_words"' in page


def test_choices_are_a_group_with_a_name_and_its_error() -> None:
    page = rendered(FIELD + "{{ field(form['readers']) }}", form=Asking({}))
    assert "<fieldset" in page
    assert "<legend" in page
    assert 'aria-describedby="id_readers_error"' in page


def test_the_summary_of_errors_leads_to_each_field_and_takes_the_focus() -> None:
    page = rendered(FIELD + "{{ error_summary(form) }}", form=Asking({}))
    assert 'href="#id_words"' in page
    assert 'href="#id_readers_0"' in page
    assert "autofocus" in page


def test_a_form_without_errors_has_no_summary() -> None:
    assert not rendered(FIELD + "{{ error_summary(form) }}", form=Asking()).strip()


def test_what_was_written_is_escaped_in_a_card() -> None:
    page = rendered('{% from "web/components/card.html" import card %}{{ card("<b>a</b>", excerpt="<i>b</i>") }}')
    assert "<b>" not in page
    assert "<i>" not in page
