"""The reader process: one for all, over a socket that only its own user may open."""

from __future__ import annotations

import json
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from leeward.language.judgement import Hurtful, Judgement
from leeward.language.reader import client
from leeward.language.reader.client import ReaderUnavailable, is_there, read
from leeward.language.reader.server import LONG, AlreadyListening, Reader

FOUND = Judgement(frozenset({"hostile", "threat"}), (Hurtful(2, 5, "reason"),), care=True, scores={"hold": 0.5})


@pytest.fixture
def at(tmp_path: Path, settings: Any) -> Path:
    settings.READER_SOCKET = tmp_path / "reader.sock"
    return Path(settings.READER_SOCKET)


@pytest.fixture
def reader(at: Path) -> Iterator[Reader]:
    with Reader(at, lambda text: FOUND if text == "asked" else Judgement()) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield served
        served.shutdown()


def test_a_reading_comes_back_as_it_was_made(reader: Reader) -> None:
    assert read("asked") == FOUND
    assert read("other") == Judgement()


def test_its_socket_is_for_its_own_user_alone(reader: Reader, at: Path) -> None:
    assert stat.S_IMODE(at.stat().st_mode) == 0o600


def test_many_may_ask_at_once(reader: Reader) -> None:
    said: list[Judgement] = []
    askers = [threading.Thread(target=lambda: said.append(read("asked"))) for _ in range(20)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert said == [FOUND] * 20


def test_a_long_text_keeps_nobody_waiting_whose_text_is_short(at: Path) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def judge(text: str) -> Judgement:
        if len(text) > LONG:
            begun.set()
            may_end.wait(10)
        return FOUND

    with Reader(at, judge) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        threading.Thread(target=read, args=("." * (LONG + 1),), kwargs={"in_background": True}, daemon=True).start()
        assert begun.wait(10)
        assert read("asked") == FOUND
        may_end.set()
        served.shutdown()


def test_where_nobody_waits_for_it_a_reading_may_take_its_time(at: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "PATIENCE", 0.1)

    def slow(_text: str) -> Judgement:
        time.sleep(0.4)
        return FOUND

    with Reader(at, slow) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        with pytest.raises(ReaderUnavailable):
            read("a long story")
        assert read("a long story", in_background=True) == FOUND
        served.shutdown()


def test_without_a_reader_that_is_said(at: Path) -> None:
    assert not is_there()
    with pytest.raises(ReaderUnavailable):
        read("asked")


@pytest.mark.parametrize("sent", [b"no json\n", b"[]\n", b"3\n", b"\n", b"without an end"])
def test_what_is_no_question_ends_no_reader(reader: Reader, at: Path, sent: bytes) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.connect(str(at))
        line.sendall(sent)
        line.shutdown(socket.SHUT_WR)
        assert line.recv(100) == b""
    assert read("asked") == FOUND


def test_what_a_reading_stumbles_over_reaches_no_log(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def stumble(text: str) -> Judgement:
        raise ValueError(text)

    with Reader(at, stumble) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        with pytest.raises(ReaderUnavailable):
            read("kestrelquarry")
        served.shutdown()
    said = capsys.readouterr().err
    assert "ValueError" in said
    assert "kestrelquarry" not in said


def test_an_answer_that_cannot_be_understood_is_no_answer(at: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as other:
        other.bind(str(at))
        other.listen()

        def answer() -> None:
            line, _ = other.accept()
            with line:
                line.recv(1000)
                line.sendall(json.dumps({"what": "else"}).encode() + b"\n")

        threading.Thread(target=answer, daemon=True).start()
        with pytest.raises(ReaderUnavailable):
            read("asked")


def test_two_readers_do_not_listen_at_one_place(reader: Reader, at: Path) -> None:
    with pytest.raises(AlreadyListening):
        Reader(at, lambda _: Judgement())
    assert read("asked") == FOUND


def test_what_a_killed_reader_left_is_put_away(at: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as gone:
        gone.bind(str(at))
    assert at.exists()
    with Reader(at, lambda _: FOUND) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        assert read("asked") == FOUND
        served.shutdown()


def test_the_real_reader_reads_and_ends_with_who_started_it(at: Path) -> None:
    command = [sys.executable, "-m", "leeward.language.reader", str(at)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == b"listening\n"
        assert "contact" in read("write to me at somebody@example.org").signs
        process.stdin.close()
        assert process.wait(10) == 0
