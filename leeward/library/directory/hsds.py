"""The tables of HSDS 3.0 as data, with what 3.1 added: fields, children, references. Unknown fields are never an error.

Written after the reference pages of the Human Services Data Specification, https://docs.openreferral.org/en/3.0/ and
…/en/3.1/. Two ways of telling the same are known here:

- as trees (JSON): a service holds its organization, its phones, its schedules;
- as tables (a tabular data package): a row names what it belongs to (`service_id`), and what it points at.

How a record is kept (`models.Record.data`): its own fields, its children whole, and where another core record stood
its id. `{"organization": {"id": "A", …}}`, `{"organization_id": "A"}` and both together become `{"organization": "A"}`.
A service keeps `"service_at_locations": ["ID", …]`, an organization `"locations"` and `"programs"` in the same way, if
it was told so; what only names it from the other side (`location.organization_id`) is found by asking.
"""

from __future__ import annotations

from collections.abc import Mapping

from leeward.library.directory.tables import CORE_ORDER, Field, Reference, Table

MORE = "leeward_more"
"""The column of our own in tables: a JSON object with what plain cells cannot tell exactly (a null, an empty text, a
number kept as text, a nested extension). Whoever reads a row, in this order: parses the columns; takes out the columns
that say where a child stands (`Table.parents`, `link_id`, `resource_id`, `unit_id`; `link_entity` and `resource_type`
stay); puts its own children in; drops the fields in `"unset"`; takes over the fields in `"set"`. Rows of core tables
keep all their columns, and never stand within other core records. A child may stand in several places: then it has a
row for each, with the same id."""


