"""What is fetched, and what never is, from real servers on loopback."""

from __future__ import annotations

import gzip
import itertools
import time

import pytest

from leeward.library.addresses import WebAddress
from leeward.library.fetching import JSON, Fetched, FetchRefused, fetch, fetch_into, reach
from tests.library.answering import answering, elsewhere, here_too, well


def get(url: str, most_bytes: int = 100_000, seconds: float = 30) -> Fetched:
    return fetch(url, most_bytes=most_bytes, accepts=JSON, may_reach=here_too, seconds=seconds)


def test_what_is_there_is_fetched_with_what_it_is_called():
    with answering(lambda _target, _headers: [well(b'{"a": 1}', "application/json; charset=UTF-8")]) as server:
        fetched = get(server.address + "/a?b=c")
        assert fetched == Fetched(server.address + "/a?b=c", "application/json", "utf-8", b'{"a": 1}')
        assert [target for target, _headers in server.asked] == ["/a?b=c"]


def test_it_says_which_place_asks_and_nothing_of_anybody(settings):
    settings.PLACE_NAME, settings.PLACE_CONTACT = "Haus am Fjörd\r\nX: y", "host@place.example"
    with answering(lambda _target, _headers: [well(b"{}", Set_Cookie="a=b")]) as server:
        get(server.address)
        get(server.address)
        for _target, headers in server.asked:
            assert headers["user-agent"] == "Leeward (Haus am FjrdX: y; host@place.example)"
            assert headers.keys() == {"host", "user-agent", "accept", "accept-encoding", "connection"}


def test_signs_of_other_scripts_are_asked_for_as_the_web_writes_them():
    with answering(lambda _target, _headers: [well(b"{}")]) as server:
        get(server.address + "/dienst/für-sie?wo=Köln&n=100%25#part")
        assert server.asked[0][0] == "/dienst/f%C3%BCr-sie?wo=K%C3%B6ln&n=100%25"
    assert str(WebAddress.understood("https://Bücher.example:443")) == "https://xn--bcher-kva.example/"


def test_what_is_too_long_is_refused_however_it_comes():
    packed = gzip.compress(b"0" * 5_000_000)
    chunked = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    endless = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
    answers = {
        "/told": lambda: [b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n"],
        "/chunked": lambda: itertools.chain([chunked], itertools.repeat(b"400\r\n" + b"0" * 1024 + b"\r\n")),
        "/endless": lambda: itertools.chain([endless], itertools.repeat(b"0" * 1024)),
        "/packed": lambda: [well(packed, Content_Encoding="gzip")],
    }
    assert len(packed) < 100_000
    with answering(lambda target, _headers: answers[target]()) as server:
        for target in answers:
            with pytest.raises(FetchRefused, match=r"longer than 0\.1 MB"):
                get(server.address + target)


def test_what_is_packed_is_unpacked():
    body = b'{"a": "' + b"long " * 10_000 + b'"}'
    with answering(lambda _target, _headers: [well(gzip.compress(body), Content_Encoding="gzip")]) as server:
        assert get(server.address).body == body


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (well(gzip.compress(b"{}" * 900)[:-12], Content_Encoding="gzip"), "broke off"),
        (well(gzip.compress(b"{}") + b"more", Content_Encoding="gzip"), "cannot be unpacked"),
        (well(b"{}", Content_Encoding="gzip"), "cannot be unpacked"),
        (well(b"{}", Content_Encoding="br"), "not asked for"),
        (well(b"<html>", "text/html"), "gives text/html there"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", "gives application/octet-stream there"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{}", "broke off"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
            "did not hold",
        ),
        (
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n",
            "did not hold",
        ),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "did not hold"),
        (b"", "did not hold"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n", "did not hold"),
        (b"HTTP/1.1 200 OK\r\nA: " + b"b" * 100_000 + b"\r\n\r\n", "did not hold"),
        (elsewhere("file:///etc/passwd"), "begin with https"),
        (elsewhere("gopher://example.org/"), "begin with https"),
        (elsewhere("http://user:word@example.org/"), "name or a password"),
        (elsewhere("http://example.org:25/"), "port"),
        (well(b"", status="302 Found"), "did not give"),
        (well(b"", status="101 Switching Protocols"), "did not give"),
    ],
)
def test_a_bad_answer_is_refused_in_words(answer, words):
    with answering(lambda _target, _headers: [answer]) as server, pytest.raises(FetchRefused, match=words):
        get(server.address)


def test_a_circle_of_redirects_ends():
    with answering(lambda target, _headers: [elsewhere(target + "x")]) as server:
        with pytest.raises(FetchRefused, match="without an end"):
            get(server.address)
        assert server.connections == 6


def test_a_redirect_may_be_written_in_utf8_or_without_a_host():
    with answering(lambda target, _headers: [well(b"{}") if "end" in target else elsewhere("end/für")]) as server:
        assert get(server.address + "/a/b").address.endswith("/a/end/f%C3%BCr")


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nX: ", well(b"0" * 9000)[:-9000]])
def test_a_server_that_sends_a_byte_now_and_then_is_not_waited_for(head):
    def drip(_target, _headers):
        yield head
        for _piece in range(100):
            time.sleep(0.05)
            yield b"0"

    with answering(drip) as server:
        begun = time.monotonic()
        with pytest.raises(FetchRefused, match="too slow") as refused:
            get(server.address, seconds=0.4)
        assert time.monotonic() - begun < 3
        assert refused.value.again


def test_who_does_not_answer_is_named():
    with answering(lambda _target, _headers: []) as server:
        gone = server.address
    with pytest.raises(FetchRefused, match="nobody answers") as refused:
        get(gone)
    assert refused.value.again


@pytest.mark.parametrize(
    ("status", "words", "again"),
    [
        ("404 Not Found", "has nothing at this address", False),
        ("403 Forbidden", "does not show this to everybody", False),
        ("429 Too Many Requests", "busy or unwell", True),
        ("503 Service Unavailable", "busy or unwell", True),
        ("418 I'm a teapot", "answered 418", False),
    ],
)
def test_an_answer_that_is_no_success_says_what_it_was(status, words, again):
    answer = well(b"no", "text/plain", status, Retry_After="7")
    with answering(lambda _target, _headers: [answer]) as server:
        with pytest.raises(FetchRefused, match=words) as refused:
            get(server.address)
        assert reach(server.address, may_reach=here_too) == refused.value.status == int(status[:3])
    assert (refused.value.again, refused.value.wait) == (again, 7.0)


@pytest.mark.parametrize(
    ("said", "most"), [("Fri, 31 Dec 1999 23:59:59 GMT", 0), ("soon", None), ("9" * 400, 999_999_999), ("", None)]
)
def test_when_to_ask_again_is_understood_or_passed_over(said, most):
    answer = well(b"", status="503 No", Retry_After=said)
    with answering(lambda _target, _headers: [answer]) as server, pytest.raises(FetchRefused) as refused:
        get(server.address)
    assert refused.value.wait == most


def test_something_large_goes_to_a_file(tmp_path):
    with answering(lambda _target, _headers: [well(b"[" + b" " * 3_000_000 + b"]")]) as server:
        with (tmp_path / "large").open("wb") as file:
            told = fetch_into(file, server.address, most_bytes=4_000_000, accepts=JSON, may_reach=here_too)
        assert ((tmp_path / "large").stat().st_size, told.body) == (3_000_002, b"")
