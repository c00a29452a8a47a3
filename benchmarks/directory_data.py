"""An invented directory of any size, the same each time: 100,000 services as a national directory might have them.

    python -m benchmarks.directory_data FILE.jsonl [--services 100000]

About 5 KB a service as a line of JSON: its organization and its locations stand within it, as HSDS has it. Nothing in
it is real: telephone numbers are from ranges kept for drama, addresses end in `.example`, and the places lie in an open
sea. The taxonomies are those of the village (leeward/village/services/README.md), so that the services can be found.
"""

from __future__ import annotations

import argparse
import json
import random
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tqdm import tqdm

SERVICES = 100_000
SEED = 2026

Tree = dict[str, Any]

_NEEDS: tuple[str, ...] = (
    "helpline", "counselling", "group", "befriending", "visit", "midwife", "hospital_clinic", "fertility_clinic",
    "genetics", "chaplain", "ceremony", "funeral", "memory", "photos", "legal", "money", "work", "information",
    "interpreter", "body", "course", "advocacy", "practical", "children", "crisis",
)  # fmt: skip
_AUDIENCES: tuple[str, ...] = (
    "partner", "grandparent", "siblings", "lgbtq", "no_living_children", "childless", "after_ending", "faith",
    "no_faith", "men", "women", "single", "young", "deaf", "learning_disability",
)  # fmt: skip
_JOURNEYS: tuple[str, ...] = (
    "kind:miscarriage", "kind:tfmr", "kind:stillbirth", "kind:neonatal", "kind:ectopic", "kind:molar",
    "children:none_living", "children:living", "tradition",
)  # fmt: skip
_LANGUAGES = (("en", "English"), ("pl", "Polish"), ("ur", "Urdu"), ("ar", "Arabic"), ("es", "Spanish"), ("cy", "Welsh"))
_FIRST: tuple[str, ...] = (
    "Grey", "Low", "High", "Far", "Lower", "Upper", "Long", "Still", "North", "South", "West", "East", "New", "Old",
    "Little", "Great", "Inner", "Outer",
)  # fmt: skip
_SECOND: tuple[str, ...] = (
    "Fetch", "Lamp", "Harbour", "Reach", "Sound", "Strand", "Haven", "Ness", "Holm", "Quay", "Bar", "Reef", "Wick",
    "Ford", "Bay", "Head", "Point", "Mere",
)  # fmt: skip
_KINDS: tuple[str, ...] = (
    "Trust", "Centre", "Circle", "House", "Society", "Hospital", "Association", "Network", "Clinic", "Fund", "Parish",
    "Group",
)  # fmt: skip
_WORDS: tuple[str, ...] = tuple(
    word
    for line in (
        "someone listens to you in a quiet room and nobody hurries you you can come alone or with whoever you like",
        "the first meeting is on a weekday evening and lasts an hour there is tea you need not speak",
        "you can bring a photograph or a name and you can leave when you want to",
        "we write nothing down unless you ask us to we ring back within two days",
    )
    for word in line.split()
)


def services(count: int = SERVICES, seed: int = SEED) -> Iterator[Tree]:
    """Whole trees of services.

    Args:
        count: how many.
        seed: another one makes another directory.
    """
    yield from (_service(number, count, seed) for number in range(count))


def _id(*words: object) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(["https://directory.example", *map(str, words)])))


def _chance(seed: int, *words: object) -> random.Random:
    return random.Random("/".join(map(str, (seed, *words))))  # the same wherever it is asked for


def _text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words)).capitalize() + "."


@cache
def _term(taxonomy: str, code: str) -> Tree:
    return {
        "id": _id("term", taxonomy, code),
        "code": code,
        "name": code.replace("_", " ").replace(":", ", ").capitalize(),
        "description": f"What is meant by {code} in this invented directory.",
        "taxonomy": taxonomy,
        "taxonomy_detail": {
            "id": _id("taxonomy", taxonomy),
            "name": taxonomy,
            "description": "An invented classification.",
            "version": "1",
        },
        "language": "en",
    }


def _attributes(chance: random.Random, entity: str, of: str) -> list[Tree]:
    drawn = [("leeward-need", chance.choice(_NEEDS))]
    drawn += [("leeward-audience", code) for code in chance.sample(_AUDIENCES, chance.choice((0, 0, 1, 2)))]
    drawn += [("leeward-journey", code) for code in chance.sample(_JOURNEYS, chance.choice((0, 1, 2)))]
    return [
        {"id": _id("attribute", of, *term), "link_entity": entity, "value": term[1], "taxonomy_term": _term(*term)}
        for term in drawn
    ]


def _phone(chance: random.Random, of: str) -> Tree:
    code, name = chance.choice(_LANGUAGES)
    return {
        "id": _id("phone", of),
        "number": f"+44 1632 960{chance.randrange(1000):03d}",
        "type": "voice",
        "description": _text(chance, 8),
        "languages": [{"id": _id("language", of), "name": name, "code": code}],
    }


def _schedule(chance: random.Random, of: str) -> Tree:
    opens = chance.choice((8, 9, 10, 17))
    return {
        "id": _id("schedule", of),
        "dtstart": "2024-04-01",
        "timezone": 0,
        "freq": "WEEKLY",
        "interval": 1,
        "wkst": "MO",
        "byday": chance.choice(("MO,TU,WE,TH,FR", "MO,WE", "TU,TH,SA", "SA,SU")),
        "opens_at": f"{opens:02d}:00Z",
        "closes_at": f"{opens + chance.choice((2, 4, 8)) % 15:02d}:00Z",
        "description": _text(chance, 7),
    }


