"""What it costs to prepare a photo: CPU, memory and bytes, for each kind of file, in the process that the place uses.

    python -m benchmarks.photos           12 and 48 megapixels, some minutes; --quick: 12 megapixels, once each
    python -m benchmarks.photos --json    the same as JSON

The pictures are drawn by chance (soft shapes with grain, harder to compress than most photos). Each figure is the
median of several runs of the real command, read from the system's account of that one process.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any

import pillow_heif
from PIL import Image

from benchmarks.machine import described
from leeward.photos.darkroom.developing import MEMORY

ROOT = Path(__file__).resolve().parent.parent
SIDES = {12: (4000, 3000), 48: (8000, 6000)}
KINDS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "JPEG": ("RGB", "JPEG", {"quality": 88}),
    "JPEG, progressive": ("RGB", "JPEG", {"quality": 88, "progressive": True}),
    "JPEG, CMYK": ("CMYK", "JPEG", {"quality": 88}),
    "PNG": ("RGB", "PNG", {"compress_level": 1}),
    "PNG, transparent": ("RGBA", "PNG", {"compress_level": 1}),
    "WebP": ("RGB", "WEBP", {"quality": 70, "method": 0}),
    "HEIC": ("RGB", "HEIF", {"quality": 50}),
}
WATCHED = """
import atexit, runpy, sys
from pathlib import Path
def say():
    lines = Path("/proc/self/status").read_text().splitlines()
    sys.stderr.write(next(line.split()[1] for line in lines if line.startswith("VmHWM")))
atexit.register(say)
runpy.run_module("leeward.photos.darkroom.developing", run_name="__main__")
"""
"""The real command, which says at its end what memory it had. The system's account of it begins before it is itself."""
COMMAND = [sys.executable, "-c", WATCHED]


def main() -> int:
    """Measure and print; 1 if any photo was not prepared."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.photos", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="12 megapixels only, once each")
    parser.add_argument("--json", action="store_true", help="print figures as JSON")
    options = parser.parse_args()
    pillow_heif.register_heif_opener()
    rows = []
    for megapixels in (12,) if options.quick else tuple(SIDES):
        picture = _drawn_by_chance(*SIDES[megapixels])
        for kind in KINDS:
            rows.append(_measure(kind, megapixels, picture, runs=1 if options.quick else 3))
            if not options.json:
                print(_line(rows[-1]), flush=True)
    if options.json:
        print(json.dumps({"machine": described(), "memory limit MiB": MEMORY >> 20, "photos": rows}, indent=1))
    return 0 if all(row["sizes KB"] for row in rows) else 1


def _drawn_by_chance(width: int, height: int) -> Image.Image:
    channels = []
    for _channel in range(3):
        shapes = Image.effect_noise((width // 40, height // 40), 80).resize((width, height), Image.Resampling.BICUBIC)
        grain = Image.effect_noise((width // 2, height // 2), 25).resize((width, height))
        channels.append(Image.blend(shapes, grain, 0.2))
    return Image.merge("RGB", channels)


def _measure(kind: str, megapixels: int, picture: Image.Image, *, runs: int) -> dict[str, Any]:
    mode, form, how = KINDS[kind]
    out = io.BytesIO()
    picture.convert(mode).save(out, form, **how)
    with tempfile.TemporaryFile() as source:
        source.write(out.getvalue())
        samples = [_run(source) for _ in range(runs)]
    return {
        "kind": kind,
        "megapixels": megapixels,
        "sent MB": round(len(out.getvalue()) / 1e6, 1),
        "CPU ms": round(statistics.median(cpu for cpu, _memory, _sizes in samples)),
        "peak MiB": round(statistics.median(memory for _cpu, memory, _sizes in samples)),
        "sizes KB": [round(size / 1000) for size in samples[0][2]],
    }


def _run(source: IO[bytes]) -> tuple[float, float, list[int]]:
    """CPU in milliseconds, the most memory at a time in MiB, and how long the sizes are."""
    source.seek(0)
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(COMMAND, stdin=source, stdout=out, stderr=subprocess.PIPE, env={}, cwd=ROOT)
        assert child.stderr is not None
        with child.stderr:
            memory = int(child.stderr.read() or 0)
        _pid, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = json.loads(out.readline() or b"{}")
    return (used.ru_utime + used.ru_stime) * 1000, memory / 1024, said.get("sizes", [])


def _line(row: dict[str, Any]) -> str:
    return " | ".join(str(value) for value in row.values())


if __name__ == "__main__":
    sys.exit(main())
