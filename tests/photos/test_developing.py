"""What becomes of a file: three sizes of pixels alone, or a word why not. Each in a child process, as in the place."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from leeward.photos.darkroom.developing import MOST_PIXELS
from leeward.photos.reasons import words_for
from tests.photos.making import SECRET, SRGB, bomb, developed, drawing, exif, opened, with_everything, written

KINDS = ["JPEG", "PNG", "WEBP", "HEIF"]
NAKED = {0xDB, 0xC0, 0xC2, 0xC4, 0xDA, 0xDD, 0xD8, 0xD9}
"""Segments that a JPEG needs to be shown (tables, frame, scan), besides APP0, which says JFIF and a density."""


def segments(jpeg: bytes) -> list[int]:
    """The segments of a JPEG up to its first scan, and those of later scans."""
    found, at = [], 2
    while at < len(jpeg):
        if jpeg[at] != 0xFF or jpeg[at + 1] in {0x00, *range(0xD0, 0xD8)}:
            at += 1
            continue
        found.append(jpeg[at + 1])
        if jpeg[at + 1] == 0xD9:
            assert at + 2 == len(jpeg), "something stands behind the end of the picture"
            break
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return found


def dark_corner(picture: Image.Image) -> str:
    """In which corner the dark field of the drawing is."""
    grey = picture.convert("L").resize((8, 8), Image.Resampling.BOX)
    corners = {"left above": (0, 0), "right above": (7, 0), "left below": (0, 7), "right below": (7, 7)}
    return min(
        corners, key=lambda name: grey.crop((*corners[name], corners[name][0] + 1, corners[name][1] + 1)).tobytes()
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_becomes_three_sizes(kind: str, tmp_path: Path) -> None:
    made = developed(written(drawing(2400, 1800), kind), tmp_path)
    assert [opened(size).size for size in made.sizes] == [(480, 360), (960, 720), (1920, 1440)]
    assert {opened(size).format for size in made.sizes} == {"JPEG"}
    assert (made.said["width"], made.said["height"], made.said["only_first"]) == (1920, 1440, False)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_a_camera_wrote_is_left(kind: str, tmp_path: Path) -> None:
    content = with_everything(kind)
    assert SECRET.encode() in content, "there is nothing to be stripped"
    assert {"icc_profile", "exif"} <= set(opened(content).info)
    for size in developed(content, tmp_path).sizes:
        for trace in (SECRET, "Kelmscott", "Exif", "adobe", "Photoshop", "ICC_PROFILE", "Maker", "8BIM", "PK\x03\x04"):
            assert trace.encode() not in size, trace
        assert set(segments(size)) <= NAKED | {0xE0}, "a segment that a picture does not need"
        assert segments(size).count(0xE0) == 1
        again = opened(size)
        assert not again.getexif()
        assert set(again.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}


def test_a_thumbnail_goes_with_the_rest(tmp_path: Path) -> None:
    small = written(drawing(160, 120), "JPEG", comment="of the thumbnail")
    said = exif()
    content = written(drawing(), "JPEG", exif=said.tobytes() + small)
    assert b"of the thumbnail" in content
    assert all(size.count(b"\xff\xd8\xff") == 1 for size in developed(content, tmp_path).sizes)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("orientation", "corner", "size"),
    [
        (1, "left above", (640, 480)),
        (2, "right above", (640, 480)),
        (3, "right below", (640, 480)),
        (4, "left below", (640, 480)),
        (5, "left above", (480, 640)),
        (6, "right above", (480, 640)),
        (7, "right below", (480, 640)),
        (8, "left below", (480, 640)),
        (77, "left above", (640, 480)),
    ],
)
def test_it_stands_upright_however_the_camera_was_held(
    kind: str, orientation: int, corner: str, size: tuple[int, int], tmp_path: Path
) -> None:
    large = opened(developed(written(drawing(), kind, exif=exif(orientation)), tmp_path).sizes[-1])
    assert (dark_corner(large), large.size) == (corner, size)


def test_a_small_photo_is_never_made_larger(tmp_path: Path) -> None:
    made = developed(written(drawing(700, 300), "PNG"), tmp_path)
    assert [opened(size).size for size in made.sizes] == [(480, 206), (700, 300), (700, 300)]


@pytest.mark.parametrize("mode", ["L", "CMYK", "YCbCr"])
def test_colours_of_every_sort_become_those_of_a_screen(mode: str, tmp_path: Path) -> None:
    large = opened(developed(written(drawing(mode=mode), "JPEG", quality=95), tmp_path).sizes[-1])
    assert large.mode == "RGB"
    _near(large.getpixel((320, 200)), drawing(mode=mode).convert("RGB").getpixel((320, 200)))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGBA"])
def test_png_of_every_sort_is_shown(mode: str, tmp_path: Path) -> None:
    picture = drawing(mode="RGB").convert("P").convert(mode) if mode == "PA" else drawing(mode=mode)
    large = opened(developed(written(picture if mode != "PA" else picture.convert("LA"), "PNG"), tmp_path).sizes[-1])
    assert large.mode == "RGB"
    assert dark_corner(large) == "left above"


def test_sixteen_bits_become_eight_and_keep_their_brightness(tmp_path: Path) -> None:
    deep = Image.new("I;16", (64, 64), 40_000)
    large = opened(developed(written(deep, "PNG"), tmp_path).sizes[-1])
    _near(large.getpixel((30, 30)), (156, 156, 156))


def test_what_is_transparent_lies_on_white(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (64, 64), (10, 20, 30, 0))
    _near(opened(developed(written(clear, "PNG"), tmp_path).sizes[-1]).getpixel((30, 30)), (255, 255, 255))
    palette = Image.new("P", (64, 64), 3)
    palette.putpalette([0, 0, 0] * 256)
    made = developed(written(palette, "PNG", transparency=3), tmp_path)
    _near(opened(made.sizes[-1]).getpixel((30, 30)), (255, 255, 255))


def test_a_wide_profile_is_turned_into_srgb_before_it_goes(tmp_path: Path) -> None:
    swapped = _swapped_profile()
    picture = Image.new("RGB", (64, 64), (250, 10, 10))
    plain = opened(developed(written(picture, "JPEG", quality=95), tmp_path).sizes[-1]).getpixel((30, 30))
    turned = opened(developed(written(picture, "JPEG", quality=95, icc_profile=swapped), tmp_path).sizes[-1])
    assert isinstance(plain, tuple)
    blue = turned.getpixel((30, 30))
    assert isinstance(blue, tuple)
    assert plain[0] > 200
    assert plain[2] < 100
    assert blue[2] > 200, "the profile says that the first channel is blue"
    assert blue[0] < 100


def test_a_broken_profile_breaks_no_photo(tmp_path: Path) -> None:
    assert developed(written(drawing(), "JPEG", icc_profile=SRGB[:200] + b"?" * 50), tmp_path).sizes


def test_broken_metadata_breaks_no_photo(tmp_path: Path) -> None:
    assert developed(written(drawing(), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff" + b"x" * 30), tmp_path).sizes


@pytest.mark.parametrize(("kind", "how"), [("WEBP", {}), ("PNG", {"default_image": False}), ("HEIF", {})])
def test_of_what_moves_the_first_picture_is_kept_and_it_is_said(
    kind: str, how: dict[str, bool], tmp_path: Path
) -> None:
    others = [drawing().transpose(Image.Transpose.ROTATE_180) for _ in range(2)]
    made = developed(written(drawing(), kind, save_all=True, append_images=others, **how), tmp_path)
    assert made.said["only_first"] is True
    assert dark_corner(opened(made.sizes[-1])) == "left above"


def _files() -> dict[str, tuple[bytes, str]]:
    whole = {kind: written(drawing(1600, 1200), kind) for kind in KINDS}
    cut = {f"{kind} cut in half": (content[: len(content) // 2], "broken") for kind, content in whole.items()}
    begun = {f"{kind} of 40 bytes": (content[:40], "broken") for kind, content in whole.items()}
    return (
        cut
        | begun
        | {
            "a bomb": (bomb(30_000, 30_000), "too_many_pixels"),
            "just too many pixels": (bomb(MOST_PIXELS // 7000 + 8, 7000), "too_many_pixels"),
            "one pixel": (written(Image.new("RGB", (1, 1)), "PNG"), "too_small"),
            "a line": (written(Image.new("RGB", (900, 3)), "PNG"), "too_small"),
            "a PDF": (written(drawing(), "PDF"), "other_kind"),
            "a GIF": (written(drawing(), "GIF"), "other_kind"),
            "a TIFF": (written(drawing(), "TIFF"), "other_kind"),
            "an AVIF": (written(drawing(), "AVIF"), "other_kind"),
            "a drawing in SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "other_kind"),
            "a page": (b"<!doctype html><script>alert(1)</script>", "other_kind"),
            "nothing": (b"", "other_kind"),
            "a page behind the sign of a JPEG": (b"\xff\xd8\xff<script>alert(1)</script>" * 9, "broken"),
            "zeros behind the sign of a PNG": (b"\x89PNG\r\n\x1a\n" + bytes(500), "broken"),
        }
    )


FILES = _files()


@pytest.mark.parametrize("name", FILES)
def test_what_cannot_be_shown_is_refused_with_a_word(name: str, tmp_path: Path) -> None:
    content, reason = FILES[name]
    made = developed(content, tmp_path)
    assert (made.said, made.sizes) == ({"refused": reason}, [])
    assert words_for(reason)


def test_a_bomb_is_small_as_a_file() -> None:
    assert len(FILES["a bomb"][0]) < 150_000


def test_a_photo_of_fifty_megapixels_is_prepared_within_its_memory(tmp_path: Path) -> None:
    made = developed(bomb(7100, 7000), tmp_path)
    assert opened(made.sizes[-1]).size == (1920, 1893)


def test_a_photo_with_a_page_inside_comes_out_without_it(tmp_path: Path) -> None:
    content = written(drawing(), "JPEG", comment="<script>alert(1)</script>") + b"<script>alert(2)</script>"
    assert all(b"script" not in size for size in developed(content, tmp_path).sizes)


def _swapped_profile() -> bytes:
    """sRGB with its first and last channel changed over: nobody can take one for the other."""
    profile = bytearray(SRGB)
    tags = {
        bytes(profile[at : at + 4]): at for at in range(132, 132 + 12 * int.from_bytes(profile[128:132], "big"), 12)
    }
    red, blue = tags[b"rXYZ"], tags[b"bXYZ"]
    profile[red + 4 : red + 12], profile[blue + 4 : blue + 12] = (
        profile[blue + 4 : blue + 12],
        profile[red + 4 : red + 12],
    )
    assert ImageCms.ImageCmsProfile(io.BytesIO(bytes(profile))).tobytes()
    return bytes(profile)


def _near(seen: object, wanted: object, by: int = 12) -> None:
    assert isinstance(seen, tuple)
    assert isinstance(wanted, tuple)
    assert all(abs(one - other) <= by for one, other in zip(seen, wanted, strict=True)), (seen, wanted)
