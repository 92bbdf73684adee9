"""How far apart two colours look: contrast, and distance for normal and colour-blind eyes."""

from itertools import combinations
from math import atan2, cos, degrees, exp, hypot, log, radians, sin
from typing import NamedTuple

Vector = tuple[float, float, float]
Matrix = tuple[Vector, Vector, Vector]

SRGB_TO_XYZ: Matrix = (
    (0.4124, 0.3576, 0.1805),
    (0.2126, 0.7152, 0.0722),
    (0.0193, 0.1192, 0.9505),
)
CAT02: Matrix = (
    (0.7328, 0.4296, -0.1624),
    (-0.7036, 1.6975, 0.0061),
    (0.0030, 0.0136, 0.9834),
)
CAT02_INVERSE: Matrix = (
    (1.096124, -0.278869, 0.182745),
    (0.454369, 0.473533, 0.072098),
    (-0.009628, -0.005698, 1.015326),
)
HUNT: Matrix = (
    (0.38971, 0.68898, -0.07868),
    (-0.22981, 1.18340, 0.04641),
    (0.0, 0.0, 1.0),
)
# Machado, Oliveira and Fernandes 2009, full severity, on linear RGB
BLINDNESS: dict[str, Matrix] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
# A screen in an office as sRGB describes it: 64 lux, grey surround of 20 %.
ADAPTING_LUMINANCE = 64 / 3.141592653589793 / 5
BACKGROUND = 20.0
WHITE: Vector = (95.047, 100.0, 108.883)


class Appearance(NamedTuple):
    """A colour's place in CAM02-UCS, where distance is difference seen."""

    lightness: float
    a: float
    b: float


def contrast(one: str, other: str) -> float:
    """The WCAG 2 contrast ratio, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def distance(one: str, other: str, eyes: str = "normal") -> float:
    """How different two colours look to these eyes."""
    first, second = appearance(one, eyes), appearance(other, eyes)
    return hypot(*(x - y for x, y in zip(first, second, strict=True)))


def nearest(colours: list[str], eyes: str) -> float:
    """The smallest distance between any two of these colours."""
    return min(distance(one, other, eyes) for one, other in combinations(colours, 2))


def appearance(colour: str, eyes: str = "normal") -> Appearance:
    """CAM02-UCS coordinates of a colour as these eyes see it."""
    linear = _times(BLINDNESS[eyes], _linear(colour))
    clipped = tuple(min(1.0, max(0.0, part)) for part in linear)
    x, y, z = _times(SRGB_TO_XYZ, clipped)  # type: ignore[arg-type]
    return _cam02_ucs((x * 100, y * 100, z * 100))


def _linear(colour: str) -> Vector:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _times(matrix: Matrix, vector: Vector) -> Vector:
    x, y, z = (sum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix)
    return x, y, z


def _cone_response(xyz: Vector, luminance_factor: float) -> Vector:
    degree = 1 - exp((-ADAPTING_LUMINANCE - 42) / 92) / 3.6
    white = _times(CAT02, WHITE)
    sharpened = _times(CAT02, xyz)
    adapted = tuple(
        (100 / w * degree + 1 - degree) * part for part, w in zip(sharpened, white, strict=True)
    )
    cones = _times(HUNT, _times(CAT02_INVERSE, adapted))  # type: ignore[arg-type]
    red, green, blue = (_compressed(cone, luminance_factor) for cone in cones)
    return red, green, blue


def _compressed(cone: float, luminance_factor: float) -> float:
    power = (luminance_factor * abs(cone) / 100) ** 0.42
    return (400 * power / (power + 27.13)) * (1 if cone >= 0 else -1) + 0.1


def _cam02_ucs(xyz: Vector) -> Appearance:
    k = 1 / (5 * ADAPTING_LUMINANCE + 1)
    factor = 0.2 * k**4 * 5 * ADAPTING_LUMINANCE
    factor += 0.1 * (1 - k**4) ** 2 * (5 * ADAPTING_LUMINANCE) ** (1 / 3)
    share = BACKGROUND / WHITE[1]
    induction = 0.725 * (1 / share) ** 0.2
    red, green, blue = _cone_response(xyz, factor)
    white = _cone_response(WHITE, factor)
    achromatic = (2 * red + green + blue / 20 - 0.305) * induction
    achromatic_white = (2 * white[0] + white[1] + white[2] / 20 - 0.305) * induction
    j = 100 * (max(achromatic, 0) / achromatic_white) ** (0.69 * (1.48 + share**0.5))
    a = red - 12 * green / 11 + blue / 11
    b = (red + green - 2 * blue) / 9
    hue = radians(degrees(atan2(b, a)) % 360)
    eccentricity = (cos(hue + 2) + 3.8) / 4
    t = 50000 / 13 * induction * eccentricity * hypot(a, b) / (red + green + 21 * blue / 20)
    chroma = t**0.9 * (j / 100) ** 0.5 * (1.64 - 0.29**share) ** 0.73
    colourfulness = log(1 + 0.0228 * chroma * factor**0.25) / 0.0228
    lightness = 1.7 * j / (1 + 0.007 * j)
    return Appearance(lightness, colourfulness * cos(hue), colourfulness * sin(hue))
