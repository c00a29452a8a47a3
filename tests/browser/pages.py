"""All pages of the place, each as somebody sees it: for tests that look at every one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import render
from django.test import RequestFactory
from playwright.sync_api import Page

from leeward.audience.actions import set_shield
from leeward.audience.viewers import Viewer
from leeward.journeys.steps import STEPS
from leeward.library.directory.desk.editing import At, change, print_of
from leeward.library.directory.models import Service
from leeward.members.models import Member
from leeward.web.views import errors
from tests.browsing import Opens
from tests.promises.doors_table import DOORS, PEOPLE
from tests.promises.furnishing import NOTES, Furnished

Go = Callable[[Page], object]


@dataclass(frozen=True)
class Sight:
    """One page as one of the cast sees it: who, what it is called in a report, and how she gets there."""

    who: str
    name: str
    go: Go


def behind_doors(furnished: Furnished) -> Iterator[Sight]:
    """Every page of the table of doors: as a stranger and as the author see it, or else as the first who does."""
    for name, row in DOORS.items():
        if name in FOR_PROGRAMS:
            continue
        finders = [who for who in PEOPLE if row[who] in {"page", "confirm"}]
        for who in dict.fromkeys([*(who for who in finders if who in {"stranger", "author"}), *finders[:1]]):
            yield Sight(who, name, going(furnished.path(name)))


def with_faults(furnished: Furnished) -> Iterator[Sight]:
    """Every form as it comes back when something in it needs another look."""
    for who, name, fields in FAULTS:
        yield Sight(who, f"{name}, sent with a fault", _sending(furnished.path(name), fields))


def seldom_seen(furnished: Furnished) -> Iterator[Sight]:
    """Pages that stand behind no address of their own, or that show themselves only to some."""
    write, keep = furnished.path("stories:write"), "Keep"
    yield from (Sight("other_member", f"step {step.slug}", going(f"/journey/step/{step.slug}/")) for step in STEPS)
    yield Sight("same_ring", "a first home", going("/"))
    yield Sight("same_ring", "a first text that waits", lambda page: _open_link(page, "/stories/mine/", "A first text"))
    yield Sight("stranger", "a story for everyone", lambda page: _open_link(page, "/stories/", "For whoever reads"))
    yield from (Sight("stranger", name, _answered_with(name, page)) for name, page in _when_amiss().items())
    yield Sight("author", "the bell with news", going("/bell/"))
    yield Sight("other_member", "near a journey", going("/near/"))
    yield Sight("other_member", "near a story", going(f"/near/?to={furnished.parts['stories:read']['ref']}"))
    yield Sight("moderator", "near to who has told nothing", going("/near/"))
    yield Sight("other_member", "near by her own words", _looking("My waters broke and I feel so guilty"))
    yield Sight("other_member", "results", _searching("harbour IVF"))
    yield Sight("stranger", "no results", _searching("kestrelquarry"))
    yield Sight("stranger", "services found", _pressing(furnished.path("finding:services"), "Find"))
    yield Sight("host", "the hours of a service", going(f"{furnished.path('directory:desk_service')}edit/hours/"))
    yield Sight("host", "its telephone", going(f"{furnished.path('directory:desk_service')}edit/phones/"))
    yield Sight("host", "a service, changed meanwhile", _changed_meanwhile(furnished))
    yield Sight(
        "host", "a guide, looked at first", _pressing(furnished.path("guides:write"), "Show it as readers read")
    )
    yield Sight("other_member", "somebody's story", going(furnished.path("stories:read")))
    yield Sight("moderator", "a case that waits", lambda page: _open_link(page, "/moderation/", "first texts"))
    yield Sight("moderator", "texts under one story", _pressing(furnished.path("moderation:group"), "Open them"))
    yield Sight("author", "codes, made", _pressing("/me/codes/", "Make codes"))
    yield Sight("author", "nothing here", going("/nothing-of-this-name/"))
    yield Sight("author", "sent without its token", _sending(write, {}, keep, forgets=[settings.CSRF_COOKIE_NAME]))
    yield Sight("author", "changed in another tab", _writing_twice(write))
    yield Sight("other_member", "the pause before an answer", _answering(furnished, "Everything happens for a reason."))
    yield Sight("other_member", "help that is open now", _answering(furnished, "I want to die."))
    yield Sight("host", "closed, as she asked", _spared(furnished))
    yield Sight("author", "sent when signed out", _sending(write, {}, keep, forgets=[settings.SESSION_COOKIE_NAME]))


def by_person(sights: Iterator[Sight], furnished: Furnished, opens: Opens, **how: object) -> Iterator[tuple[Page, str]]:
    """Open each sight, one browser for each person; yields the page and what it is called."""
    ordered = sorted(sights, key=lambda sight: PEOPLE.index(sight.who))
    for who, seen in groupby(ordered, key=lambda sight: sight.who):
        member: Member | None = getattr(furnished.cast, who, None)
        page = opens(member, **how)
        for sight in seen:
            sight.go(page)
            yield page, f"{sight.name} as {who}"


FOR_PROGRAMS = {
    "photos:show",
    "web:robots",
    "hsds:root",
    "hsds:api",
    "hsds:export",
    "hsds:package",
    "library:offline",
    "moderation:assessment_text",
    "moderation:published_csv",
    "moderation:transparency_csv",
}
"""Doors with plain text behind them, which nobody reads in a browser, or only as a file."""

FAULTS: list[tuple[str, str, dict[str, str]]] = [
    ("stranger", "directory:no_longer_so", {}),
    ("host", "directory:edit", {"name": ""}),
    ("host", "directory:edit_at", {"latitude": "200"}),
    ("host", "directory:check", {"name": ""}),
    ("host", "directory:begin", {}),
    ("host", "directory:add_place", {}),
    ("host", "directory:show_or_not", {}),
    ("host", "guides:new", {}),
    ("host", "guides:write", {"text": "::: stps"}),
    ("host", "guides:step", {"words": ""}),
    ("host", "guides:confirm_rules", {}),
    ("stranger", "members:join", {}),
    ("stranger", "members:sign_in", {"name": "Nobody", "passphrase": "three words wrong"}),
    ("stranger", "members:recover", {}),
    ("author", "members:confirm", {"passphrase": "three words wrong"}),
    ("author", "members:name", {"name": ""}),
    ("author", "members:passphrase", {"passphrase": "short"}),
    ("author", "members:leave_now", {}),
    ("author", "members:email", {"email": "no address"}),
    ("author", "audience:blocks", {"name": "Nobody of this name"}),
    ("author", "audience:chosen", {"name": "Nobody of this name"}),
    ("stranger", "finding:services", {"place": "Atlantis"}),
    ("author", "journeys:loss_add", {"day": "31", "days": "3"}),
    ("author", "journeys:changed", {}),
    ("same_ring", "journeys:welcome", {}),
    ("author", "stories:tell", {}),
    ("author", "stories:change_answer", {"text": ""}),
    ("other_member", "stories:read", {"text": ""}),
    ("same_ring", "circles:found", {}),
    ("other_member", "circles:lights", {}),
    ("other_member", "circles:meeting", {"text": ""}),
    ("author", "moderation:phrases", {"own": "a"}),
    ("moderator", "moderation:case", {}),
    ("moderator", "moderation:desk", {"daily_cap": "3"}),
    ("moderator", "moderation:notes", {}),
    ("moderator", "moderation:raise_concern", {"about": "Nobody of this name"}),
    ("host", "library:confirm", {}),
    ("host", "web:opening", {}),
    ("host", "moderation:change_rules", {"why": ""}),
    ("host", "moderation:disclosures", {}),
    ("host", "moderation:write", {"text": ""}),
]
"""Forms, and what is wrong in them: who sends, the door, and what she fills in."""


def sights_of(furnished: Furnished) -> Iterator[Sight]:
    """All of them. The last of the author's leaves her signed out."""
    yield from behind_doors(furnished)
    yield from with_faults(furnished)
    yield from seldom_seen(furnished)


