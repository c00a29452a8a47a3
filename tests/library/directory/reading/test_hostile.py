"""Whatever a file holds: records, faults or a refusal in words come of it, and never anything else."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leeward.library.directory.reading.found import Fault, Read, ReadRefused
from leeward.library.directory.reading.reader import read
from tests.library.directory.reading.records import OF_EACH, TABLES, write_tables

LIST = json.dumps(list(OF_EACH.values()), indent=1).encode()
LINES = "\n".join(json.dumps(tree) for tree in OF_EACH.values()).encode()
PAGE = b'{"total_pages": 1, "contents": ' + LIST + b"}"
VILLAGE = Path(__file__).parents[4] / "leeward" / "village" / "services" / "services.jsonl"

json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text()
            | st.sampled_from(["id", "name", "contents", "services", "phones", "phones.csv", "services.csv", "status"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@contextmanager
def holding(name: str, content: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield path


def comes_of(path: Path) -> list[Read | Fault]:
    """What is read; every piece of it can be kept and said."""
    found: list[Read | Fault] = []
    with suppress(ReadRefused):
        found.extend(read(path))
    for one in found:
        if isinstance(one, Read):
            written = json.dumps(one.tree, ensure_ascii=False, allow_nan=False)
            assert "\\u0000" not in json.dumps(one.tree).replace("\\\\", "")
            assert written.encode()
        else:
            assert one.reason.encode()
            assert len(one.reason) < 400
            assert one.origin.file
    return found


@given(st.binary(max_size=400), st.sampled_from(["a.json", "a.jsonl", "services.csv", "datapackage.json", "a.zip"]))
def test_any_bytes(content, name):
    with holding(name, content) as path:
        comes_of(path)
        comes_of(path.parent)


@given(json_like, st.sampled_from(["a.json", "services.jsonl", "datapackage.json"]))
def test_any_json(value, name):
    with holding(name, json.dumps(value).encode()) as path:
        comes_of(path)
        write_tables(path.parent)
        comes_of(path.parent)


@given(st.sampled_from([LIST, LINES, PAGE]), st.data())
def test_a_real_file_that_was_cut_or_changed(whole, data):
    place = data.draw(st.integers(0, len(whole) - 1))
    with holding("a.json", whole[:place]) as path:
        found = comes_of(path)
        assert all(isinstance(one, Read) for one in found[:-1])
        is_lines = whole is LINES
        ends_whole = is_lines and sum(isinstance(one, Read) for one in found) == whole[:place].count(b"\n") + 1
        stopped = found and isinstance(found[-1], Fault) and found[-1].fatal
        assert stopped or ends_whole or (is_lines and whole[:place].endswith(b"\n"))
    with holding("a.json", whole[:place] + data.draw(st.binary(min_size=1, max_size=3)) + whole[place + 1 :]) as path:
        comes_of(path)


@settings(max_examples=60)
@given(st.sampled_from(sorted(TABLES)), st.data())
def test_a_real_table_that_was_cut_or_changed(name, data):
    with tempfile.TemporaryDirectory() as folder:
        path = write_tables(Path(folder)) / name
        whole = path.read_bytes()
        place = data.draw(st.integers(0, len(whole) - 1))
        path.write_bytes(
            whole[:place] + data.draw(st.binary(max_size=3)) + data.draw(st.sampled_from([b"", whole[place:]]))
        )
        comes_of(path.parent)


@settings(max_examples=60)
@given(st.data())
def test_a_real_zip_that_was_cut_or_changed(data):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.json", LIST)
    whole = packed.getvalue()
    place = data.draw(st.integers(0, len(whole) - 1))
    changed = whole[:place] + data.draw(st.binary(max_size=4)) + data.draw(st.sampled_from([b"", whole[place + 1 :]]))
    with holding("a.zip", changed) as path:
        comes_of(path)


@pytest.mark.parametrize("piece", [b"", b",", b'"', b"}", b"\x00", b"\xff", b"[[[["])
def test_the_village_with_something_odd_in_every_tenth_line(piece):
    lines = VILLAGE.read_bytes().splitlines()
    broken = [
        line[: len(line) // 2] + piece + line[len(line) // 2 + 1 :] if not at % 10 else line
        for at, line in enumerate(lines)
    ]
    with holding("services.jsonl", b"\n".join(broken)) as path:
        found = comes_of(path)
    assert len(found) == len(lines)
    assert all(isinstance(one, Read) for at, one in enumerate(found) if at % 10)
