"""Making the sizes of one photo, in a process of its own that may die of it.

`python -m leeward.photos.darkroom.developing` reads the original from its standard input and writes to its standard
output one line of JSON, then the sizes one after the other. It has no settings, no database and no secrets, and may
take so much memory and time and no more. Nothing that a camera or a program wrote into a photo is in what it writes:
the sizes are made of pixels alone.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import resource
import signal
import sys
import warnings
from pathlib import Path
from typing import IO, Any

from leeward.photos.kinds import Kind, kind_of
from leeward.photos.sizes import Size, fit

MOST_PIXELS = 50_500_000
"""Cameras that are said to have 50 megapixels give up to 50.4 million pixels."""
SHORTEST = 16
"""Shortest side that can be shown, in pixels."""
MEMORY = 1 << 30
"""Bytes of memory that it may ask for; the most that was seen is 0.8 of it (benchmarks/photos.py)."""
CPU_SECONDS = 30
WALL_SECONDS = 60
WRITTEN = 32 << 20
"""Bytes that it may write."""
QUALITY = 82
ORIENTATION = 0x0112
"""The tag of Exif that says how the camera was held."""
WHITE: dict[str, Any] = {"L": 255, "RGB": (255, 255, 255), "CMYK": (0, 0, 0, 0)}


class Refused(Exception):
    """It cannot be used; the first argument is a key of photos.reasons."""


def main() -> None:
    """Make the sizes of what comes in, or say why not. Dies of what takes too much."""
    _limit()
    with os.fdopen(0, "rb") as source, os.fdopen(1, "wb") as out:
        try:
            said, sizes = develop(source)
        except Refused as why:
            said, sizes = {"refused": why.args[0]}, []
        out.write(json.dumps(said).encode() + b"\n")
        out.writelines(sizes)


def _limit() -> None:
    """Bound what a hostile file can take of this machine. If memory is short everywhere, this process goes first."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN, WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core would hold the photo
    signal.alarm(WALL_SECONDS)  # also where the process that would stop it was killed itself
    os.nice(10)
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


def develop(source: IO[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """The sizes of a photo, smallest first, with what is to be known of them.

    Args:
        source: the original, at its beginning.

    Raises:
        Refused: it is no photo that can be shown.
        MemoryError: it takes more than it may.
    """
    kind = kind_of(source.read(32))
    if kind is None:
        raise Refused("other_kind")
    source.seek(0)
    from PIL import Image  # noqa: PLC0415  # after the limits

    warnings.simplefilter("ignore")  # of odd metadata, which goes anyway
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with _opened(source, kind) as photo:
            _refuse_by_measures(photo)
            only_first = kind is not Kind.JPEG and getattr(photo, "n_frames", 1) > 1
            large = _large(photo)
    except (Refused, MemoryError):
        raise
    except Image.DecompressionBombError as error:
        raise Refused("too_many_pixels") from error
    except Exception as error:  # decoders raise whatever they like at what somebody made up
        raise Refused("broken") from error
    pictures = [large.resize(fit(large.width, large.height, size.longest), Image.Resampling.LANCZOS) for size in Size]
    said = {"width": large.width, "height": large.height, "only_first": only_first}
    sizes = [_encoded(picture) for picture in pictures]
    return said | {"sizes": [len(size) for size in sizes]}, sizes


def _opened(source: IO[bytes], kind: Kind) -> Any:
    """The photo with its measures known and nothing decoded, by the one decoder for what it is."""
    from PIL import Image  # noqa: PLC0415  # after the limits

    if kind is Kind.HEIC:
        import pillow_heif  # noqa: PLC0415  # only where it is needed

        pillow_heif.options.DECODE_THREADS = 1
        pillow_heif.options.THUMBNAILS = pillow_heif.options.AUX_IMAGES = pillow_heif.options.DEPTH_IMAGES = False
        pillow_heif.register_heif_opener()
    return Image.open(source, formats=[kind.value])


def _refuse_by_measures(photo: Any) -> None:
    if photo.width * photo.height > MOST_PIXELS:
        raise Refused("too_many_pixels")
    if min(photo.size) < SHORTEST:
        raise Refused("too_small")


def _large(photo: Any) -> Any:
    """The largest size, upright, in sRGB, on white where it was transparent; pixels, and nothing else."""
    from PIL import Image  # noqa: PLC0415  # after the limits

    turned, profile = _turned(photo), photo.info.get("icc_profile")
    wanted = fit(photo.width, photo.height, Size.LARGE.longest)
    photo.draft(None, wanted)  # a JPEG is decoded smaller at once
    photo.load()
    plain = _on_white(_eight_bits(photo))
    small = plain if plain.size == wanted else plain.resize(wanted, Image.Resampling.LANCZOS, reducing_gap=3.0)
    upright = _in_srgb(small, profile)
    upright = upright.transpose(turned) if turned is not None else upright
    return Image.frombytes("RGB", upright.size, upright.tobytes())


def _turned(photo: Any) -> Any:
    """How the picture is to be turned to stand upright; None if it stands."""
    from PIL import Image  # noqa: PLC0415  # after the limits

    how = Image.Transpose
    ways = [how.FLIP_LEFT_RIGHT, how.ROTATE_180, how.FLIP_TOP_BOTTOM, how.TRANSPOSE]
    ways += [how.ROTATE_270, how.TRANSVERSE, how.ROTATE_90]
    try:
        said = photo.getexif().get(ORIENTATION, 1)
    except Exception:  # noqa: BLE001  # broken metadata breaks no photo
        return None
    return ways[said - 2] if said in range(2, 9) else None


def _eight_bits(photo: Any) -> Any:
    """The picture in L, LA, RGB, RGBA or CMYK, whatever it came in."""
    if photo.mode.startswith("I"):
        return photo.point(lambda value: value * (1 / 257), "F").convert("L")
    if photo.mode in {"L", "LA", "RGB", "RGBA", "CMYK"}:
        if "transparency" in photo.info:  # one colour that is meant to be transparent
            return photo.convert("RGBA")
        return photo
    if photo.mode == "1":
        return photo.convert("L")
    return photo.convert("RGBA" if photo.has_transparency_data else "RGB")


def _on_white(photo: Any) -> Any:
    """The picture without transparency: what lies under it on a page may be light or dark."""
    from PIL import Image  # noqa: PLC0415  # after the limits

    if photo.mode not in {"LA", "RGBA"}:
        return photo
    mode = photo.mode.removesuffix("A")
    ground = Image.new(mode, photo.size, WHITE[mode])
    ground.paste(photo.convert(mode), mask=photo.getchannel("A"))
    return ground


def _in_srgb(picture: Any, profile: bytes | None) -> Any:
    """The picture in the colours that every screen knows. A profile that cannot be read is passed over."""
    from PIL import ImageCms  # noqa: PLC0415  # after the limits

    if profile:
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            if turned is not None:
                return turned
    return picture.convert("RGB")


def _encoded(picture: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()


if __name__ == "__main__":
    main()
    sys.exit(0)