def going(address: str) -> Go:
    """How one gets to an address."""
    return lambda page: page.goto(address)


def _sending(address: str, fields: dict[str, str], button: str = "", forgets: list[str] | None = None) -> Go:
    def go(page: Page) -> None:
        page.goto(address)
        form = page.locator("main form[novalidate]").last
        for name, value in fields.items():
            form.locator(f"[name={name}]").fill(value)
        for cookie in forgets or []:
            page.context.clear_cookies(name=cookie)
        with page.expect_navigation():
            form.locator("button[type=submit]", has_text=button).first.click()
        if not forgets:
            page.locator("#error-summary").wait_for()

    return go


def _answering(furnished: Furnished, words: str) -> Go:
    def go(page: Page) -> None:
        page.goto(furnished.path("stories:read"))
        form = page.locator("main form", has=page.get_by_label("Your answer")).last  # each part has its own
        form.get_by_label("Your answer").fill(words)
        with page.expect_navigation():
            form.get_by_role("button", name="Answer", exact=True).click()

    return go


def _pressing(address: str, button: str) -> Go:
    def go(page: Page) -> None:
        page.goto(address)
        with page.expect_navigation():
            page.get_by_role("button", name=button).click()

    return go


def _looking(words: str) -> Go:
    def go(page: Page) -> None:
        page.goto("/near/")
        page.locator("summary", has_text="In your own words").click()
        page.get_by_label("In your own words", exact=True).fill(words)
        page.get_by_role("button", name="Look again").click()
        page.get_by_role("group", name="You seem to say").wait_for()

    return go


