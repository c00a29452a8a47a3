"""The article within a page's text."""

from __future__ import annotations

import datetime
import textwrap

import pytest

from leeward.library.public_stories.pages import article_in
from leeward.library.public_stories.reading.articles import read
from leeward.library.public_stories.reading.cleaning import Known, cleaned
from leeward.library.public_stories.reading.decoding import text_of
from leeward.library.public_stories.reading.tongues import language_of
from leeward.library.public_stories.refusing import Refused, Why

BODY = (
    "Ada Marlow was at the sea when the telephone rang.\n\n"
    "She had lost her daughter in the spring, and nobody had said the name since.\n\n"
    "Now somebody did, and she sat down on the stones and listened, for a long time, until it was dark over the water."
)


@pytest.mark.parametrize(
    "top",
    [
        "The name on the telephone",
        "The name on the telephone 1 year ago",
        "The name on the telephone\n\nThe name on the telephone",
        "The name on the telephone 3 days ago\nThe name on the telephone",
        "The name on the telephone | The Quay Courier\n\nBy Petra Hollis",
        "The name on the telephone a year ago\n\nThe name on the telephone",
        "The name on the telephone - The Quay Courier\n\nThe name on the telephone",
        "The name on the telephone\n\nShare\n\nFacebook | Twitter | Copy link",
    ],
)
def test_the_title_stands_once_without_a_stamp(top: str) -> None:
    clean = cleaned(f"{top}\n\n{BODY}")
    assert clean.title == "The name on the telephone"
    assert clean.text == BODY


@pytest.mark.parametrize("title", ["The girl I lost 20 years ago", "What I lost a year ago", "Finn – A Father’s Story"])
def test_the_title_s_own_words_are_no_stamp(title: str) -> None:
    clean = cleaned(f"{title}\n\n{BODY}")
    assert (clean.title, clean.text) == (title, BODY)


def test_without_a_title_none_is_made_up() -> None:
    assert cleaned(BODY).title == ""
    assert cleaned(BODY).text == BODY


def test_the_words_under_a_picture_stand_for_a_title_and_are_no_text() -> None:
    clean = cleaned(f"Ada Marlow by the sea last autumn. (Photo: Quay Images)\n\n{BODY}")
    assert clean.title == "Ada Marlow by the sea last autumn"
    assert clean.title_is_caption
    assert clean.text == BODY


@pytest.mark.parametrize(
    "line",
    [
        "Story continues",
        "Article continues below advertisement",
        "Advertisement",
        "Read more: Ten things about the sea",
        "Want stories like this delivered to your inbox? Sign up here for our newsletter.",
        "Sign up here",
        "Ada Marlow at home (Image: Petra Hollis)",
        "Image caption, Ada Marlow at home",
        "Photo: The Lantern/Agnes Brekke",
        "View this post on Instagram",
        "© The Quay Courier. All rights reserved.",
        "Share this article",
        "12 comments",
        "* * *",
    ],
)
def test_what_is_the_page_s_own_is_left_out(line: str) -> None:
    first, rest = BODY.split("\n\n", 1)
    assert cleaned(f"A title\n\n{first}\n\n{line}\n\n{rest}").text == BODY


@pytest.mark.parametrize(
    "line",
    [
        "She kept a photo of the two of them in the kitchen, and told nobody.",
        "“Sign here,” the nurse said, and she signed.",
        "The story continues to hurt, and she continues to tell it.",
        "She shared the news in a letter.",
    ],
)
def test_what_only_looks_like_it_stays(line: str) -> None:
    assert line in cleaned(f"A title\n\n{BODY}\n\n{line}").text


def test_lines_that_were_broken_at_a_width_are_joined() -> None:
    broken = (
        "A title\n\nIt was the longest winter that anybody on the island\n"
        "could remember, and the harbour was white from one side\n"
        "to the other. She walked out on the ice as far as the\n"
        "first buoy, and turned."
    )
    assert "on the island could remember" in cleaned(broken).text


def test_a_sentence_that_ends_where_a_line_does_goes_on_in_the_next() -> None:
    said = (
        "It was the longest winter that anybody on the island could remember, she said. “The harbour was white.” "
        "Nobody walked there - or nobody told of it - and she went out on the ice all the same, every morning of that "
        "winter, and came back when the lamps were lit, and told nobody where she had been or what she had said."
    )
    for width in range(55, 80):
        assert cleaned(f"A title\n\n{textwrap.fill(said, width)}\n\nThen it was spring.").text.startswith(said), width


def test_who_wrote_it_and_when_are_no_part_of_the_text() -> None:
    clean = cleaned(f"A title\n\nBy Petra Hollis\n\nPublished: 3 February 2020, 10:15\n\n{BODY}")
    assert (clean.author, clean.date, clean.text) == ("Petra Hollis", datetime.date(2020, 2, 3), BODY)


def test_what_the_page_says_of_itself_wins() -> None:
    known = Known(title="Another title | The Lantern", author="M. N.", date=datetime.date(2021, 1, 1))
    clean = cleaned(BODY, known)
    assert (clean.title, clean.author, clean.date) == ("Another title", "M. N.", datetime.date(2021, 1, 1))


