"""PDFs as programs write them: whole, with a page, and with whatever else a test puts in."""

import io
import struct
import zlib

from pypdf import PdfReader, PdfWriter

CATALOG, PAGES = b"<</Type/Catalog/Pages 2 0 R%s>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]%s>>"


def a_pdf(*more, catalog=b"", page=b"", begins=b"", words=b""):
    """A PDF of one page; the objects after its catalogue, tree and page are numbered from 4."""
    return written((CATALOG % catalog, PAGES, PAGE % page, *more), begins=begins, words=words)


def written(objects, *, begins=b"", words=b""):
    """These objects with a table that says where each is; the first is the catalogue."""
    content, places = b"%s%%PDF-1.7\n%%%s\n" % (begins, words), []
    for number, told in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, told)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>" % (size, rows, size)
    return content + table + b"\nstartxref\n%d\n%%%%EOF\n" % len(content)


def a_stream(packed, told=b""):
    """A stream of a PDF."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (told, len(packed), packed)


def a_packed_pdf(
    catalog=b"",
    *,
    page=b"",
    more=b"null",
    before=b"",
    kind=b"/Type/ObjStm",
    after=b"/Filter/FlateDecode",
    pack=zlib.compress,
):
    """A PDF of one page whose objects are packed in a stream, as newer programs write them."""
    numbers, held = b"", b""
    for number, told in enumerate((CATALOG % catalog, PAGES, PAGE % page), 1):
        numbers += b"%d %d " % (number, len(held))
        held += told + b" "
    head = b"%s%s/N 3/First %d%s" % (before, kind, len(numbers), after)
    content = b"%PDF-1.5\n"
    beside = len(content)
    content += b"4 0 obj\n" + more + b"\nendobj\n"
    stream = len(content)
    content += b"5 0 obj" + a_stream(pack(numbers + held), head) + b"\nendobj\n"
    rows = [
        (0, 0, 255),
        (2, 5, 0),
        (2, 5, 1),
        (2, 5, 2),
        (1, beside, 0),
        (1, stream, 0),
        (1, len(content), 0),
    ]
    table = zlib.compress(b"".join(struct.pack(">BHB", *row) for row in rows))
    told = b"/Type/XRef/Size 7/W[1 2 1]/Root 1 0 R/Filter/FlateDecode"
    return content + b"6 0 obj%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (a_stream(table, told), len(content))


def locked_pdf(user, owner, algorithm="AES-256", *, more=(), **told):
    """A PDF that opens with a password of its reader, or only changes with one of its owner."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(a_pdf(*more, **told))))
    writer.encrypt(user, owner, algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
