"""The book: whose it is, what it holds, and what becomes of hostile words in it."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from leeward.audience.actions import set_shield
from leeward.audience.models import MEMBERS
from leeward.audience.notes import mask_of
from leeward.audience.publishing import publish
from leeward.audience.shared import State
from leeward.members.models import Member
from leeward.stories.actions.answering import answer as has_answered
from leeward.stories.book import press
from leeward.stories.models import Answer, Chapter, Story
from leeward.stories.paces import BOOKS
from tests.conftest import Cast, signed_in
from tests.stories.telling import told

HOSTILE = """#import "@preview/x:0.1.0": *

#read("/etc/passwd") #eval("1+1") \\ \\u{41} $x^2$ = no heading @ref <label> // gone /* gone */ `#code`

</main></style><script>alert(1)</script> & "quoted" '}} {% include "x" %} {{ book }}
"""


@pytest.fixture(autouse=True)
def _nobody_is_new(settings: Any) -> None:
    settings.FIRST_TEXTS_READ = 0


def a_chapter(story: Story, title: str, text: str, **given: Any) -> Chapter:
    chapter: Chapter = Chapter.objects.create(story=story, author=story.author, title=title, text=text, **given)
    return chapter


def kept(client: Client, story: Story, form: str = "page", **given: Any) -> Any:
    return client.post(f"/stories/{story.ref}/book/", {"name": "yes", "as": form, **given})


def page_of(member: Member, story: Story, **given: Any) -> str:
    answer = kept(signed_in(member), story, **given)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="to-keep.html"'
    return str(answer.content.decode())


def pdf_text(member: Member, story: Story, **given: Any) -> str:
    answer = kept(signed_in(member), story, "pdf", **given)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="to-keep.pdf"'
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages)).replace("\u200b", "")


@pytest.mark.parametrize("form", ["page", "pdf"])
def test_a_book_holds_the_whole_story_with_every_chapter_in_order(cast: Cast, form: str) -> None:
    story = told(
        cast.author, MEMBERS, title="The harbour", text="It was a **Tuesday**.", notes=mask_of(["loss_detail"])
    )
    a_chapter(story, "A year later", "We went back.", year=2024, month=5)
    a_chapter(story, "", "There will be no next time.", state=State.WITHDRAWN, year=2025, month=6, day=3)
    book = page_of(cast.author, story) if form == "page" else pdf_text(cast.author, story)
    words = ["The harbour", "Maud", "Told on", "Inside:", "Tuesday", "A year later", "May 2024", "We went back."]
    places = [book.find(said) for said in [*words, "3 June 2025", "There will be no next time.", "Told at Leeward"]]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("form", ["page", "pdf"])
def test_only_its_author_is_given_the_book_and_others_find_nothing_there(cast: Cast, form: str) -> None:
    story = told(cast.author, MEMBERS, text="It was a Tuesday.")
    a_chapter(story, "", "Seen by nobody else.")
    for name, member in vars(cast).items():
        client = signed_in(member)
        expected = 200 if name == "author" else 404
        assert client.get(f"/stories/{story.ref}/book/").status_code == expected
        assert kept(client, story, form).status_code == expected
    assert kept(Client(), story, form).status_code == 401


def test_no_cache_keeps_a_book_and_nothing_of_it_stays_on_the_machine(
    cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    story = told(cast.author, MEMBERS, text="It was a Tuesday.")
    for form in ("page", "pdf"):
        headers = kept(signed_in(cast.author), story, form).headers
        assert headers["Cache-Control"] == "private, no-store"
        assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert headers["X-Content-Type-Options"] == "nosniff"
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.name for path in left] == ["press.lock"]
    assert not left[0].read_bytes()


def test_a_book_carries_no_name_if_she_wishes_none(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, text="It was a Tuesday.")
    has_answered(story, by=cast.author, text="One thing more.")
    ticked = [made.ref for made in Answer.objects.written_by(cast.author)]
    assert "Maud" in page_of(cast.author, story)
    book = page_of(cast.author, story, name="no", answers=ticked)
    assert "One thing more." in book
    assert "Maud" not in book
    assert signed_in(cast.author).get(f"/stories/{story.ref}/book/").content.count(b"checked") == 1


def test_answers_are_in_it_only_if_she_ticks_them_and_named_as_she_sees_them(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, text="It was a Tuesday.")
    named = has_answered(story, by=cast.other_member, text="So did I.")
    unnamed = has_answered(story, by=cast.same_ring, text="I read this twice.", signed=False)
    assert "So did I." not in page_of(cast.author, story)
    book = page_of(cast.author, story, answers=[named.ref, unnamed.ref])
    assert "Tobias" in book
    assert "I read this twice." in book
    assert "Ines" not in book
    assert "Ines" not in signed_in(cast.author).get(f"/stories/{story.ref}/book/").content.decode()
    text = pdf_text(cast.author, story, answers=[named.ref])
    assert "So did I." in text
    assert "I read this twice." not in text


def test_no_answer_of_elsewhere_or_out_of_her_sight_comes_into_a_book(cast: Cast) -> None:
    story, elsewhere = told(cast.author, MEMBERS), told(cast.other_member, MEMBERS)
    other = has_answered(elsewhere, by=cast.same_ring, text="Said elsewhere.")
    blocked = Answer.objects.create(story=story, author=cast.blocked, text="From whom she blocked.")
    noted = has_answered(story, by=cast.other_member, text="With a scan.", notes=mask_of(["loss_detail"]))
    held = Answer.objects.create(story=story, author=cast.other_member, text="It waits.", state=State.HELD)
    publish(blocked)
    set_shield(cast.author, mask_of(["loss_detail"]))
    client = signed_in(cast.author)
    offered = client.get(f"/stories/{story.ref}/book/").content.decode()
    for made in (other, blocked, noted, held):
        assert made.ref not in offered
        assert made.text not in kept(client, story, answers=[made.ref]).content.decode()


class Loads(HTMLParser):
    """Whatever a page would run or fetch."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.found += [
            f"{tag} {name}" for name, _value in attrs if name in {"src", "srcset", "style"} or name[:2] == "on"
        ]


