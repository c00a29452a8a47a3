"""Where the data of a language stand. Apart from the engine, so that who only asks need not load the models."""

from __future__ import annotations

from pathlib import Path


def language_folder(language: str) -> Path:
    """Where the data of a language stand, if there are any: of "en-gb" the folder "en" serves."""
    return Path(__file__).parent / language.partition("-")[0]


def language_data(language: str, name: str) -> Path:
    """A file or folder of a language's data.

    Args:
        language: its code; of "en-gb" the folder "en" serves.
        name: as it is called there: "grammar.toml".

    Raises:
        LookupError: the language has none.
    """
    path = language_folder(language) / name
    if not path.exists():
        raise LookupError(f"There is no {name} for the language {language!r}.")
    return path


def folder_of(language: str) -> Path:
    """The folder of a language that can be screened.

    Args:
        language: its code; of "en-gb" the folder "en" serves.

    Raises:
        LookupError: there is none that a reader could read with.
    """
    folder = language_folder(language)
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
