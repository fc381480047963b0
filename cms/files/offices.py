"""What an office file would do beside being read: fetch, run or embed something. No Django in here."""

import re
import zipfile
from xml.parsers import expat

# What is told of a part by its name or its kind.
MACROS = (
    *("vbaproject.bin", "basic/", "scripts/", "activex", "embeddings/", "oleobject", "macrosheets/"),
    *("dialogsheets/", "afchunk"),
)
MACRO_KINDS = ("macro", "vba", "activex")
# Relations that lead to a program or another document, wherever it lies.
RUNNING = ("oleobject", "package", "vbaproject", "control", "afchunk", "subdocument")
RUNNING_MARKS = re.compile(
    rb"<(?:[\w.-]+:)?(?:ddeLink|oleLink|dde-source|dde-link|dde-connection|dde-connection-decl|script|"
    rb"event-listener|object-ole|applet|plugin|floating-frame)[\s/>]"
)
FIELDS = re.compile(rb"(?i)instrText|fldSimple")
DDE = re.compile(r"(?i)\bDDE(?:AUTO)?\b")
SPELLED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
PLAIN = {b"utf-8", b"us-ascii", b"ascii"}
WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<", b"\0\0")
BOM = b"\xef\xbb\xbf"


class _Found(Exception):
    """That a part runs something."""


def fault_of_parts(archive: zipfile.ZipFile) -> str:
    """What is wrong with the parts of an office file: ``active`` or ``broken``; nothing where nothing is."""
    for part in archive.infolist():
        with archive.open(part) as opened:
            beginning = opened.read(64)
            if beginning.startswith(WIDE):
                return "broken"
            if not beginning.removeprefix(BOM).lstrip().startswith(b"<"):
                continue
            fault = _fault_of(part.filename, beginning + opened.read())
        if fault:
            return fault
    return ""


def _fault_of(name: str, told: bytes) -> str:
    """What is wrong with a part that is written as XML."""
    spelled = SPELLED.match(told.removeprefix(BOM)[:200].lstrip())
    # What is written in another way, or spelled out of pieces, is not read as it looks.
    if b"\0" in told or b"<!DOCTYPE" in told or (spelled and spelled[1].lower() not in PLAIN):
        return "broken"
    if RUNNING_MARKS.search(told):
        return "active"
    is_index = name.endswith(".rels") or name == "[Content_Types].xml"
    if not is_index and not FIELDS.search(told):
        return ""
    try:
        return "active" if _says_to_run(told) else ""
    except expat.ExpatError:
        return "broken"


def _says_to_run(told: bytes) -> bool:
    """Whether a relation, a kind or a field leads to something that runs."""
    words: list[str] = []
    inside: list[str] = []

    def begun(mark: str, attributes: dict[str, str]) -> None:
        mark = mark.rpartition(":")[2]
        inside.append(mark)
        known = {name.rpartition(":")[2]: value for name, value in attributes.items()}
        if mark == "Relationship" and _leads_out(known):
            raise _Found
        if any(word in known.get("ContentType", "").lower() for word in MACRO_KINDS):
            raise _Found
        if mark in ("fldChar", "fldSimple"):
            words.append(f" {known.get('instr', '')} ")

    def ended(_mark: str) -> None:
        inside.pop()

    def said(text: str) -> None:
        if inside[-1] in ("instrText", "delInstrText"):
            words.append(text)

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begun, ended, said
    try:
        parser.Parse(told, True)
    except _Found:
        return True
    return bool(DDE.search("".join(words)))


def _leads_out(known: dict[str, str]) -> bool:
    """Whether a relation fetches something or runs it; a link does neither before it is pressed."""
    kind = known.get("Type", "").rpartition("/")[2].lower()
    is_outside = known.get("TargetMode", "").strip().lower() == "external"
    return kind in RUNNING or (is_outside and kind != "hyperlink")
