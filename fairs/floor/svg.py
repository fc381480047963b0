"""A hall plan that somebody drew: what of an SVG is safe to stand in our page, and where its booths are.

No Django in here. Nothing of the file is trusted: what is not on the lists below is left out, colours and
styles too, so that the plan is drawn in the colours of the site. Booths are told by the ids of their shapes.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite
from xml.etree.ElementTree import Element, ParseError, TreeBuilder
from xml.sax.saxutils import escape, quoteattr

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from fairs.floor.geometry import Place, tidy
from fairs.floor.paths import (
    LARGEST,
    UNMOVED,
    Box,
    Matrix,
    Unreadable,
    area_of,
    box_of,
    combined,
    matrix_of,
    number_of,
    numbers_in,
    short,
    shortened,
)

MOST_BYTES = 2_000_000
# Of the whole file, counted while it is read: what is deep or many costs nothing but a refusal.
MOST_ELEMENTS = 5_000
MOST_DEPTH = 30
# Of one attribute that is read: twice what the whole drawing may become.
MOST_LETTERS = 64_000
# Of the drawing alone: the page that holds it stays light.
MOST_DRAWN = 32_000
NAMESPACE = "{http://www.w3.org/2000/svg}"
SHAPES = {"rect", "circle", "ellipse", "line", "polyline", "polygon", "path"}
GROUPS = {"svg", "g"}
TEXTS = {"text", "tspan"}
# Said by editors of every drawing; nobody misses them.
SILENT = {"defs", "style", "title", "desc", "metadata", "namedview"}
NUMBERS = {"x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height", "dx", "dy"}
LISTS = {"points": re.compile(r"[-+0-9.eE,\s]*+"), "d": re.compile(r"[-+0-9.eE,\sMmLlHhVvCcSsQqTtAaZz]*+")}
PLAIN = {"font-size", "stroke-width"}
WORDS = {"text-anchor": {"start", "middle", "end"}, "fill": {"none"}, "stroke": {"none"}}
# How many times as long as wide.
LONGEST = 50
# What a reference may hold without leading out of the drawing: a part of it, or a picture within it.
OUTSIDE = re.compile(r"\s*+(?!#|data:image/)\S", re.IGNORECASE)
FETCHED = re.compile(
    r"(@import|image-set\(|url\()(?:(?<!url\()|\s*+[\"']?+\s*+(?!#|data:image/)[^)\s\"'])", re.IGNORECASE
)
# A style may write any letter by its number, and any other mark after a stroke.
ESCAPED = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE)
# What brings other pages, or runs by itself.
RUNNING = {"script", "handler", "iframe", "object", "embed", "applet", "meta", "base", "link"}
# Addresses that no drawing needs, wherever they lead.
FETCHING = {"src", "srcset", "poster", "action", "formaction"}
# Where an animation says what an address becomes; browsers pass over spaces in the name of its scheme.
BECOMES = {"to", "from", "by", "values"}
RUN = re.compile(r"j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t\s*:", re.IGNORECASE)
MOST_NAMED = 5
MOST_LEFT_OUT = 20
# Marks that turn the order of the text around them, as core/text.py takes them out too.
TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


class BadDrawing(Exception):
    """Why a drawing is not taken; ``facts`` fill the sentence that says so."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why)
        self.why = why
        self.facts = facts


@dataclass(frozen=True)
class Drawing:
    """A plan that is safe to show: its size, its markup without the booths, and the booths."""

    width: int
    height: int
    markup: str
    places: tuple[Place, ...]
    # How much each booth takes of a square as wide as the drawing, before places are made whole numbers.
    shares: dict[str, float]
    # What was left out, by name, so that its maker is told.
    left_out: tuple[str, ...] = ()


@dataclass
class _Reading:
    """What was found so far."""

    markup: list[str] = field(default_factory=list)
    boxes: dict[str, Box] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)


def drawing_from(content: bytes) -> Drawing:
    """The safe drawing in an uploaded file; BadDrawing says why there is none."""
    if len(content) > MOST_BYTES:
        raise BadDrawing("bytes")
    root = _root_of(content)
    _refuse_hostile(root)
    left, top, width, height = _frame_of(root)
    scale = _scale_to(width, height)
    moved = combined((scale, 0, 0, scale, 0, 0), (1, 0, 0, 1, -left, -top))
    found = _Reading()
    for child in root:
        _read(child, moved, found)
    if not found.boxes:
        raise BadDrawing("no_booths")
    inside = "".join(found.markup)
    if len(inside.encode()) > MOST_DRAWN:
        raise BadDrawing("heavy")
    transform = f"scale({short(scale)}) translate({short(-left)} {short(-top)})"
    markup = f'<g transform="{transform}">{inside}</g>' if inside else ""
    places = tuple(_place(number, box) for number, box in found.boxes.items())
    size = (round(width * scale), round(height * scale))
    left_out = sorted(found.left_out)
    left_out[MOST_LEFT_OUT:] = ["…"] if left_out[MOST_LEFT_OUT:] else []
    shares = {number: area_of(box) / (width * scale) ** 2 for number, box in found.boxes.items()}
    return Drawing(*size, markup, places, shares, tuple(left_out))


