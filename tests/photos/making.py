"""Files that somebody might send as photos, made here by code, and the darkroom's work done at once."""

from __future__ import annotations

import io
import struct
import time
import zlib
from pathlib import Path
from typing import Any

import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from leeward.members.models import Member
from leeward.photos.actions import receive
from leeward.photos.darkroom.working import Developed, develop_apart, prepare_next
from leeward.photos.models import Photo

SECRET = "Kelmscott Lane 7"
"""Stands in every corner of the metadata that a file can have."""
PLACE = (51.0, 41.0, 17.25)
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def go_on(seconds: float) -> bool:
    """A darkroom that is not told to end."""
    time.sleep(seconds)
    return False


def prepare_all() -> None:
    """Do what the darkroom does, until nothing waits that can be done."""
    while prepare_next(go_on):
        pass


def drawing(width: int = 640, height: int = 480, mode: str = "RGB") -> Image.Image:
    """A tree on a hill: dark above on the left, light elsewhere, so that it shows which way is up."""
    made = Image.new("RGB", (width, height), (232, 226, 205))
    draw = ImageDraw.Draw(made)
    draw.rectangle((0, height * 2 // 3, width, height), fill=(120, 150, 90))
    draw.rectangle((0, 0, width // 4, height // 4), fill=(30, 40, 70))
    return made if mode == "RGB" else made.convert(mode)


def written(picture: Image.Image, kind: str, **how: Any) -> bytes:
    """A picture as a file of some kind."""
    if kind == "HEIF":
        pillow_heif.register_heif_opener()
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def sent(content: bytes, name: str = "IMG_2031.jpg", said: str = "image/jpeg") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type=said)


def a_photo(owner: Member, content: bytes | None = None) -> Photo:
    """A photo of a member, prepared."""
    photo = receive(owner, sent(content or written(drawing(), "JPEG")))
    prepare_all()
    photo.refresh_from_db()
    return photo


def developed(content: bytes, folder: Path) -> Developed:
    """What the child process makes of a file."""
    path = folder / "original"
    path.write_bytes(content)
    return develop_apart(path, go_on)


def opened(content: bytes) -> Image.Image:
    """A size that was made."""
    return Image.open(io.BytesIO(content))


def exif(orientation: int = 1) -> Image.Exif:
    """What a telephone writes: who, when, with what, where, and a small picture of the whole."""
    said = Image.Exif()
    said[0x0112] = orientation
    said[0x010F], said[0x9286], said[0x013B] = f"Maker {SECRET}", SECRET, SECRET
    gps = said.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", PLACE, "W", (1.0, 41.0, 50.0)
    gps[29] = SECRET
    return said


def with_everything(kind: str) -> bytes:
    """A photo with metadata of every sort that its kind can hold."""
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{SECRET}</x:xmpmeta>".encode()
    how: dict[str, Any] = {"exif": exif(), "icc_profile": SRGB}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Author", SECRET)
        text.add_text("Long", SECRET * 50, zip=True)
        text.add_itxt("XML:com.adobe.xmp", xmp.decode())
        return written(drawing(), kind, pnginfo=text, **how)
    if kind == "JPEG":
        plain = written(drawing(), kind, comment=SECRET, xmp=xmp, **how)
        return plain[:2] + _iptc() + plain[2:] + b"PK\x03\x04" + SECRET.encode()
    return written(drawing(), kind, xmp=xmp, **how)


def _iptc() -> bytes:
    said = b"\x1c\x02\x78" + struct.pack(">H", len(SECRET)) + SECRET.encode()
    block = b"8BIM" + struct.pack(">H", 0x0404) + b"\0\0" + struct.pack(">I", len(said)) + said
    inside = b"Photoshop 3.0\0" + block
    return b"\xff\xed" + struct.pack(">H", len(inside) + 2) + inside


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that says it is as large as that, and is: all of one colour."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    squeeze = zlib.compressobj(9)
    row = b"\0" * (1 + (width + 7) // 8)
    body = b"".join(squeeze.compress(row * 1000) for _ in range(height // 1000)) + squeeze.flush()
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(name: bytes, said: bytes) -> bytes:
    return struct.pack(">I", len(said)) + name + said + struct.pack(">I", zlib.crc32(name + said))
