"""Frames of SVG shapes and their transforms, reckoned from their attributes. No Django in here."""

import re
from collections.abc import Iterator, Mapping, Sequence
from math import cos, radians, sin, tan

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Box = tuple[float, float, float, float]

UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)
# Nothing of a plan is further away, moved or grown by more; with larger numbers reckoning goes wrong.
FURTHEST = 1_000_000_000
# Possessive, as every pattern over what was uploaded: what was read once is never read again.
MARKS = re.compile(r"[-+]?(?:[0-9]++(?:\.[0-9]*+)?+|\.[0-9]++)(?:[eE][-+]?[0-9]{1,2})?+")
# Possessive: two runs of spaces beside each other would otherwise share a long one in every possible way.
NUMBER = re.compile(
    r"\s*+([-+]?(?:[0-9]++(?:\.[0-9]*+)?+|\.[0-9]++)(?:[eE][-+]?[0-9]{1,2})?+)\s*+(?:px|pt|mm)?+\s*+"
)
LARGEST = 100_000
STEPS = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*+)")
MOVES = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*+\(([^()]*+)\)[\s,]*+")
# How many numbers each command takes; the last two are where it leads.
TAKES = {"m": 2, "l": 2, "t": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "a": 7}


class Unreadable(Exception):
    """A shape or a transform that says nothing that can be reckoned with."""


def combined(outer: Matrix, inner: Matrix) -> Matrix:
    """The matrix of ``inner`` within ``outer``."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)


def matrix_of(text: str) -> Matrix:
    """What a ``transform`` attribute says."""
    text = text.strip()
    result, at = UNMOVED, 0
    while at < len(text):
        found = MOVES.match(text, at)
        if not found:
            raise Unreadable(text)
        result = combined(result, _move(found.group(1), numbers_in(found.group(2))))
        at = found.end()
    # Many small moves may add up to one that leads nowhere.
    _refuse_far(result)
    return result


def numbers_in(text: str) -> list[float]:
    """The numbers of a text, in their order; Unreadable where one is further than a plan reaches."""
    numbers = [float(one) for one in MARKS.findall(text)]
    _refuse_far(numbers)
    return numbers


def _refuse_far(numbers: Sequence[float]) -> None:
    # What is not a number compares as false too.
    if not all(abs(one) <= FURTHEST for one in numbers):
        raise Unreadable


def _move(name: str, told: list[float]) -> Matrix:
    match name, told:
        case "matrix", [a, b, c, d, e, f]:
            return a, b, c, d, e, f
        case "translate", [x, *rest] if len(rest) < 2:
            return 1, 0, 0, 1, x, rest[0] if rest else 0
        case "scale", [x, *rest] if len(rest) < 2:
            return x, 0, 0, rest[0] if rest else x, 0, 0
        case "rotate", [angle]:
            turn = radians(angle)
            return cos(turn), sin(turn), -sin(turn), cos(turn), 0, 0
        case "rotate", [angle, x, y]:
            around = combined((1, 0, 0, 1, x, y), _move("rotate", [angle]))
            return combined(around, (1, 0, 0, 1, -x, -y))
        case "skewX", [angle]:
            return 1, 0, tan(radians(angle)), 1, 0, 0
        case "skewY", [angle]:
            return 1, tan(radians(angle)), 0, 1, 0, 0
    raise Unreadable(name)


def box_of(name: str, given: Mapping[str, str], matrix: Matrix) -> Box:
    """The frame of a shape on the plan: left, top, right, bottom."""
    points = list(_points(name, given))
    if len(points) < 2:
        raise Unreadable(name)
    a, b, c, d, e, f = matrix
    across = [a * x + c * y + e for x, y in points]
    down = [b * x + d * y + f for x, y in points]
    return min(across), min(down), max(across), max(down)


def _points(name: str, given: Mapping[str, str]) -> Iterator[Point]:
    if name in ("polygon", "polyline"):
        numbers = numbers_in(given.get("points", ""))
        yield from zip(numbers[::2], numbers[1::2], strict=False)
    elif name == "path":
        yield from _steps(given.get("d", ""))
    elif name == "rect":
        x, y = _of(given, "x"), _of(given, "y")
        right, bottom = x + _of(given, "width"), y + _of(given, "height")
        yield from ((x, y), (right, y), (right, bottom), (x, bottom))
    elif name in ("circle", "ellipse"):
        x, y = _of(given, "cx"), _of(given, "cy")
        across, down = (_of(given, "r"),) * 2 if name == "circle" else (_of(given, "rx"), _of(given, "ry"))
        yield from ((x - across, y - down), (x + across, y + down), (x - across, y + down))
        yield x + across, y - down


def _of(given: Mapping[str, str], name: str) -> float:
    found = MARKS.match(given.get(name, "0").strip())
    if not found:
        raise Unreadable(name)
    return numbers_in(found.group())[0]


def _steps(path: str) -> Iterator[Point]:
    """The points that a path passes or is drawn towards: enough for its frame."""
    x = y = start_x = start_y = 0.0
    for command, rest in STEPS.findall(path):
        kind, is_relative = command.lower(), command.islower()
        numbers = numbers_in(rest)
        if kind == "z":
            x, y = start_x, start_y
            continue
        size = TAKES[kind]
        for at in range(0, len(numbers) - size + 1, size):
            step = numbers[at : at + size]
            from_x, from_y = (x, y) if is_relative else (0.0, 0.0)
            if kind == "h":
                x = from_x + step[0]
            elif kind == "v":
                y = from_y + step[0]
            else:
                pairs = step[5:] if kind == "a" else step
                towards = [(from_x + across, from_y + down) for across, down in _pairs(pairs)]
                yield from towards[:-1]
                x, y = towards[-1]
            if kind == "m" and at == 0:
                start_x, start_y = x, y
            yield x, y


def _pairs(numbers: list[float]) -> Iterator[Point]:
    return zip(numbers[::2], numbers[1::2], strict=True)


def area_of(box: Box) -> float:
    """What a frame takes, in the square of the units of its drawing."""
    left, top, right, bottom = box
    return (right - left) * (bottom - top)


def number_of(text: str) -> float | None:
    """The number that an attribute says, where it is one that a plan needs."""
    found = NUMBER.fullmatch(text)
    value = float(found.group(1)) if found else None
    return value if value is not None and abs(value) <= LARGEST else None


def short(value: float) -> str:
    """A number of a drawing as it is kept, to the thousandth."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def shortened(numbers: str) -> str:
    """A list of numbers with commands between them, each number short and kept from the one before."""
    spaced = MARKS.sub(lambda found: f" {short(float(found.group()))}", numbers.replace(",", " "))
    return " ".join(spaced.split())
