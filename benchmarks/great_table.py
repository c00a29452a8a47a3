"""The figures of the great story as tables."""

from __future__ import annotations

from typing import Any

from benchmarks.tables import table

TARGETS = {
    "first page": (1.5, 2.5),
    "middle page": (1.5, 2.5),
    "last page": (1.5, 2.5),
    "home": (3.0, 3.0),
    "reaction": (1.0, 1.0),
    "answer": (4.0, 4.0),
}
"""Milliseconds that were asked for, on SQLite and on PostgreSQL."""


def printed(found: dict[str, Any]) -> str:
    """All figures, as Markdown."""
    return "\n\n".join([_costs(found), _speeds(found), _others(found)])


def _costs(found: dict[str, Any]) -> str:
    head = ["CPU ms a request"]
    for name in found:
        head += [name, "of it database"]
    rows = []
    for work in next(iter(found.values()))["cpu_ms"]:
        row = [work + _target(work)]
        for place in found.values():
            cost = place["cpu_ms"].get(work)
            row += [f"{cost['all']:.2f}", f"{cost['database']:.2f}"] if cost else ["", ""]
        rows.append(row)
    return table(head, rows)


def _target(work: str) -> str:
    wanted = TARGETS.get(work.partition(" of ")[0])
    return "" if wanted is None or "gzip" in work else f" ({wanted[0]:g} / {wanted[1]:g})"


def _speeds(found: dict[str, Any]) -> str:
    works = next(iter(found.values()))["a_second"]
    rows = [[work, *(f"{place['a_second'][work]:.0f}" for place in found.values())] for work in works]
    return table(["requests a second", *found], rows)


def _others(found: dict[str, Any]) -> str:
    rows = [
        ["counting to 100,000, CPU ms", *(f"{place['counting_ms']['median']:.2f}" for place in found.values())],
        ["web workers, MiB, warm", *(str(place["workers_mib"]["idle"]) for place in found.values())],
        ["web workers, MiB, at the end", *(str(place["workers_mib"]["after"]) for place in found.values())],
        ["reactions that must be there", *(f"{place['reactions']['expected']:,}" for place in found.values())],
        ["reactions in rows", *(f"{place['reactions']['rows']:,}" for place in found.values())],
        ["reactions as said", *(_if_said(place["reactions"].get("said")) for place in found.values())],
        ["answers sent", *(f"{place['answers']['sent']:,}" for place in found.values())],
        ["answers in rows", *(f"{place['answers']['rows']:,}" for place in found.values())],
        ["of them shown", *(f"{place['answers']['shown']:,}" for place in found.values())],
    ]
    works = [work for work in next(iter(found.values()))["bytes"] if "page" in work or work == "home"]
    rows += [[f"bytes, {work}", *(_if_said(place["bytes"].get(work)) for place in found.values())] for work in works]
    return table(["what", *found], rows)


def _if_said(many: int | None) -> str:
    return "" if many is None else f"{many:,}"