def _organization(number: int, seed: int) -> Tree:
    chance = _chance(seed, "organization", number)
    one = _id("organization", number)
    name = f"{chance.choice(_FIRST)} {chance.choice(_SECOND)} {chance.choice(_KINDS)} {number}"
    return {
        "id": one,
        "name": name,
        "description": _text(chance, 60),
        "email": f"desk-{number}@directory.example",
        "website": f"https://organization-{number}.example/",
        "year_incorporated": chance.randrange(1890, 2025),
        "legal_status": "Charity",
        "phones": [_phone(chance, one)],
        "organization_identifiers": [
            {
                "id": _id("identifier", one),
                "identifier_scheme": "XL-CHC",
                "identifier_type": "Charity",
                "identifier": str(number),
            }
        ],
    }


def _location(number: int, seed: int) -> Tree:
    chance = _chance(seed, "location", number)
    one = _id("location", number)
    town = f"{chance.choice(_FIRST)} {chance.choice(_SECOND)}"
    return {
        "id": one,
        "location_type": "physical",
        "name": f"{town} House {number}",
        "description": _text(chance, 25),
        "transportation": _text(chance, 12),
        "latitude": round(56 + chance.random(), 5),
        "longitude": round(-13 + chance.random(), 5),
        "addresses": [
            {
                "id": _id("address", one),
                "address_1": f"{chance.randrange(1, 200)} {chance.choice(_SECOND)} Street",
                "city": town,
                "state_province": "Lantern Isles",
                "postal_code": f"XL{chance.randrange(1, 60)} {chance.randrange(1, 10)}AN",
                "country": "XL",
                "address_type": "physical",
            }
        ],
        "accessibility": [{"id": _id("accessibility", one), "description": "The way in is without steps."}],
        "phones": [_phone(chance, one)],
    }


def _service(number: int, count: int, seed: int) -> Tree:
    chance = _chance(seed, "service", number)
    one = _id("service", number)
    owner = chance.randrange(max(1, count // 4))
    need = chance.choice(_NEEDS).replace("_", " ")
    tree = {
        "id": one,
        "name": f"{need.capitalize()} at {chance.choice(_FIRST)} {chance.choice(_SECOND)} {number}",
        "description": _text(chance, 110),
        "url": f"https://organization-{owner}.example/services/{number}",
        "email": f"service-{number}@directory.example",
        "status": chance.choices(("active", "inactive", "defunct", "temporarily closed"), (95, 2, 2, 1))[0],
        "application_process": _text(chance, 15),
        "fees_description": "No charge.",
        "eligibility_description": _text(chance, 20),
        "assured_date": f"20{chance.randrange(22, 27)}-{chance.randrange(1, 11):02d}-{chance.randrange(1, 28):02d}",
        "assurer_email": "desk@directory.example",
        "last_modified": f"2026-{chance.randrange(1, 11):02d}-{chance.randrange(1, 28):02d}T09:30:00.000Z",
        "organization": _organization(owner, seed),
        "phones": [_phone(chance, one)],
        "languages": [
            {"id": _id("language", one, code), "name": name, "code": code}
            for code, name in chance.sample(_LANGUAGES, chance.choice((1, 1, 2, 3)))
        ],
        "service_areas": [{"id": _id("area", one), "name": "Lantern Isles", "extent_type": "text"}],
        "cost_options": [{"id": _id("cost", one), "option": "No charge", "amount": 0, "currency": "gbp"}],
        "contacts": [{"id": _id("contact", one), "name": "The desk", "department": "Reception"}],
        "attributes": _attributes(chance, "service", one),
    }
    given = [chance.randrange(max(1, count // 2)) for _ in range(chance.choice((0, 1, 1, 1, 2)))]
    tree["service_at_locations"] = [_given(chance, one, place, seed) for place in dict.fromkeys(given)]
    if not given:
        tree["schedules"] = [_schedule(chance, one)]
    return tree


def _given(chance: random.Random, service: str, place: int, seed: int) -> Tree:
    one = _id("given", service, place)
    return {"id": one, "schedules": [_schedule(chance, one)], "location": _location(place, seed)}


def write(path: Path, count: int = SERVICES, *, quiet: bool = False) -> Path:
    """Write a directory as lines of JSON, unless the file is there already.

    Args:
        path: where to; it appears when it is whole.
        count: how many services.
        quiet: show no progress.
    """
    if not path.exists():
        unfinished = path.with_name(path.name + ".part")
        with unfinished.open("w", encoding="utf-8") as lines:
            for tree in tqdm(services(count), total=count, unit=" services", disable=quiet):
                lines.write(json.dumps(tree, ensure_ascii=False, separators=(",", ":")) + "\n")
        unfinished.rename(path)
    return path


def main() -> None:
    """Write an invented directory."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("file", type=Path)
    asked.add_argument("--services", type=int, default=SERVICES)
    chosen = asked.parse_args()
    written = write(chosen.file, chosen.services)
    print(f"{written}: {written.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