def test_a_page_of_html_gives_the_article_and_what_it_says_of_itself() -> None:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in BODY.split("\n\n"))
    page = (
        "<!doctype html><html><head><title>The name on the telephone | The Lantern</title>"
        '<meta property="og:title" content="The name on the telephone"><meta name="author" content="Petra Hollis">'
        '<meta property="og:site_name" content="The Lantern">'
        '<meta property="article:published_time" content="2020-02-03T10:00:00Z"></head><body>'
        "<nav><a href='/'>Home</a> <a href='/news'>News</a></nav><script>let a = 1;</script>"
        f"<article><h1>The name on the telephone</h1>{paragraphs}<p>Story continues</p></article>"
        "<footer>Sign up for our newsletter</footer></body></html>"
    )
    text, known = article_in(page, "https://lantern.example/name")
    clean = read(text, "", known).clean
    assert clean.title == "The name on the telephone"
    assert (clean.author, clean.source, clean.date) == ("Petra Hollis", "The Lantern", datetime.date(2020, 2, 3))
    assert clean.text == BODY


def page_of(head: str, body: str) -> str:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in BODY.split("\n\n"))
    return f"<!doctype html><html><head>{head}</head><body><article>{body}{paragraphs}</article></body></html>"


@pytest.mark.parametrize(
    "told",
    [
        "<p>She came home on 12.03.2019, and wrote in May 2020.</p>",
        "<p>The letter said 2019-03-12.</p>",
        "<footer>© 2024 The Lantern</footer>",
        '<aside class="related">Also here <time datetime="2019-03-12">12 March 2019</time></aside>',
    ],
)
def test_a_day_that_is_told_is_not_the_day_of_the_page(told: str) -> None:
    assert article_in(page_of("<title>The name</title>", told))[1].date is None


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<script type="application/ld+json">{"@type": "Article", "datePublished": "2020-02-03"}</script>', ""),
        ("", '<time datetime="2020-02-03">3 February 2020</time>'),
        ("", '<div class="byline">By Petra Hollis · 3 February 2020</div>'),
    ],
)
def test_the_day_that_a_page_states_is_found(head: str, body: str) -> None:
    assert article_in(page_of(head, body))[1].date == datetime.date(2020, 2, 3)


def test_no_heading_beside_the_article_becomes_its_title() -> None:
    page = page_of("", "").replace("</body>", "<aside><h2>Our newsletter</h2><p>Sign up here.</p></aside></body>")
    text, known = article_in(page)
    assert (known.title, cleaned(text, known).text) == ("", BODY)


def test_a_page_whose_title_is_the_words_under_its_picture_has_none() -> None:
    clean = cleaned(BODY, Known(title="Ada Marlow by the sea. (Photo: Quay Images)"))
    assert (clean.title, clean.title_is_caption, clean.text) == ("Ada Marlow by the sea", True, BODY)


def test_the_same_page_is_read_whole_every_time() -> None:
    assert {article_in(page_of("<title>The name</title>", ""))[0] for _again in range(5)} == {
        BODY.replace("\n\n", "\n")
    }


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", Why.EMPTY),
        (b" \n\t ", Why.EMPTY),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, Why.NOT_TEXT),
        (b"%PDF-1.7 something", Why.NOT_TEXT),
        (bytes(range(256)) * 40, Why.NOT_TEXT),
        (b"0101;0202;0303;[]{}()!!\n" * 200, Why.NOT_TEXT),
        (b"a" * 50_000_000, Why.TOO_LARGE),
    ],
    ids=["empty", "blank", "picture", "pdf", "bytes", "table", "50 MB"],
)
def test_what_is_no_text_is_refused(body: bytes, why: Why) -> None:
    with pytest.raises(Refused) as refused:
        text_of(body)
    assert refused.value.why is why
    assert refused.value.words


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_usual_encodings_are_read(encoding: str) -> None:
    text = f"“{BODY}” — she said"
    assert text_of(text.encode(encoding)) == text


FOREIGN = {
    "de": "Wir haben unser Kind in der zwanzigsten Woche verloren, und ich war danach lange nicht mehr die gleiche. ",
    "fr": "Nous avons perdu notre fille dans la vingtième semaine, et je ne savais pas que le silence était si grand. ",
    "es": "Perdimos a nuestra hija en la semana veinte, y no sabía que el silencio de la casa era tan grande para mí. ",
    "da": "Vi mistede vores datter i uge tyve, og jeg vidste ikke, at der kunne være så stille i et hus som det var. ",
}


@pytest.mark.parametrize("code", FOREIGN)
def test_another_language_is_refused_by_its_name(code: str) -> None:
    text = FOREIGN[code] * 6
    assert language_of(text) == code
    with pytest.raises(Refused) as refused:
        read(text, "")
    assert refused.value.why is Why.LANGUAGE
    assert refused.value.more


def test_a_text_in_no_language_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        read("lorem ipsum dolor sit amet consectetur " * 20, "")
    assert refused.value.why is Why.LANGUAGE


def test_too_few_words_and_too_many_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        read("She was at the sea.", "")
    assert refused.value.why is Why.TOO_SHORT
    with pytest.raises(Refused) as refused:
        read("She was at the sea. " * 10_000, "")
    assert refused.value.why is Why.TOO_LONG