def test_the_page_stands_alone_and_runs_and_loads_nothing(cast: Cast) -> None:
    told_here = HOSTILE + "![a picture](https://far.example/x.png) [far](https://far.example/) [run](javascript:x)"
    book = page_of(cast.author, told(cast.author, MEMBERS, title="</title><script>", text=told_here))
    loads = Loads(book)
    assert not loads.found
    assert not loads.tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    assert "url(" not in book
    assert "@import" not in book.split("</style>")[0]
    assert "javascript:x" not in re.findall(r'href="([^"]*)"', book)
    assert "default-src &#39;none&#39;" in book or "default-src 'none'" in book
    assert "<title>A story</title>" in book
    assert "Maud" not in book.split("</head>")[0]


def test_hostile_words_come_out_as_text_in_the_pdf(cast: Cast) -> None:
    text = pdf_text(cast.author, told(cast.author, MEMBERS, title='#panic("x") *', text=HOSTILE))
    for said in (
        '#panic("x") *',
        '#import "@preview/x:0.1.0": *',
        '#read("/etc/passwd") #eval("1+1")',
        "$x^2$ = no heading @ref <label> // gone /* gone */ #code",
        "</main></style><script>alert(1)</script>",
        '{% include "x" %} {{ book }}',
    ):
        assert said in text, text
    assert "root:" not in text


