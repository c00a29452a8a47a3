"""What the docs say of settings and commands is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]


def test_every_setting_is_explained_and_nothing_else_is() -> None:
    code = (ROOT / "leeward" / "settings.py").read_text()
    read = set(re.findall(r'["\'](LEEWARD_[A-Z_]+|DATABASE_URL|PORT)["\']', code))
    explained = set(
        re.findall(r"`(LEEWARD_[A-Z_]+|DATABASE_URL|PORT)`", (ROOT / "docs/operate/settings.md").read_text())
    )
    assert explained == read


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text()):
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_that_is_named_exists(page: Path) -> None:
    named = set(re.findall(r"manage\.py ([a-z_]+)", page.read_text()))
    assert named <= set(get_commands())


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    named = {
        name for page in PAGES for name in re.findall(r"(?:`|^    |=\S+ )make ([a-z]+)", page.read_text(), re.MULTILINE)
    }
    assert named
    assert named <= targets


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) < 150
