"""Zip files: what is read from them, and which are not opened."""

from __future__ import annotations

import json
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from leeward.library.directory.reading.found import ReadRefused
from leeward.library.directory.reading.reader import read
from tests.library.directory.reading.records import ORGANIZATION, SERVICE, reads, told, write_tables


def packed(folder: Path, members: dict[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    path = folder / "directory.zip"
    with zipfile.ZipFile(path, "w", compression) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def test_a_zip_of_tables_is_read_like_its_folder(tmp_path):
    folder = write_tables(tmp_path / "tables")
    for inner in ("", "export-2026/"):
        path = packed(tmp_path, {inner + file.name: file.read_bytes() for file in folder.iterdir()})
        assert reads(read(path)) == reads(read(folder))


def test_a_zip_of_json_is_read_and_what_else_lies_in_it_is_passed_over(tmp_path):
    members: dict[str, bytes | str] = {
        "services.json": json.dumps([SERVICE]),
        "more.jsonl": json.dumps(ORGANIZATION),
        "readme.txt": "Hello",
        "run.exe": b"MZ",
        "__MACOSX/._services.json": b"\0",
        ".hidden.json": "[",
    }
    assert sorted(told(read(packed(tmp_path, members)))) == ["organization o1", "service s1"]


def test_a_zip_is_known_whatever_it_is_called(tmp_path):
    path = packed(tmp_path, {"a.json": json.dumps(SERVICE)}).rename(tmp_path / "directory.json")
    assert told(read(path)) == ["service s1"]


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"../a.json": "[]"}, "leads elsewhere"),
        ({"a/../../b.json": "[]"}, "leads elsewhere"),
        ({"/etc/a.json": "[]"}, "leads elsewhere"),
        ({"C:/a.json": "[]"}, "leads elsewhere"),
        ({"a\\..\\b.json": "[]"}, "leads elsewhere"),
        ({"a" * 300 + ".json": "[]"}, "leads elsewhere"),
        ({"a.zip": b"PK"}, "another packed file"),
        ({"a.json": "[]", "b.tar.gz": b""}, "another packed file"),
        ({"a.json": "[]", "A.json": "[]"}, "same name"),
        ({"a.json": "[" + " " * 20_000_000 + "]"}, "packed so tightly"),
        ({f"{number}.json": "[]" for number in range(1001)}, "too many files"),
        ({}, "nothing in directory.zip"),
        ({"readme.txt": "none"}, "nothing in directory.zip"),
    ],
)
def test_an_odd_zip_is_not_opened(tmp_path, members, words):
    with pytest.raises(ReadRefused, match=words):
        list(read(packed(tmp_path, members)))
    assert [path.name for path in tmp_path.iterdir()] == ["directory.zip"]


def test_a_link_in_a_zip_is_not_followed(tmp_path):
    path = tmp_path / "directory.zip"
    with zipfile.ZipFile(path, "w") as file:
        member = zipfile.ZipInfo("services.json")
        member.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(member, "/etc/passwd")
    with pytest.raises(ReadRefused, match="there is a link in it"):
        list(read(path))


def test_a_zip_that_is_locked_is_said_to_be(tmp_path):
    path = packed(tmp_path, {"a.json": "[]"})
    content = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        begin = content.find(mark)
        struct.pack_into("<H", content, begin + place, 1)
    path.write_bytes(content)
    with pytest.raises(ReadRefused, match="locked with a password"):
        list(read(path))


def test_a_zip_that_says_it_is_smaller_than_it_is_is_refused(tmp_path):
    path = packed(tmp_path, {"a.json": "[" + " " * 5000 + "]"})
    content = bytearray(path.read_bytes())
    struct.pack_into("<L", content, content.find(b"PK\x01\x02") + 24, 10)
    path.write_bytes(content)
    with pytest.raises(ReadRefused, match="no zip that can be unpacked"):
        list(read(path))


def test_a_list_of_files_that_would_fill_the_memory_is_not_read(tmp_path):
    path = packed(tmp_path, {"a.json": "[]"})
    content = bytearray(path.read_bytes())
    struct.pack_into("<L", content, content.rfind(b"PK\x05\x06") + 12, 500_000_000)
    path.write_bytes(content)
    with pytest.raises(ReadRefused, match="too many files"):
        list(read(path))


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_is_packed_in_a_rare_way_is_not_opened(tmp_path, compression):
    with pytest.raises(ReadRefused, match="rarely used"):
        list(read(packed(tmp_path, {"a.json": "[]"}, compression)))


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_broken_zip_is_refused_wherever_it_breaks(tmp_path, compression):
    whole = packed(tmp_path, {"services.json": json.dumps([SERVICE] * 2)}, compression).read_bytes()
    path = tmp_path / "directory.zip"
    assert len(told(read(path))) == 2
    for length in range(4, len(whole), 7):
        path.write_bytes(whole[:length])
        with pytest.raises(ReadRefused):
            list(read(path))
    for place in range(4, len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        try:
            found = told(read(path))
        except ReadRefused:
            continue
        assert found == ["service s1"] * 2, place  # What was changed says nothing of the content, as a date does.
