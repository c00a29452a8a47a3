"""The three sizes of a photo. Known to the process that prepares photos, which knows nothing else of the place."""

from __future__ import annotations

from enum import StrEnum


class Size(StrEnum):
    """A size of a photo, as it stands in addresses and file names."""

    SMALL = "small"
    MIDDLE = "middle"
    LARGE = "large"

    @property
    def longest(self) -> int:
        """How long its longer side is at most, in pixels."""
        return {Size.SMALL: 480, Size.MIDDLE: 960, Size.LARGE: 1920}[self]


def fit(width: int, height: int, longest: int) -> tuple[int, int]:
    """Width and height, made smaller in proportion until no side is longer than `longest`; never made larger."""
    if max(width, height) <= longest:
        return width, height
    ratio = longest / max(width, height)
    return max(1, round(width * ratio)), max(1, round(height * ratio))