class _Tree(TreeBuilder):
    """Builds the tree of a drawing, which is neither deep nor endless and brings no style sheet along."""

    # The root is not counted.
    elements = depth = -1

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self.elements += 1
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise BadDrawing("depth")
        if self.elements > MOST_ELEMENTS:
            raise BadDrawing("elements")
        return super().start(tag, attrs)

    def end(self, tag: str) -> Element:
        self.depth -= 1
        return super().end(tag)

    def pi(self, target: str, text: str | None = None) -> Element:
        if target == "xml-stylesheet":
            raise BadDrawing("hostile", parts="<?xml-stylesheet?>")
        return super().pi(target, text)


def _root_of(content: bytes) -> Element:
    try:
        # Entities bring in other files, or grow without end; a plan needs none.
        parser = DefusedXMLParser(target=_Tree(), forbid_entities=True, forbid_external=True)
        parser.feed(content)
        root: Element = parser.close()
    except DefusedXmlException as error:
        raise BadDrawing("entities") from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise BadDrawing("unreadable") from error
    if root.tag not in (f"{NAMESPACE}svg", "svg"):
        raise BadDrawing("unreadable")
    return root


def _refuse_hostile(root: Element) -> None:
    """A drawing that would run or fetch something is no mishap of an editor: none of it is taken."""
    found = sorted({part for element in root.iter() for part in _hostile(element)})
    if found:
        more = "" if len(found) <= MOST_NAMED else " …"
        raise BadDrawing("hostile", parts=", ".join(found[:MOST_NAMED]) + more)


def _hostile(element: Element) -> Iterator[str]:
    name = _name_of(element)
    plain_name = name.removesuffix(" (not SVG)").lower()
    if plain_name in RUNNING:
        yield f"<{name}>"
    moved = element.get("attributeName", "").rpartition(":")[2].strip().lower()
    if moved.startswith("on"):
        yield f"{name}: {_words(moved)[:60]}"
    for key, value in element.attrib.items():
        plain = key.rpartition("}")[2]
        if plain.lower().startswith("on") and "}" not in key:
            yield plain
        elif plain.lower() in FETCHING or (plain.lower() == "href" and OUTSIDE.match(value)):
            yield f"{name} → {_words(value.strip())[:60]}"
        elif plain in BECOMES and RUN.search(value):
            yield f"{plain}: javascript:…"
        elif plain in BECOMES and moved in {"href", *FETCHING} and (outside := _outside(value)):
            yield f"{name} → {_words(outside)[:60]}"
        elif said := _fetched(value):
            yield f"{plain}: {said}"
    if plain_name == "style" and (said := _fetched(_own_text(element))):
        yield f"<style>: {said}"


def _own_text(element: Element) -> str:
    """The text of an element without that of the elements in it, which are read by themselves."""
    return "".join((element.text or "", *(child.tail or "" for child in element)))


def _outside(becoming: str) -> str:
    """The first of the addresses of an animation that leads out of the drawing."""
    return next((part.strip() for part in becoming.split(";") if OUTSIDE.match(part)), "")


def _fetched(style: str) -> str:
    """By which word a style would fetch something, however it is written; empty where it fetches nothing."""
    found = FETCHED.search(ESCAPED.sub(_meant, style))
    word = found.group(1).lower() if found else ""
    return f"{word}…)" if word.endswith("(") else word


def _meant(escaped: re.Match[str]) -> str:
    number, mark = escaped.groups()
    return mark or (chr(int(number, 16)) if int(number, 16) <= sys.maxunicode else "")


def _refuse_long(element: Element) -> None:
    if any(len(value) > MOST_LETTERS for value in element.attrib.values()):
        raise BadDrawing("letters")


def _frame_of(root: Element) -> tuple[float, float, float, float]:
    _refuse_long(root)
    parts = [number_of(part) for part in re.split(r"[,\s]+", root.get("viewBox", "").strip()) if part]
    if len(parts) != 4:
        parts = [0.0, 0.0, number_of(root.get("width", "")), number_of(root.get("height", ""))]
    left, top, width, height = (0.0 if part is None else part for part in parts)
    if not (0 < width <= LARGEST and 0 < height <= LARGEST):
        raise BadDrawing("size")
    if max(width, height) > LONGEST * min(width, height):
        raise BadDrawing("narrow")
    return left, top, width, height


def _scale_to(width: float, height: float) -> float:
    """Plans are kept about a thousand units wide, so that whole numbers say places well enough."""
    return 1_000 / max(width, height)


