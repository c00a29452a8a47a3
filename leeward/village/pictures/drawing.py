"""The drawings: soft shapes in the colours of the place, laid over each other. Each function gives one picture."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Point = tuple[float, float]

WALL, WALL_LOW = (214, 206, 184), (176, 166, 140)
DUSK, DUSK_LOW = (84, 102, 106), (222, 190, 138)
WOOD, WOOD_DARK, WOOD_LIGHT = (110, 76, 50), (70, 47, 33), (150, 108, 72)
RED, RED_DARK = (166, 60, 46), (122, 40, 34)
BLUE, BLUE_DARK = (58, 88, 122), (38, 60, 88)
CLOTH, CLOTH_DARK = (236, 231, 219), (190, 182, 166)
STONE, STONE_DARK = (132, 138, 128), (92, 100, 92)
MOSS, LAMP = (74, 96, 66), (248, 207, 116)


SCALE = 0.5
"""Shapes this soft are laid at half their size, which is four times as quick, and made large at the end."""


class Sheet:
    """A sheet on which soft shapes are laid one over the other."""

    def __init__(self, width: int, height: int, high: Colour, low: Colour) -> None:
        self.whole = (width, height)
        self.size = (round(width * SCALE), round(height * SCALE))
        ramp = Image.linear_gradient("L").resize(self.size)
        self.image = Image.composite(Image.new("RGB", self.size, low), Image.new("RGB", self.size, high), ramp)

    def area(self, points: Sequence[Point], colour: Colour, soft: float = 3, strength: int = 255) -> None:
        """A shape with these corners."""
        mask = Image.new("L", self.size, 0)
        ImageDraw.Draw(mask).polygon(_scaled(points), fill=strength)
        self._lay(mask, colour, soft)

    def round(self, middle: Point, reach: Point, colour: Colour, soft: float = 3, strength: int = 255) -> None:
        """An ellipse around a point, reaching so far to the side and up."""
        mask = Image.new("L", self.size, 0)
        (x, y), (wide, high) = middle, reach
        ImageDraw.Draw(mask).ellipse(_scaled([(x - wide, y - high), (x + wide, y + high)]), fill=strength)
        self._lay(mask, colour, soft)

    def line(self, points: Sequence[Point], colour: Colour, width: int, soft: float = 1.5, strength: int = 255) -> None:
        """A line through these points."""
        mask = Image.new("L", self.size, 0)
        ImageDraw.Draw(mask).line(_scaled(points), fill=strength, width=max(1, round(width * SCALE)), joint="curve")
        self._lay(mask, colour, soft)

    def done(self) -> Image.Image:
        """The picture in its whole size."""
        return self.image.resize(self.whole, Image.Resampling.LANCZOS)

    def _lay(self, mask: Image.Image, colour: Colour, soft: float) -> None:
        self.image.paste(colour, mask=mask.filter(ImageFilter.GaussianBlur(soft * SCALE)))


def _scaled(points: Sequence[Point]) -> list[Point]:
    return [(x * SCALE, y * SCALE) for x, y in points]


def hat() -> Image.Image:
    """A leaning stone with a red knitted hat that is too big."""
    sheet = Sheet(1500, 1200, (168, 180, 168), (196, 190, 160))
    for left, top, tone in ((-200, 620, (120, 138, 112)), (500, 560, (132, 150, 122)), (1000, 640, (112, 130, 104))):
        sheet.round((left + 500, top + 350), (500, 350), tone, 18)
    sheet.area([(0, 930), (1500, 880), (1500, 1200), (0, 1200)], MOSS, 10)
    for left, height in ((180, 210), (1150, 180), (1330, 150)):
        sheet.area(
            [(left, 950), (left + 25, 950 - height), (left + 105, 950 - height), (left + 130, 950)], STONE_DARK, 9
        )
    sheet.round((785, 955), (225, 55), (56, 72, 52), 16, 170)
    sheet.area([(610, 970), (590, 640), (650, 500), (790, 455), (900, 510), (930, 660), (905, 975)], STONE, 12)
    sheet.area([(830, 975), (860, 640), (840, 500), (900, 520), (930, 660), (905, 975)], STONE_DARK, 26, 150)
    sheet.area(
        [(560, 600), (590, 420), (680, 320), (800, 290), (905, 345), (965, 470), (985, 600), (900, 645), (700, 655)],
        RED,
        7,
    )
    sheet.area([(880, 640), (900, 420), (840, 300), (905, 345), (965, 470), (985, 600)], RED_DARK, 24, 150)
    for row in range(7):
        depth = 400 + row * 30
        bend = [
            (570 + 4 * abs(6 - row), depth + 60),
            (700, depth + 78),
            (850, depth + 70),
            (965 - 4 * abs(6 - row), depth + 36),
        ]
        sheet.line(bend, RED_DARK, 5, 3, 120)
    sheet.line([(556, 612), (700, 668), (880, 660), (990, 606)], (186, 78, 60), 44, 4)
    sheet.round((810, 287.5), (40, 37.5), (186, 78, 60), 8)
    return sheet.done()


def two_bags() -> Image.Image:
    """Two bags on top of a wardrobe."""
    sheet = _wardrobe()
    _bag(sheet, 330, BLUE, BLUE_DARK, striped=False)
    _bag(sheet, 830, CLOTH, CLOTH_DARK, striped=True)
    return sheet.done()


def one_bag() -> Image.Image:
    """The striped one alone; where the other stood, the wall is a little lighter."""
    sheet = _wardrobe()
    sheet.area([(340, 300), (700, 300), (710, 618), (330, 618)], (232, 225, 206), 46, 120)
    _bag(sheet, 830, CLOTH, CLOTH_DARK, striped=True)
    return sheet.done()


def _wardrobe() -> Sheet:
    sheet = Sheet(1500, 1125, WALL, WALL_LOW)
    sheet.area([(1180, 0), (1500, 0), (1500, 620)], (238, 226, 188), 60, 150)
    sheet.area([(150, 640), (1370, 640), (1370, 1125), (150, 1125)], WOOD, 4)
    sheet.area([(120, 605), (1400, 605), (1400, 665), (120, 665)], WOOD_LIGHT, 4)
    sheet.area([(150, 665), (1370, 665), (1370, 700), (150, 700)], WOOD_DARK, 16, 170)
    sheet.line([(760, 690), (760, 1125)], WOOD_DARK, 7)
    for left in (210, 820):
        sheet.line(
            [(left, 760), (left + 490, 760), (left + 490, 1125), (left, 1125), (left, 760)], WOOD_DARK, 6, 2, 150
        )
    for left in (700, 820):
        sheet.round((left, 904), (14, 14), LAMP, 3, 200)
    return sheet


def _bag(sheet: Sheet, left: float, colour: Colour, dark: Colour, *, striped: bool) -> None:
    sheet.round((left + 190, 607), (210, 33), (60, 44, 32), 16, 140)
    body = [(left + 20, 330), (left + 350, 310), (left + 385, 470), (left + 375, 615), (left, 615), (left - 8, 480)]
    sheet.line(
        [(left + 110, 335), (left + 120, 225), (left + 185, 190), (left + 245, 222), (left + 262, 325)], dark, 20, 3
    )
    sheet.area(body, colour, 5)
    if striped:
        for nth in range(5):
            x = left + 40 + nth * 70
            sheet.line([(x, 335), (x - 12, 480), (x - 6, 608)], (150, 96, 70), 18, 4, 190)
    sheet.area(
        [(left + 290, 315), (left + 350, 310), (left + 385, 470), (left + 375, 615), (left + 310, 615)], dark, 22, 150
    )
    sheet.line([(left + 22, 345), (left + 190, 362), (left + 350, 326)], dark, 9, 3, 170)


def harbour() -> Image.Image:
    """A harbour in the evening: two boats and a lamp."""
    sheet = Sheet(1600, 1100, DUSK, DUSK_LOW)
    sheet.area([(0, 560), (380, 470), (760, 545), (1180, 450), (1600, 540), (1600, 640), (0, 640)], (96, 112, 100), 14)
    sheet.area([(0, 620), (1600, 620), (1600, 1100), (0, 1100)], (104, 120, 120), 8)
    for nth in range(9):
        y = 660 + nth * 46
        sheet.line([(120 + nth * 37, y), (620 + nth * 20, y + 3)], (206, 184, 142), 5, 4, 110)
        sheet.line([(900 - nth * 18, y + 20), (1420 - nth * 9, y + 24)], (72, 90, 94), 6, 4, 120)
    sheet.area([(1180, 620), (1600, 585), (1600, 780), (1200, 700)], (86, 84, 74), 6)
    sheet.line([(1360, 610), (1360, 330)], (58, 58, 54), 10, 2)
    sheet.round((1360, 340), (120, 120), LAMP, 60, 110)
    sheet.round((1360, 328), (28, 28), (255, 232, 170), 6)
    sheet.line([(1358, 720), (1352, 960)], LAMP, 26, 18, 120)
    for left, top, length, colour in ((300, 740, 300, BLUE_DARK), (690, 690, 220, (122, 66, 50))):
        hull = [(left, top), (left + length, top - 8), (left + length - 45, top + 62), (left + 40, top + 62)]
        sheet.area(hull, colour, 4)
        sheet.line([(left + length * 0.45, top), (left + length * 0.45, top - length * 0.7)], (58, 52, 46), 7, 2)
        sheet.round((left + length / 2, top + 77), (length / 2 - 20, 19), (60, 76, 80), 14, 150)
    return sheet.done()


def walnut_box() -> Image.Image:
    """A small box of walnut on a bench, its lid beside it."""
    sheet = Sheet(1500, 1125, (96, 84, 70), (150, 126, 96))
    sheet.area([(0, 640), (1500, 600), (1500, 1125), (0, 1125)], (172, 140, 100), 8)
    for nth in range(7):
        y = 690 + nth * 62
        sheet.line([(0, y), (600, y - 12), (1500, y - 34)], (140, 110, 76), 4, 3, 130)
    sheet.round((655, 865), (355, 65), (70, 52, 36), 26, 170)
    sheet.area([(360, 560), (900, 520), (900, 800), (360, 860)], WOOD, 4)
    sheet.area([(900, 520), (1020, 570), (1020, 830), (900, 800)], WOOD_DARK, 4)
    sheet.area([(360, 560), (900, 520), (1020, 570), (480, 622)], (52, 36, 26), 5)
    sheet.area([(400, 568), (890, 532), (975, 568), (500, 606)], (164, 78, 66), 8, 200)
    for nth in range(4):
        y = 610 + nth * 58
        sheet.line([(372, y), (600, y - 22 + nth * 4), (892, y - 46)], WOOD_DARK, 4, 2, 110)
        sheet.area([(878, y - 40), (900, y - 34), (900, y - 6), (878, y - 12)], WOOD_LIGHT, 2)
    sheet.area([(1060, 700), (1400, 640), (1450, 690), (1110, 756)], WOOD_LIGHT, 4)
    sheet.area([(1110, 756), (1450, 690), (1450, 718), (1112, 786)], WOOD_DARK, 4)
    sheet.area([(0, 0), (520, 0), (260, 640), (0, 660)], (248, 220, 160), 90, 70)
    return sheet.done()


def bundle() -> Image.Image:
    """Somebody small in a white blanket and a cap, in the bend of an arm; the face is turned away."""
    sheet = Sheet(1200, 1500, (92, 100, 104), (128, 118, 108))
    sheet.round((340, 1125), (560, 625), (72, 86, 94), 30)
    sheet.area([(60, 1500), (140, 900), (420, 760), (960, 900), (1200, 1120), (1200, 1500)], (64, 78, 88), 30)
    sheet.round((500, 570), (200, 190), CLOTH_DARK, 14)
    sheet.area(
        [(320, 560), (360, 430), (500, 360), (640, 420), (690, 560), (600, 640), (400, 640)], (206, 194, 176), 14
    )
    for nth in range(5):
        y = 440 + nth * 38
        sheet.line([(345 - nth * 4, y + 30), (500, y), (668 + nth * 3, y + 30)], (176, 164, 146), 5, 4, 150)
    wrap = [(290, 640), (480, 560), (720, 620), (900, 860), (960, 1120), (860, 1280), (560, 1240), (360, 1020)]
    sheet.area(wrap, CLOTH, 16)
    sheet.area([(720, 620), (900, 860), (960, 1120), (860, 1280), (760, 1200), (740, 900)], CLOTH_DARK, 40, 170)
    sheet.line([(330, 700), (520, 820), (640, 1010), (700, 1230)], CLOTH_DARK, 12, 7, 190)
    sheet.line([(470, 590), (640, 740), (780, 980)], CLOTH_DARK, 10, 7, 150)
    sheet.area(
        [(0, 1060), (260, 1010), (620, 1160), (900, 1330), (820, 1440), (420, 1380), (0, 1400)], (78, 92, 102), 18
    )
    sheet.round((730, 1210), (130, 90), (196, 158, 134), 22, 235)
    sheet.area([(0, 0), (460, 0), (0, 620)], LAMP, 130, 70)
    return sheet.done()