_ENUMS = {
    "place": ("physical", "postal", "virtual"),
    "status": ("active", "inactive", "defunct", "temporarily closed"),
    "weekday": ("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
    "frequency": ("WEEKLY", "MONTHLY"),
}
_ANY = ("attributes", "metadata")
_CHILDREN = {
    "phones": "phone",
    "contacts": "contact",
    "schedules": "schedule",
    "languages": "language",
    "addresses": "address",
    "accessibility": "accessibility",
    "service_areas": "service_area",
    "funding": "funding",
    "cost_options": "cost_option",
    "required_documents": "required_document",
    "organization_identifiers": "organization_identifier",
    "attributes": "attribute",
    "metadata": "metadata",
    "additional_urls": "url",
    "additional_websites": "url",
    "capacities": "service_capacity",
}


def _field(word: str) -> Field:
    """Read one word of the table below: `name`, `name!` (required), `name:uri`, `name:number`, `name:=status`."""
    name, _, form = word.partition(":")
    kind, enum = ("number", ()) if form == "number" else ("string", _ENUMS[form[1:]] if form[:1] == "=" else ())
    plain = form if form != "number" and not enum else ""
    return Field(name.rstrip("!"), kind, plain, enum, name.endswith("!"))


def _table(
    name: str,
    file: str,
    fields: str,
    holds: str = "",
    within: str = "",
    *,
    inner: Mapping[str, str] | None = None,
    references: Mapping[str, Reference] | None = None,
) -> Table:
    known = {one.name: one for one in map(_field, fields.split())}
    children = {child: _CHILDREN[child] for child in (*holds.split(), *_ANY) if child not in {name, f"{name}s"}}
    if name == "metadata":
        children = {}
    elif name in {"attribute", "taxonomy", "taxonomy_term"}:
        children.pop("attributes", None)
    parents = {f"{parent}_id": parent for parent in within.split()}
    return Table(name, file, known, children, inner or {}, references or {}, parents)


_ALL = [
    _table(
        "organization",
        "organizations.csv",
        "id!:uuid name! alternate_name description! email:email website:uri tax_status tax_id year_incorporated:number"
        " legal_status logo uri:uri parent_organization_id:uuid",
        "funding contacts phones organization_identifiers additional_websites",
        references={
            "locations": Reference("location", "organization_id", many=True, here=False),
            "programs": Reference("program", "organization_id", many=True, here=False),
            "services": Reference("service", "organization_id", many=True, here=False),
        },
    ),
    _table("program", "programs.csv", "id!:uuid organization_id:uuid name! alternate_name description!"),
    _table(
        "service",
        "services.csv",
        "id!:uuid organization_id:uuid program_id:uuid name! alternate_name description url:uri email:email"
        " status!:=status interpretation_services application_process fees_description wait_time fees accreditations"
        " eligibility_description minimum_age:number maximum_age:number assured_date:date assurer_email:email licenses"
        " alert last_modified:date-time",
        "phones schedules service_areas languages funding cost_options required_documents contacts additional_urls"
        " capacities",
        references={
            "service_at_locations": Reference("service_at_location", "service_id", many=True, here=False),
            "organization": Reference("organization", "organization_id"),
            "program": Reference("program", "program_id"),
        },
    ),
    _table(
        "attribute",
        "attributes.csv",
        "id!:uuid link_id:uuid taxonomy_term_id:uuid link_type link_entity value label",
        references={"taxonomy_term": Reference("taxonomy_term", "taxonomy_term_id")},
    ),
    _table(
        "service_at_location",
        "service_at_location.csv",
        "id!:uuid service_id:uuid location_id:uuid description",
        "contacts phones schedules service_areas",
        references={
            "location": Reference("location", "location_id"),
            "service": Reference("service", "service_id"),
        },
    ),
    _table(
        "location",
        "locations.csv",
        "id!:uuid location_type!:=place url:uri organization_id:uuid name alternate_name description transportation"
        " latitude:number longitude:number external_identifier external_identifier_type",
        "languages addresses contacts accessibility phones schedules",
    ),
    _table(
        "phone",
        "phones.csv",
        "id!:uuid location_id:uuid service_id:uuid organization_id:uuid contact_id:uuid service_at_location_id:uuid"
        " number! extension:number type description",
        "languages",
        "location service organization contact service_at_location",
    ),
    _table(
        "contact",
        "contacts.csv",
        "id!:uuid organization_id:uuid service_id:uuid service_at_location_id:uuid location_id:uuid name title"
        " department email:email",
        "phones",
        "organization service service_at_location location",
    ),
    _table(
        "address",
        "addresses.csv",
        "id!:uuid location_id:uuid attention address_1! address_2 city! region state_province! postal_code! country!"
        " address_type!:=place",
        within="location",
    ),
    _table(
        "schedule",
        "schedules.csv",
        "id!:uuid service_id:uuid location_id:uuid service_at_location_id:uuid valid_from:date valid_to:date"
        " dtstart:date timezone:number until:date count:number wkst:=weekday freq:=frequency interval:number byday"
        " byweekno bymonthday byyearday description opens_at:time closes_at:time schedule_link:uri attending_type"
        " notes",
        within="service location service_at_location",
    ),
    _table(
        "funding",
        "funding.csv",
        "id!:uuid organization_id:uuid service_id:uuid source",
        within="organization service",
    ),
    _table(
        "service_area",
        "service_areas.csv",
        "id!:uuid service_id:uuid service_at_location_id:uuid name description extent extent_type uri",
        within="service service_at_location",
    ),
    _table(
        "required_document",
        "required_documents.csv",
        "id!:uuid service_id:uuid document uri:uri",
        within="service",
    ),
    _table(
        "language",
        "languages.csv",
        "id!:uuid service_id:uuid location_id:uuid phone_id:uuid name code note",
        within="service location phone",
    ),
    _table(
        "accessibility",
        "accessibility.csv",
        "id!:uuid location_id:uuid description details url:uri",
        within="location",
    ),
    _table(
        "taxonomy_term",
        "taxonomy_terms.csv",
        "id!:uuid code name! description! parent_id:uuid taxonomy language taxonomy_id:uuid term_uri:uri",
        references={"taxonomy_detail": Reference("taxonomy", "taxonomy_id")},
    ),
    _table(
        "metadata",
        "metadata.csv",
        "id!:uuid resource_id:uuid resource_type last_action_date!:date last_action_type! field_name! previous_value!"
        " replacement_value! updated_by!",
    ),
    _table("meta_table_description", "meta_table_descriptions.csv", "id!:uuid name language character_set"),
    _table(
        "cost_option",
        "cost_options.csv",
        "id!:uuid service_id:uuid valid_from:date valid_to:date option currency amount:number amount_description",
        within="service",
    ),
    _table(
        "organization_identifier",
        "organization_identifiers.csv",
        "id!:uuid organization_id:uuid identifier_scheme identifier_type! identifier!",
        within="organization",
    ),
    _table("taxonomy", "taxonomies.csv", "id!:uuid name! description! uri:uri version"),
    _table("unit", "units.csv", "id!:uuid name! scheme identifier uri:uri"),
    _table(
        "service_capacity",
        "service_capacity.csv",
        "id!:uuid service_id:uuid unit_id:uuid available!:number maximum:number description updated!:date-time",
        within="service",
        inner={"unit": "unit"},
    ),
    _table(
        "url",
        "url.csv",
        "id!:uuid label url!:uri organization_id:uuid service_id:uuid",
        within="organization service",
    ),
]

LINKS = {"attribute": ("link_id", "link_entity"), "metadata": ("resource_id", "resource_type")}
"""Tables whose rows may belong to any other: the columns that say to which row, and of which table."""

TABLES: dict[str, Table] = {table.name: table for table in _ALL}
"""Every table by its name. An attribute's parent is in `link_entity` and `link_id`, metadata's in `resource_type` and
`resource_id`; all other tables name theirs in the columns `parents`. A capacity's unit is named by `unit_id`."""

CORE: dict[str, Table] = {name: TABLES[name] for name in CORE_ORDER}
"""The core tables, in the order in which they are written."""


def list_in(parent: str, child: str) -> str:
    """The field in which a record of one table lists rows of another; "" if there is none."""
    return next((name for name, table in TABLES[parent].children.items() if table == child), "")
