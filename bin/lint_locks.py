"""Refuse locks that name a host or miss a hash: they install from whatever index the reader uses, and nothing else."""

from __future__ import annotations

import re
import sys
from pathlib import Path

LOCKS = ("run.txt", "develop.txt")
REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements"


def pins_in(path: Path) -> dict[str, str]:
    """Names and versions of a lock."""
    return dict(re.findall(r"^([\w.\-]+(?:\[[\w,\-]+\])?)==(\S+)", path.read_text(), flags=re.MULTILINE))


def faults_in(path: Path) -> list[str]:
    """What is wrong with one lock."""
    text = path.read_text()
    faults = [
        f"{path.name}: names a host: {line.strip()}" for line in text.splitlines() if "://" in line or "--index" in line
    ]
    pins = re.split(r"^(?=[\w.\-\[\]]+==)", text, flags=re.MULTILINE)
    faults += [
        f"{path.name}: no hash for {pin.split()[0]}" for pin in pins if "==" in pin and "--hash=sha256:" not in pin
    ]
    return faults


def main() -> int:
    """Read both locks; exit status 1 if there is a fault."""
    faults = [fault for name in LOCKS for fault in faults_in(REQUIREMENTS / name)]
    run, develop = (pins_in(REQUIREMENTS / name) for name in LOCKS)
    faults += [
        f"develop.txt: {name} is {develop.get(name)}, but {pin} in run.txt"
        for name, pin in run.items()
        if develop.get(name) != pin
    ]
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
