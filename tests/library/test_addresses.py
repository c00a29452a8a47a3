"""Which addresses are asked, and which never are."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.library.addresses import WebAddress, public_only
from leeward.library.fetching import JSON, Fetched, FetchRefused, fetch, reach
from tests.library.answering import answering, elsewhere, here_too, well


def get(url: str, most_bytes: int = 100_000, seconds: float = 10) -> Fetched:
    return fetch(url, most_bytes=most_bytes, accepts=JSON, may_reach=here_too, seconds=seconds)


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
