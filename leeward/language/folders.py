"""Where the data of a language stand. Apart from the engine, so that who only asks need not load the models."""

from __future__ import annotations

from pathlib import Path


def folder_of(language: str) -> Path:
    """The folder of a language's data.

    Args:
        language: its code; of "en-gb" the folder "en" serves.

    Raises:
        LookupError: there is none that a reader could read with.
    """
    folder = Path(__file__).parent / language.partition("-")[0]
    if not (folder / "thresholds.toml").exists():
        raise LookupError(f"There is no screening for the language {language!r}.")
    return folder


def has_screening(language: str) -> bool:
    """Whether texts of this language can be screened."""
    try:
        folder_of(language)
    except LookupError:
        return False
    return True