def _searching(words: str) -> Go:
    def go(page: Page) -> None:
        page.goto("/search/")
        page.get_by_role("searchbox").fill(words)
        page.get_by_role("searchbox").press("Enter")
        page.locator(".card, .empty").first.wait_for()

    return go


def _open_link(page: Page, address: str, name: str) -> None:
    page.goto(address)
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()


def _writing_twice(address: str) -> Go:
    def go(page: Page) -> None:
        page.goto(address)
        with page.context.new_page() as second:
            second.goto(address)
            second.get_by_role("textbox", name="What you want to tell").fill("as written in the second tab")
            with second.expect_navigation():
                second.get_by_role("button", name="Keep").click()
        page.get_by_role("textbox", name="What you want to tell").fill("as written in the first tab")
        page.get_by_role("button", name="Keep").click()
        page.get_by_role("heading", name="Changed in another tab").wait_for()

    return go


def _changed_meanwhile(furnished: Furnished) -> Go:
    def go(page: Page) -> None:
        service = Service.objects.get(pk=furnished.parts["directory:edit"]["service_id"])
        seen = {"name": print_of(service.overlaid["name"])}
        page.goto(furnished.path("directory:edit"))
        change(At(service, "service", service.pk), {"name": "as another names it"}, seen=seen, by=furnished.cast.host)
        page.locator("[name=name]").fill("as she names it")
        with page.expect_navigation():
            page.get_by_role("button", name="Keep").click()
        page.get_by_text("has changed this meanwhile").wait_for()

    return go


def _spared(furnished: Furnished) -> Go:
    def go(page: Page) -> None:
        set_shield(furnished.cast.host, NOTES)
        page.goto(furnished.path("stories:read"))
        page.get_by_role("link", name="Open it").wait_for()

    return go


def _when_amiss() -> dict[str, bytes]:
    """The pages that show themselves only when something is amiss, as the server says them."""
    request = RequestFactory().get("/")
    request.user, request.viewer = AnonymousUser(), Viewer.stranger()  # type: ignore[attr-defined]  # as the middleware
    return {
        "not whole": errors.bad_request(request, Exception()).content,
        "not hers": errors.forbidden(request, Exception()).content,
        "broken": errors.server_error(request).content,
        "not open yet": render(request, "web/not_open.html").content,
    }


def _answered_with(name: str, said: bytes) -> Go:
    address = f"/{name.replace(' ', '-')}/"

    def go(page: Page) -> None:
        page.route(
            f"**{address}",
            lambda route: route.fulfill(body=said, content_type="text/html; charset=utf-8"),
        )
        page.goto(address)

    return go
