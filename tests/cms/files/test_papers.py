import io
import zipfile

import pytest

from cms.files.fields import safe_name
from cms.files.papers import KINDS, BadPaper, check_paper

pytestmark = pytest.mark.unit
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"
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


HOSTILE = {
    "page": ("a.html", b"<script>alert(1)</script>", "kind"),
    "drawing": ("a.svg", b"<svg/>", "kind"),
    "archive": ("a.zip", office(WORD), "kind"),
    "program": ("a.exe", b"MZ", "kind"),
    "no-ending": ("a", PDF, "kind"),
    "macros-by-name": ("a.docm", office(WORD), "kind"),
    "large": ("a.pdf", PDF + b"0" * 10_000_000, "bytes"),
    "page-as-pdf": ("a.pdf", b"<html><script>alert(1)</script>", "broken"),
    "script-in-pdf": ("a.pdf", PDF + b"/JavaScript", "active"),
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
