"""Set a book as a PDF: a program of its own, which reads what to set (JSON) and writes the PDF. Started by `press`.

It needs nothing of the place, can write no file, and finds none: what somebody wrote reaches typst as data alone.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

import typst

HERE = Path(__file__).resolve().parent
SECONDS = 20
"""Of the processor, at most."""
MEMORY = 3 * 1024**3
"""Address space, in bytes, at most; most of it is never touched."""


def main() -> None:
    """Set what comes by standard input, in the empty folder in which it was started."""
    layout, root = (HERE / "book.typ").read_bytes(), Path.cwd()
    fonts = typst.Fonts(font_paths=[HERE / "fonts"])
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform == "linux":  # elsewhere the address space cannot be bounded
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    told = {"book": sys.stdin.buffer.read().decode()}
    press = typst.Compiler(
        layout, root=root, font_paths=fonts, sys_inputs=told, package_path=root, package_cache_path=root
    )
    made = press.compile(format="pdf")
    assert isinstance(made, bytes)
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
