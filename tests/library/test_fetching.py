"""What is fetched, and what never is, from real servers on loopback."""

from __future__ import annotations

import gzip
import ipaddress
import itertools
import socket
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.library.addresses import WebAddress, public_only
from leeward.library.fetching import JSON, Fetched, FetchRefused, fetch, fetch_into, reach
from tests.library.answering import answering, elsewhere, here_too, well


def get(url: str, most_bytes: int = 100_000, seconds: float = 10) -> Fetched:
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


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://0.0.0.0/",
        "http://0/",
        "http://127.1/",
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://0x7f.0.0.1/",
        "http://0x7f000001/",
        "http://127。0。0。1/",
        "http://１２７.0.0.1/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://192.0.0.192/",
        "http://198.18.0.1/",
        "http://168.63.129.16/",
        "http://224.0.0.1/",
        "http://240.0.0.1/",
        "http://255.255.255.255/",
        "http://[::1]/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:a9fe:a9fe]/",
        "http://[::127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[64:ff9b:1::1]/",
        "http://[2002:7f00:1::]/",
        "http://[2001:0:7f00:1::]/",
        "http://[fe80::1]/",
        "http://[fec0::1]/",
        "http://[fd00:ec2::254]/",
        "http://[ff02::1]/",
        "http://[5f00::1]/",
        "https://127.0.0.1:8443/",
    ],
)
def test_nothing_private_is_ever_asked(address):
    with pytest.raises(FetchRefused, match="private or reserved"):
        fetch(address, most_bytes=10, accepts=JSON)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_what_is_public_may_be_asked(address):
    assert public_only(ipaddress.ip_address(address))


def test_no_connection_reaches_a_server_of_this_machine():
    with answering(lambda _target, _headers: [well(b"{}")]) as server:
        port = server.address.rsplit(":", 1)[1]
        for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0", "2130706433"):
            with pytest.raises(FetchRefused):
                fetch(f"http://{host}:{port}/", most_bytes=10, accepts=JSON)
            with pytest.raises(FetchRefused):
                reach(f"http://{host}:{port}/")
        assert not server.asked
        get(server.address)
        assert server.connections == 1  # It would have answered.


def test_a_redirect_to_a_private_address_is_not_followed():
    """As if 127.0.0.1 were public, and 127.0.0.2 were not."""
    with (
        answering(lambda _target, _headers: [well(b"{}")], host="127.0.0.2") as inner,
        answering(lambda _target, _headers: [elsewhere(inner.address + "/secret")]) as outer,
    ):
        for ask in (
            lambda may_reach: fetch(outer.address, most_bytes=10, accepts=JSON, may_reach=may_reach),
            lambda may_reach: reach(outer.address, may_reach=may_reach),
        ):
            with pytest.raises(FetchRefused, match="private or reserved"):
                ask(lambda address: str(address) == "127.0.0.1")
        assert (outer.connections, inner.connections) == (2, 0)
        assert get(outer.address).address == inner.address + "/secret"  # Where both may be asked, it leads there.


def resolver_that_says(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> Iterator[str]:
    """The machine's own resolver answers as somebody's name server would make it."""
    coming = iter(answers)
    asked: list[str] = []

    def said(host, port, **_kind):
        asked.append(host)
        return [
            (socket.AF_INET6 if ":" in number else socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port))
            for number in next(coming)
        ]

    monkeypatch.setattr(socket, "getaddrinfo", said)
    return iter(asked)


def test_a_name_with_a_public_and_a_private_address_is_refused_whole(monkeypatch):
    resolver_that_says(monkeypatch, ["8.8.8.8", "127.0.0.1"], ["2606:4700::1111", "::1"])
    for _family in range(2):
        with pytest.raises(FetchRefused, match="private or reserved"):
            fetch("http://both.example/", most_bytes=10, accepts=JSON)


def test_a_name_is_asked_for_once_and_cannot_change_its_answer(monkeypatch):
    with answering(lambda _target, _headers: [well(b"{}")]) as server:
        port = server.address.rsplit(":", 1)[1]
        asked = resolver_that_says(monkeypatch, ["127.0.0.1"], ["127.0.0.2"])
        fetched = fetch(
            f"http://changes.example:{port}/",
            most_bytes=10,
            accepts=JSON,
            may_reach=lambda address: str(address) == "127.0.0.1",
        )
        assert fetched.body == b"{}"
        assert list(asked) == ["changes.example"]
        assert server.asked[0][1]["host"] == f"changes.example:{port}"


def test_the_next_address_of_a_host_is_tried_when_the_first_is_silent(monkeypatch):
    with answering(lambda _target, _headers: [well(b"{}")]) as server:
        port = server.address.rsplit(":", 1)[1]
        resolver_that_says(monkeypatch, ["127.0.0.3", "127.0.0.1"])
        assert get(f"http://two.example:{port}/").body == b"{}"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("file:///etc/passwd", "begin with https"),
        ("ftp://example.org/a", "begin with https"),
        ("gopher://example.org:70/1", "begin with https"),
        ("javascript:alert(1)", "begin with https"),
        ("example.org", "begin with https"),
        ("", "begin with https"),
        ("http://", "names no host"),
        ("http:///path", "names no host"),
        ("http://user@example.org/", "name or a password"),
        ("http://user:word@example.org/", "name or a password"),
        ("http://127.0.0.1:80@example.org/", "name or a password"),
        ("http://example.org:22/", "port"),
        ("http://example.org:25/", "port"),
        ("http://example.org:0/", "port"),
        ("http://example.org:99999/", "port"),
        ("http://example.org:-1/", "port"),
        ("http://example.org:٨٠/", "port"),
        ("http://example.org:6667/", "port"),
        ("http://exa mple.org/", "not an address"),
        ("http://example.org/\r\nHost: inner", "not an address"),
        ("http://example.org\\@127.0.0.1/", "not an address"),
        ("http://example.org/\x00", "not an address"),
        ("http://example.org/\ud800", "not an address"),
        ("http://example.org/" + "a" * 2000, "not an address"),
        ("http://[::1/", "not an address"),
        ("http://[fe80::1%25eth0]/", "not an address|names no host"),
        ("http://" + "a" * 70 + ".example/", "names no host"),
        ("http://a..example/", "names no host"),
        ("http://name.invalid/", "Nobody knows where name.invalid is"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused_in_words(address, words):
    with pytest.raises(FetchRefused, match=words):
        fetch(address, most_bytes=10, accepts=JSON)


@given(st.text(max_size=60) | st.text(max_size=40).map("http://{}/".format) | st.from_regex(r"https?://[^\s]{1,30}"))
def test_whatever_is_written_is_an_address_or_refused(text):
    try:
        address = WebAddress.understood(text)
    except FetchRefused:
        return
    assert str(address).isascii()
    assert WebAddress.understood(str(address)) == address


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