def _read(element: Element, matrix: Matrix, found: _Reading) -> None:
    name = _name_of(element)
    if name not in SHAPES | GROUPS | TEXTS:
        if name not in SILENT:
            found.left_out.add(name)
        return
    # A picture that holds itself is long, and is left out; what is read must be short.
    _refuse_long(element)
    found.left_out.update(_harmful(element))
    own = _moved(element)
    matrix = combined(matrix, own)
    number = tidy(element.get("id", "")) if name in SHAPES | {"g"} else ""
    if number:
        _take_booth(number, element, matrix, found)
    elif name in GROUPS:
        _read_group(element, own, matrix, found)
    elif any(not LISTS[one].fullmatch(element.get(one, "")) for one in LISTS):
        found.left_out.add(_called(name, element))
    else:
        found.markup.extend(_drawn(element, name, own))


def _name_of(element: Element) -> str:
    """The name of an element of SVG; of anything else the whole tag, which is on no list."""
    tag = element.tag if isinstance(element.tag, str) else "comment"
    plain = tag.removeprefix(NAMESPACE)
    return plain if "}" not in plain else plain.rpartition("}")[2] + " (not SVG)"


def _called(name: str, element: Element) -> str:
    """A shape by its name and its id, as its maker finds it again."""
    return f"{name}#{element.get('id', '').translate(TURNING)[:40]}".removesuffix("#")


def _harmful(element: Element) -> Iterator[str]:
    """References within the drawing: they are left out like all others, and said."""
    for name in element.attrib:
        plain = name.rpartition("}")[2].lower()
        if plain == "href":
            yield plain


def _moved(element: Element) -> Matrix:
    try:
        return matrix_of(element.get("transform", ""))
    except Unreadable as error:
        raise BadDrawing("transform") from error


def _take_booth(number: str, element: Element, matrix: Matrix, found: _Reading) -> None:
    if number in found.boxes:
        raise BadDrawing("twice", number=number)
    box = _box_in(element, matrix)
    if box is None:
        raise BadDrawing("no_shape", number=number)
    found.boxes[number] = box


def _box_in(element: Element, matrix: Matrix) -> Box | None:
    """The frame of the first shape of a booth: a group often holds the shape and its number as a text."""
    name = _name_of(element)
    if name in SHAPES:
        try:
            return box_of(name, element.attrib, matrix)
        except Unreadable:
            return None
    for child in element:
        if _name_of(child) in SHAPES | GROUPS:
            _refuse_long(child)
            box = _box_in(child, combined(matrix, _moved(child)))
            if box:
                return box
    return None


def _read_group(element: Element, own: Matrix, matrix: Matrix, found: _Reading) -> None:
    before, found.markup = found.markup, []
    for child in element:
        _read(child, matrix, found)
    inside, found.markup = found.markup, before
    if inside:
        found.markup += [f"<g{_transform(own)}>", *inside, "</g>"]


def _transform(own: Matrix) -> str:
    return "" if own == UNMOVED else f' transform="matrix({" ".join(map(short, own))})"'


def _drawn(element: Element, name: str, own: Matrix) -> Iterator[str]:
    """The markup of a shape or a text, with the attributes that are safe and nothing else."""
    attributes = _attributes(element) + _transform(own)
    if name in SHAPES:
        yield f"<{name}{attributes}/>"
        return
    yield f"<{name}{attributes}>{_words(element.text)}"
    for child in element:
        # What stands deeper in a line of text keeps its words and loses its places.
        _refuse_long(child)
        if _name_of(child) in TEXTS:
            yield f"<tspan{_attributes(child)}>{_words(''.join(child.itertext()))}</tspan>"
        yield _words(child.tail)
    yield f"</{name}>"


def _words(text: str | None) -> str:
    return escape((text or "").translate(TURNING))


def _attributes(element: Element) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in sorted(_safe(element.attrib).items()))


def _safe(given: Mapping[str, str]) -> dict[str, str]:
    """Places, sizes and shapes, numbers made short; of a style only that something is not filled or drawn."""
    kept = {}
    for name, value in {**given, **_said_in_style(given.get("style", ""))}.items():
        if name in NUMBERS | PLAIN and (number := number_of(value)) is not None:
            kept[name] = short(number)
        elif name in LISTS and LISTS[name].fullmatch(value):
            # The flags of an arc may stand together without a space: they are no number to be shortened.
            has_arc = name == "d" and "a" in value.lower()
            _refuse_far(value)
            kept[name] = value if has_arc else shortened(value)
        elif name in WORDS and value.strip() in WORDS[name]:
            kept[name] = value.strip()
    return kept


def _refuse_far(numbers: str) -> None:
    try:
        numbers_in(numbers)
    except Unreadable as error:
        raise BadDrawing("far") from error


def _said_in_style(style: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in style.split(";"))
    return {name.strip(): value.strip() for name, _colon, value in pairs if name.strip() in {*WORDS, *PLAIN}}


def _place(number: str, box: Box) -> Place:
    left, top, right, bottom = box
    if not all(map(isfinite, box)):
        raise BadDrawing("outside", number=number)
    if min(left, top) < -1 or max(right, bottom) > 1_001 or right - left < 1 or bottom - top < 1:
        raise BadDrawing("outside", number=number)
    x, y = max(round(left), 0), max(round(top), 0)
    return Place(number, x, y, max(round(right) - x, 1), max(round(bottom) - y, 1))
