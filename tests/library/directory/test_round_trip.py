"""What is given out and brought in again is the same: as lines, as a list, as tables, in a folder and in a zip."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from leeward.library.directory.bringing_in import bring_in
from leeward.library.directory.giving_out import trees
from leeward.library.directory.hsds import CORE, TABLES
from leeward.library.directory.models import LooseRow, Service, Source
from leeward.library.directory.reading.found import Origin, Read
from leeward.library.directory.reading.reader import read
from leeward.library.directory.tables import Table
from leeward.library.directory.telling import chunks_of
from tests.left_out import needs_files_of_others
from tests.library.directory.invented import brought, emptied, kept, location, organization, plain, service, source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_follows")]

OFFICIAL = Path(os.environ.get("LEEWARD_HSDS", Path(settings.BASE_DIR).parent / "shared" / "data" / "hsds"))
FORMS = ("all.jsonl", "all.json", "all.zip", "all/")


def exported(form: str, folder: Path, *more: str) -> Path:
    call_command("export_services", f"{folder}/{form}", *more, quiet=True)
    return folder / form


def imported(path: Path, *more: str) -> str:
    out = io.StringIO()
    call_command("import_services", str(path), *more, source="county", quiet=True, stdout=out, stderr=out)
    return out.getvalue()


def everything() -> dict[str, Any]:
    told: dict[str, Any] = {f"{kind} {tree['id']}": tree for kind, tree in trees()}
    told["loose"] = sorted(json.dumps([row.table, row.data], sort_keys=True) for row in LooseRow.objects.all())
    return told


@pytest.mark.parametrize("form", FORMS)
def test_all_that_is_given_out_is_brought_in_again_to_the_letter(form: str, tmp_path: Path) -> None:
    brought(
        service(
            x_text="ours", x_rooms=[{"n": None}], x_empty="", x_number=7, url=None, minimum_age="ten", licenses="",
            description="=1+1\r\nand “quotes”, ; | \t and\rthis ", name=" @lamp ", phones=[],
            contacts=[
                {"id": "c1", "name": "-1", "phones": [{"id": "p1", "number": "+44", "service_id": "s1"}]},
                {"id": "c2", "phones": [{"id": "p1", "number": "+45", "extension": 1.0}, {"number": "no id"}]},
            ],
            capacities=[
                {"id": "k1", "available": 1, "updated": "2026-01-01T00:00:00Z", "unit": {"id": "u1", "name": "bed"}},
                {"id": "k2", "available": 1, "updated": "2026-01-01T00:00:00Z", "unit": {"id": "u1", "name": "cot"}},
            ],
            metadata=[{"id": "m1", "resource_type": "elsewhere", "previous_value": "x"}],
        ),
        plain("s2", organization=organization(id="o2", locations=[{"id": "l7"}, location(id="l8")])),
        Read("organization", {"id": "o3", "name": "Alone", "description": ""[:0] or "None."}, Origin("x", 3)),
        Read("location", location(id="l9", organization_id="o3", name=None), Origin("x", 4)),
        Read("taxonomy", {"id": "x9", "name": "unused", "description": "No term."}, Origin("x", 5)),
        Read("program", {"id": "g9", "name": "Unused", "description": "No service."}, Origin("x", 6)),
        Read("loose:phone", {"id": "p9", "number": "=SUM(1)", "location_id": "nowhere"}, Origin("x", 7)),
    )  # fmt: skip
    Service.objects.filter(id="s2").update(edits={"name": {"is": "Ours", "was": "Service s2"}})
    before = everything()
    assert before["service s2"]["name"] == "Ours"
    path = exported(form, tmp_path)
    emptied()
    imported(path)
    assert everything() == before


def test_what_was_brought_in_from_an_export_is_the_same_when_it_comes_again(tmp_path: Path) -> None:
    brought(service(), plain("s2", organization=organization()))
    before = kept()
    for form in FORMS:
        path = exported(form, tmp_path)
        outcome = bring_in(source(), chunks_of(read(path)))
        assert {what for counts in outcome.counted().values() for what in counts} == {"same"}, form
        assert kept() == before


def test_retired_records_are_left_out_unless_they_are_asked_for(tmp_path: Path) -> None:
    brought(service(), plain("s2"))
    brought(plain("s2"))
    for form, told in (("a.jsonl", []), ("b.jsonl", ["--with-retired"])):
        lines = [json.loads(line) for line in exported(form, tmp_path, *told).read_text().splitlines()]
        assert {tree["id"] for tree in lines} == ({"s1", "s2"} if told else {"s2"})


def test_a_package_names_what_it_holds_and_cells_are_exact(tmp_path: Path) -> None:
    Source.objects.create(key="county", name="County directory", licence="CC BY 4.0")
    brought(service(name="=cmd|' /C calc'!A0", x_kind="ours"))
    folder = exported("all/", tmp_path)
    package = json.loads((folder / "datapackage.json").read_text())
    assert {one["path"] for one in package["resources"]} == {path.name for path in folder.glob("*.csv")}
    assert package["licenses"] == [{"title": "CC BY 4.0"}]
    for one in package["resources"]:
        with (folder / one["path"]).open(newline="") as file:
            assert next(csv.reader(file)) == [field["name"] for field in one["schema"]["fields"]]
    with (folder / "services.csv").open(newline="") as file:
        row = next(csv.DictReader(file))
    assert (row["name"], row["organization_id"], row["x_kind"]) == ("=cmd|' /C calc'!A0", "o1", "ours")


def test_an_export_goes_to_no_folder_that_holds_something_and_to_no_unknown_form(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    for to in (f"{tmp_path}/", f"{tmp_path}/all.xlsx", f"{tmp_path}/none/all.jsonl"):
        with pytest.raises(CommandError):
            call_command("export_services", to, quiet=True)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


# -- Whatever the trees are -----------------------------------------------------------------------------------------

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=0, max_size=12)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.floats(-1e6, 1e6, width=32) | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "number": st.integers(-999, 999) | st.floats(-99, 99, width=16),
    "string": TEXT,
}


def _id(row: Any) -> str:
    return str(row["id"])


@st.composite
def records(draw: st.DrawFn, table: Table, depth: int = 0) -> dict[str, Any]:
    """A record of a table: what is required of it, and some of what may be there; ids come from few, so they meet."""
    tree: dict[str, Any] = {"id": draw(st.sampled_from(["a", "b", "c"]))}
    for name, field in table.fields.items():
        if field.required and name != "id":
            tree[name] = field.enum[0] if field.enum else 1 if field.type == "number" else f"{table.name} {tree['id']}"
        elif not field.required and not name.endswith("_id") and draw(st.integers(0, 9)) == 0:
            tree[name] = draw(VALUES[field.type] | st.none())
    if depth < 4:
        for name, child in {**table.children, **table.inner}.items():
            if draw(st.integers(0, 6)) == 0:
                one = records(TABLES[child], depth + 1)
                tree[name] = draw(one if name in table.inner else st.lists(one, max_size=2))
        for name, to in table.references.items():
            if draw(st.integers(0, 2)) == 0 and name != "services":
                one = records(CORE[to.to], depth + 1)
                tree[name] = draw(st.lists(one, max_size=2, unique_by=_id) if to.many else one)
    if draw(st.integers(0, 4)) == 0:
        tree[draw(st.sampled_from(["x_a", "x_b"]))] = draw(ANYTHING)
    return tree


@how(max_examples=20, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(("service", "organization", "location")).flatmap(
    lambda kind: st.tuples(st.just(kind), records(CORE[kind]))), min_size=1, max_size=3))  # fmt: skip
def test_whatever_is_brought_in_is_the_same_after_any_journey(tmp_path_factory, told) -> None:
    emptied()
    brought(*(Read(kind, tree, Origin("x", line)) for line, (kind, tree) in enumerate(told, start=1)))
    before, folder = everything(), tmp_path_factory.mktemp("export")
    for form in ("all.jsonl", "all/"):
        path = exported(form, folder)
        emptied()
        imported(path)
        assert everything() == before, form


# -- The official examples ------------------------------------------------------------------------------------------

official = needs_files_of_others(OFFICIAL / "examples" / "service_full.json", "LEEWARD_HSDS")


@official
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "name", ["service_full.json", "organization_full.json", "service_at_location_full.json", "csv"]
)
def test_the_official_examples_come_back_as_they_were(name: str, form: str, tmp_path: Path) -> None:
    assert "Refused" not in imported(OFFICIAL / "examples" / name)
    before = everything()
    assert len(before) > 1
    path = exported(form, tmp_path)
    emptied()
    assert "Refused" not in imported(path)
    assert everything() == before


@official
def test_the_official_service_is_given_out_as_it_stands_in_the_example() -> None:
    example = json.loads((OFFICIAL / "examples" / "service_full.json").read_text())
    brought(example)
    assert dict(trees())["service"] == example


@official
def test_our_tables_are_those_of_the_official_schemas() -> None:
    for path in sorted((OFFICIAL / "schema").glob("*.json")):
        schema, table = json.loads(path.read_text()), TABLES.get(path.stem)
        if path.stem == "openapi":
            continue
        assert table is not None
        assert table.file == schema["path"]
        assert set(table.required) == set(schema["required"])
        for name, told in schema["properties"].items():
            if told.get("type") in {"string", "number"}:
                field = table.fields[name]
                assert (field.type, list(field.enum)) == (told["type"], told.get("enum", []))
                form = told.get("format") or {"datetime": "date-time"}.get(told.get("datapackage_type"))
                assert field.format == (form or told.get("datapackage_type", ""))
            else:
                to = (told.get("items") or told)["$ref"].removesuffix(".json")
                assert to in {
                    table.children.get(name),
                    *([table.references[name].to] if name in table.references else []),
                }
