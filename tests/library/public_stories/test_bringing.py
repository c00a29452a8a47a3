"""Articles brought in by the command, from files and from real servers on loopback."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from leeward.library.public_stories.actions import remove
from leeward.library.public_stories.addresses import digest_of_address
from leeward.library.public_stories.bringing import article_from
from leeward.library.public_stories.models import PublicStory, State, Telling
from leeward.library.public_stories.refusing import Refused, Why
from tests.conftest import Cast
from tests.library.answering import answering, elsewhere, here_too, well
from tests.library.public_stories.corpus import articles

TEXT = {one.name: one.raw for one in articles()}
ONE, OTHER = TEXT["01_ivf"], TEXT["05_twins"]


def bring(*origins: object, **how: bool) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_public_story", *map(str, origins), stdout=out, stderr=err, **how)
    except CommandError as error:
        err.write(str(error))
    return out.getvalue(), err.getvalue()


def file_of(folder: Path, text: str, name: str = "article.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_an_article_waits_for_an_editor_and_nobody_else_sees_it(db: None, tmp_path: Path) -> None:
    out, err = bring(file_of(tmp_path, ONE))
    assert not err
    story = PublicStory.objects.get()
    assert story.state == State.SUGGESTED
    assert not story.is_shown
    assert story.body
    assert story.title in out
    assert story.facts.filter(facet="path", key="ivf").exists()


def test_a_dry_run_says_all_and_keeps_nothing(tmp_path: Path) -> None:
    """It has no database at all."""
    out, _err = bring(file_of(tmp_path, ONE), file_of(tmp_path, OTHER, "other.txt"), dry_run=True, json=True)
    said = json.loads(out)
    assert [one["title"] for one in said] == [a.title for a in articles() if a.name in {"01_ivf", "05_twins"}]
    for one in said:
        assert {"title", "text", "date", "language", "facets", "notes", "order"} <= one.keys()
        assert all(facet["words"] and ":" in facet["key"] for facet in one["facets"])


def test_quietly_nothing_is_said(db: None, tmp_path: Path) -> None:
    assert bring(file_of(tmp_path, ONE), quiet=True) == ("", "")


def test_of_several_all_go_in_or_none(db: None, tmp_path: Path) -> None:
    empty = file_of(tmp_path, "", "empty.txt")
    out, err = bring(file_of(tmp_path, ONE), empty, json=True)
    assert len(json.loads(out)) == 1
    assert "There is nothing in it." in err
    assert "Nothing was taken in." in err
    assert not PublicStory.objects.exists()
    assert not Telling.objects.exists()


@pytest.mark.parametrize("origin", ["nowhere.txt", ".", "bad\0name", "http://", "file:///etc/hosts", "gopher://a/b"])
def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path, origin: str) -> None:
    out, err = bring(origin, dry_run=True, json=True)
    assert json.loads(out) == []
    assert "Nothing was taken in." in err
    assert "Traceback" not in err


def test_the_same_article_is_not_taken_in_twice(db: None, tmp_path: Path) -> None:
    bring(file_of(tmp_path, ONE))
    _out, err = bring(file_of(tmp_path, ONE.replace("\n\n", "\n\n\n"), "again.txt"))
    assert "It is here already." in err
    assert PublicStory.objects.count() == 1


def test_what_was_removed_is_not_taken_in_again(cast: Cast, tmp_path: Path) -> None:
    path = file_of(tmp_path, ONE)
    bring(path)
    story = PublicStory.objects.get()
    remove(story, by=cast.host, seen=story.version)
    _out, err = bring(path)
    assert "Its removal was asked for." in err
    assert not PublicStory.objects.exists()


def test_an_address_is_the_same_however_it_was_copied() -> None:
    same = (
        "https://www.lantern.example/a/",
        "http://lantern.example/a?utm_source=x#top",
        "https://m.lantern.example/a",
    )
    assert len({digest_of_address(address) for address in same}) == 1
    assert digest_of_address("https://lantern.example/b") != digest_of_address(same[0])
    assert digest_of_address("") is None


def page_of(text: str) -> bytes:
    title, *paragraphs = [line for line in text.splitlines() if line]
    inside = "".join(f"<p>{line}</p>" for line in paragraphs)
    head, body = f"<head><title>{title}</title></head>", f"<body><article><h1>{title}</h1>{inside}</article></body>"
    return f"<!doctype html><html>{head}{body}</html>".encode()


def test_a_page_is_read_from_its_address() -> None:
    with answering(lambda _target, _headers: [well(page_of(OTHER), "text/html; charset=utf-8")]) as server:
        article = article_from(f"{server.address}/twins", may_reach=here_too)
    assert article.clean.title == "One cot of two: a mother on raising the twin who lived"
    assert article.address.endswith("/twins")
    assert "kind:multiple" in {facet.key for facet in article.facets}


@pytest.mark.parametrize(
    "answer",
    [
        well(b"", "text/html", status="404 Not Found"),
        well(b"", "text/html", status="500 No"),
        well(b"\x89PNG\r\n", "image/png"),
        well(b"", "text/html"),
        well(b"<html><body><p>Hello</p></body></html>", "text/html"),
        well(b"<div>" * 200_000, "text/html"),
        well(b"a" * 5_100_000, "text/plain"),
    ],
    ids=["not there", "unwell", "a picture", "empty", "no article", "deep", "too large"],
)
def test_an_address_that_gives_no_article_is_refused(answer: bytes) -> None:
    with (
        answering(lambda _target, _headers: [answer]) as server,
        pytest.raises(Refused) as refused,
    ):
        article_from(server.address, may_reach=here_too)
    assert refused.value.words


def test_no_request_reaches_a_private_address(tmp_path: Path) -> None:
    with answering(lambda _target, _headers: [well(page_of(ONE), "text/html")]) as server:
        out, err = bring(server.address, dry_run=True, json=True)
        assert server.connections == 0
    assert json.loads(out) == []
    assert "Nothing came from this address." in err


def test_no_redirect_reaches_one_either() -> None:
    """The first server may be asked, as a public one may; where it leads to may not."""
    with answering(lambda _target, _headers: [well(page_of(ONE), "text/html")], host="127.0.0.2") as hidden:

        def only_first(address: object) -> bool:
            return str(address) == "127.0.0.1"

        with (
            answering(lambda _target, _headers: [elsewhere(hidden.address)]) as public,
            pytest.raises(Refused) as refused,
        ):
            article_from(public.address, may_reach=only_first)
        assert len(public.asked) == 1
        assert hidden.connections == 0
    assert refused.value.why is Why.ADDRESS