@pytest.mark.parametrize(
    "text",
    [
        "W" * 5_000,
        "https://far.example/" + "a-b_c%20" * 900,
        "🤍💔👩‍❤️‍👨🇬🇧" * 400,
        "שלום עולם\n\nمرحبا بك في مكاننا\n\n漢字 ไม่เว้นวรรค",
        "\x01\x0c\x7f\ufeff\u202e\u2066\ud7ff\ufffe a",
        "> " * 400 + "deep",
        "- " * 400 + "deep",
        "*" * 3_000 + "a" + "_" * 3_000,
        "[" * 5_000,
        "    code\n\n```\n#let x = 1\n```\n\n1000000. ten\n1000001. more",
        "***\n" * 500,
        "[x](https://far.example/) [](https://far.example/) [y]()",
        "a\n" * 30_000,
    ],
    ids=range(13),
)
def test_whatever_she_writes_comes_out_as_a_pdf(cast: Cast, text: str) -> None:
    story = told(cast.author, MEMBERS, text=f"Before it.\n\n{text}\n\nAfter it."[:60_000])
    assert "Before it." in pdf_text(cast.author, story)


def test_a_story_of_full_length_is_set_whole(cast: Cast) -> None:
    text = ("We walked to the harbour and did not speak. " * 10 + "\n\n") * 136
    story = told(cast.author, MEMBERS, text=text[:59_900] + "\n\nThe last words.")
    assert pdf_text(cast.author, story).count("did not speak") > 1_300
    assert "The last words." in pdf_text(cast.author, story)


def test_a_title_alone_and_a_draft_are_a_book_too(cast: Cast) -> None:
    story: Story = Story.objects.create(author=cast.author, title="Only this")
    assert "Only this" in page_of(cast.author, story)
    assert "Told on" not in page_of(cast.author, story)
    assert "Only this" in pdf_text(cast.author, story)


def test_the_program_that_sets_it_reads_no_file_and_writes_none(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("not for a book")
    program = str(Path(press.__file__).with_name("setting.py"))
    for told_it in (b'{"title": "x", "lang": "en", "body": [{"tag": "p", "in": ["a"]}]}', b"not json"):
        command = [sys.executable, "-I", program]
        made = subprocess.run(command, input=told_it, cwd=tmp_path, capture_output=True, check=False)
        assert made.stdout.startswith(b"%PDF") == told_it.startswith(b"{")
    assert [path.name for path in tmp_path.iterdir()] == ["secret.txt"]


@pytest.mark.parametrize("fault", ["too slow", "breaks off", "too long", "busy"])
def test_if_no_pdf_can_be_made_the_page_is_offered_and_nothing_is_said_of_her_words(
    cast: Cast,
    fault: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    settings: Any,
    tmp_path: Path,
) -> None:
    story = told(cast.author, MEMBERS, text="It was a Tuesday.")
    settings.DATA = tmp_path
    if fault == "breaks off":
        program = tmp_path / "press.py"
        program.write_text("raise SystemExit(3)")
        monkeypatch.setattr(press, "_PROGRAM", program)
    elif fault == "too long":
        monkeypatch.setattr(press, "LONGEST", 100)
    else:
        monkeypatch.setattr(press, "SECONDS", 0.01)
    if fault == "busy":
        with press._turn():
            answer = kept(signed_in(cast.author), story, "pdf")
    else:
        answer = kept(signed_in(cast.author), story, "pdf")
    assert answer.status_code == 503
    assert "The page to read holds the same" in answer.content.decode()
    assert "Tuesday" not in caplog.text
    assert page_of(cast.author, story)


def test_who_makes_very_many_books_waits(cast: Cast) -> None:
    story, client = told(cast.author, MEMBERS), signed_in(cast.author)
    for _time in range(BOOKS.steps[0][0]):
        assert kept(client, story).status_code == 200
    assert kept(client, story).status_code == 429


def test_a_story_that_was_taken_back_is_no_book(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    Story.objects.written_by(cast.author).update(taken_back_at=1)
    assert kept(signed_in(cast.author), story).status_code == 404


def test_the_story_leads_its_author_to_her_book_and_nobody_else(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    door = f"/stories/{story.ref}/book/"
    assert door in signed_in(cast.author).get(f"/stories/{story.ref}/").content.decode()
    assert door not in signed_in(cast.other_member).get(f"/stories/{story.ref}/").content.decode()
