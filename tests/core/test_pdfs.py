import zlib
from base64 import a85encode

import pytest
from pypdf._codecs._codecs import LzwCodec

from moussem.core.pdfs import fault_of_pdf
from tests.factories.pdfs import CATALOG, PAGE, PAGES, a_packed_pdf, a_pdf, a_stream, locked_pdf, written

pytestmark = pytest.mark.unit

SCRIPT = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
OPENS = b"/OpenAction" + SCRIPT
JUMPS = b"/OpenAction<</S/GoTo/D[3 0 R/Fit]>>"


OBJECTS = b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode"
DECOY = b"/Filter/FlateDecode/X(stream\n7 0 null endstream)"
TWICE = b"/Filter[/FlateDecode/FlateDecode]"


def twice(content):
    return zlib.compress(zlib.compress(content))


def in_hex(content):
    return b" ".join(b"%02x" % byte for byte in content) + b">"


def changed_later(content, number, told):
    """A PDF with another form of one object appended, as programs that only add to a file do."""
    place = len(content)
    content += b"%d 0 obj\n%s\nendobj\n" % (number, told)
    before = content[: content.rindex(b"%%EOF")].split()[-1]
    tail = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size 9/Root 1 0 R/Prev %s>>\nstartxref\n%d\n%%%%EOF\n"
    return content + tail % (number, place, before, len(content))


def never_written(content):
    """A PDF whose table names its last object where no object is, as programs do for what they leave out."""
    row = content.rindex(b" 00000 n")
    return content[: row - 10] + b"0" * 10 + content[row:]


def unpacking_to(millions):
    """What little unpacks to so many million zeros."""
    opened = zlib.compressobj(9)
    begins = opened.compress(bytes(1_000_000)) + opened.flush(zlib.Z_FULL_FLUSH)
    again = opened.compress(bytes(1_000_000)) + opened.flush(zlib.Z_FULL_FLUSH)
    return begins + again * (millions - 1) + opened.flush()


def packed(content, told=b"/Filter/FlateDecode"):
    return a_pdf(a_stream(content, told), page=b"/Contents 4 0 R")


def with_codes(content):
    return LzwCodec().encode(content)


def with_few_codes(millions):
    """Codes of LZW, each for one zero more than the one before: they come to so many million and more."""
    once = "".join(f"{code:0{max(9, (code + 1).bit_length())}b}" for code in (0, *range(258, 4094)))
    once += f"{256:012b}"
    eight_times = int(once * 8, 2).to_bytes(len(once))
    return eight_times * (millions // 56 + 1)


def with_runs(millions):
    """Runs of 128 zeros that come to so many million."""
    return b"\x81\0" * (millions * 1_000_000 // 128 + 1)


def changed(content, was, now):
    assert content.count(was) == 1
    return content.replace(was, now)


def pointing(content, place):
    """A PDF that says its table is at another place."""
    head, word, _place = content.rpartition(b"startxref\n")
    return head + word + b"%d\n%%%%EOF\n" % place


SPELLED = b"/Filter[/ASCII85Decode/FlateDecode]"
A_PICTURE = b"/Subtype/Image/Width 9/Height 9"
PICTURE = A_PICTURE + b"/Filter/FlateDecode"
WHOLE = a_pdf(a_stream(b"BT (w) Tj ET" * 250, b""), page=b"/Contents 4 0 R")
EMPTY = a_pdf(a_stream(b"\n", b""), page=b"/Contents 4 0 R")
SHOWN = a_stream(zlib.compress(b"BT ET"), b"/Filter/FlateDecode")
UNPACKED = a_packed_pdf(page=b"/Contents 4 0 R", more=SHOWN)
TABLE = WHOLE[WHOLE.index(b"xref\n") : WHOLE.index(b"trailer")]
LENGTH = b"/Length 3000"
JUNK = b"\x1b%-12345X@PJL ENTER LANGUAGE=PDF\r\n"
BLEMISHED = {
    "points-nowhere": pointing(WHOLE, 99_999),
    "points-elsewhere": pointing(WHOLE, 17),
    "points-to-nothing": WHOLE[: WHOLE.rindex(b"startxref")] + b"%%EOF\n",
    "words-of-a-printer-before": JUNK + WHOLE,
    "words-of-a-mail-before": b"Content-Type: application/pdf\n" * 34 + WHOLE,
    "words-that-speak-of-objects-before": b"Subject: object of the trailer.pdf\n" + WHOLE,
    "end-is-missing": WHOLE[: WHOLE.rindex(b"%%EOF")],
    "table-is-missing": changed(WHOLE, TABLE, b""),
    "words-behind-the-end": WHOLE + b"<!-- sent -->\n" * 200,
    "places-are-wrong": changed(WHOLE, b"%PDF-1.7\n%", b"%PDF-1.7\n%" + b"w" * 99),
    "length-is-too-large": changed(WHOLE, LENGTH, b"/Length 9000"),
    "length-is-too-small": changed(WHOLE, LENGTH, b"/Length 30"),
    "length-is-missing": changed(WHOLE, LENGTH, b""),
    "count-is-missing": changed(WHOLE, b"/Count 1", b""),
    "packed-and-points-nowhere": pointing(UNPACKED, 99_999),
}
RUNS_LATER = pointing(a_pdf(a_stream(b"BT ET" * 600, b""), SCRIPT, catalog=b"/OpenAction 5 0 R"), 99_999)
# A string that holds the words of an object, and a key that is there twice: nobody reads on behind it.
CUT = b"/A(x 7 0 obj 1 endobj)%s/X 1/X 2"


def torn(told):
    """A PDF without a sound table whose catalogue is torn."""
    return pointing(a_pdf(a_stream(b"BT ET" * 600, b""), catalog=told, page=b"/Contents 4 0 R"), 99_999)


def twice_placed(told):
    """A sound PDF with another catalogue before its table, and a place that only some viewers look at."""
    other = b"1 0%x\nobj\n" + CATALOG % told + b"\nendobj\n"
    return changed(WHOLE, b"xref\n0", other + b"xref\n0") + b"startxref\n9\n"


# A catalogue that no table names, before the table.
HIDING = changed(WHOLE, b"xref\n0", b"1 0%x\nobj\n" + CATALOG % OPENS + b"\nendobj\nxref\n0")
ZEROED = b"/OpenAction\0<</S\0/JavaScript\0/JS\0(app.alert\\(1\\))>>"
# What viewers that look for lost objects find, and run; or what they do once the document opens.
LOST_AND_FOUND = {
    "comment-within-numbers": changed(RUNS_LATER, b"5 0 obj", b"5 0%x\nobj"),
    "comment-between-numbers": changed(RUNS_LATER, b"5 0 obj", b"5%x\n0 obj"),
    "sign-before-a-number": changed(RUNS_LATER, b"5 0 obj", b"5 +0 obj"),
    "point-behind-a-number": changed(RUNS_LATER, b"5 0 obj", b"5 0. obj"),
    "blank-that-is-none": changed(RUNS_LATER, b"5 0 obj", b"5\x0b0 obj"),
    "seven-figures-of-a-generation": changed(torn(OPENS), b"1 0 obj", b"1 0000000 obj"),
    "long-comment-within-numbers": changed(RUNS_LATER, b"5 0 obj", b"5 0%" + b"x" * 200 + b"\nobj"),
    "many-comments-within-numbers": changed(RUNS_LATER, b"5 0 obj", b"5 0" + b"%a\n" * 5 + b"obj"),
    "many-blanks-within-numbers": changed(RUNS_LATER, b"5 0 obj", b"5%x\n0" + b" " * 30 + b"obj"),
    "names-that-end-with-a-zero": a_pdf(catalog=ZEROED),
    "names-that-end-with-a-zero-and-are-packed": a_packed_pdf(ZEROED),
    "second-place-behind-the-end": twice_placed(OPENS),
    "names-that-end-with-a-byte-like-a-blank": a_pdf(catalog=b"/OpenAction<</S/JavaScript\x80/JS\x80(x)>>"),
    "names-that-end-so-and-are-packed": a_packed_pdf(b"/OpenAction<</S/JavaScript\xff/JS\xff(x)>>"),
    "byte-like-a-blank-before-an-object": changed(RUNS_LATER, b"5 0 obj", b"5 0\x80obj"),
    "place-with-a-sign": changed(HIDING, b"startxref\n", b"startxref\n+"),
    "place-behind-words": changed(HIDING, b"startxref\n", b"startxref%x\n"),
    "two-places": changed(HIDING, b"startxref\n", b"startxref 9\n"),
    "row-with-a-sign": changed(HIDING, b"0000000107 00000 n", b"+000000107 00000 n"),
    "cut-within-a-string": torn(CUT % OPENS),
    "cut-within-a-string-and-no-blemish": a_pdf(
        a_stream(b"BT ET" * 600, b""), catalog=CUT % OPENS, page=b"/Contents 4 0 R"
    ),
    "opens-an-address": torn(b"/OpenAction<</S/URI/URI(https://m.example/)>>/X 1/X 2"),
    "prints-by-itself": torn(b"/AA<</WC<</S/Named/N/Print>>>>/X 1/X 2"),
}
RUNNING = a_pdf(a_stream(b"BT ET" * 600, b""), catalog=OPENS, page=b"/Contents 4 0 R")
PACKED_AND_RUNNING = a_packed_pdf(OPENS, page=b"/Contents 4 0 R", more=SHOWN)
LOCKED = {"more": [a_stream(b"BT ET", b"")], "page": b"/Contents 4 0 R"}
GOOD = {
    "plain": a_pdf(),
    "packed": a_packed_pdf(),
    "packed-by-other-means": a_packed_pdf(after=b"/Filter/ASCIIHexDecode", pack=in_hex),
    "mark-of-the-byte-order": b"\xef\xbb\xbf" + a_pdf(),
    "places-counted-behind-blank-lines": b"\n\n\n\n" + a_pdf(),
    "places-counted-from-blank-lines": a_pdf(begins=b"\n\n\n\n"),
    "opens-at-a-page": a_pdf(catalog=JUMPS),
    "link-that-is-followed": a_pdf(page=b"/Annots[<</Subtype/Link/A<</S/URI/URI(https://m.example/JS)>>>>]"),
    "words-that-speak-of-scripts": a_pdf(b"(/JavaScript /Launch)", a_stream(b"/JavaScript (x)")),
    "changed-later": changed_later(a_pdf(), 3, PAGE % b"/Rotate 90"),
    "locked-against-changes-rc4": locked_pdf("", "secret", "RC4-128"),
    "locked-against-changes-aes": locked_pdf("", "secret", "AES-256"),
    "button-with-states": a_pdf(a_stream(b""), b"<</AP<</N<</S 4 0 R/F 4 0 R>>>>>>"),
    "refers-to-nothing": a_pdf(page=b"/Metadata 99 0 R"),
    "names-what-was-never-written": never_written(a_pdf(b"null")),
    "refers-to-what-was-never-written": never_written(a_pdf(b"null", catalog=b"/OpenAction 4 0 R")),
    "blank-lines-behind-the-end": a_pdf() + b"\r\n" * 1_000,
    "zeros-behind-the-end": a_pdf() + bytes(4_096),
    "page-that-is-packed": packed(zlib.compress(b"BT ET " * 999_999)),
    "page-that-is-packed-and-spelled-out": packed(a85encode(zlib.compress(b"BT ET ")) + b"~>", SPELLED),
    "page-that-is-packed-and-torn": packed(zlib.compress(b"BT ET " * 999)[:-9]),
    "page-that-is-packed-by-codes": packed(with_codes(b"BT ET "), b"/Filter/LZWDecode"),
    "picture-that-is-large": packed(unpacking_to(200), PICTURE),
    "picture-by-codes": packed(with_few_codes(200), A_PICTURE + b"/Filter/LZWDecode"),
    "picture-by-runs": packed(with_runs(200), A_PICTURE + b"/Filter/RunLengthDecode"),
    "picture-that-is-spelled-out": packed(
        a85encode(b"picture") + b"~>", A_PICTURE + b"/Filter/ASCII85Decode"
    ),
    "picture-that-is-packed-once-more": packed(zlib.compress(b"jpeg"), b"/Filter[/FlateDecode/DCTDecode]"),
}
FAULTY = {
    "script": (a_pdf(catalog=OPENS), "active"),
    "script-spelled-out": (a_pdf(b"<</S/J#61vaScript>>"), "active"),
    "script-elsewhere": (a_pdf(b"<</S 5 0 R>>", b"/JavaScript"), "active"),
    "script-packed": (a_packed_pdf(OPENS), "active"),
    "string-with-a-stream": (
        a_packed_pdf(OPENS, after=DECOY),
        "active",
    ),
    "hexadecimal": (a_packed_pdf(OPENS, before=b"/Filter/ASCIIHexDecode", after=b"", pack=in_hex), "active"),
    "hexadecimal-behind-a-string": (
        a_packed_pdf(OPENS, before=b"/Filter/ASCIIHexDecode/X(obj)", after=b"", pack=in_hex),
        "active",
    ),
    "hexadecimal-behind-a-key": (
        a_packed_pdf(OPENS, before=b"/Filter/ASCIIHexDecode/Zobj 1", after=b"", pack=in_hex),
        "active",
    ),
    "packed-without-a-type": (a_packed_pdf(OPENS, kind=b""), "active"),
    "packed-as-another-type": (a_packed_pdf(OPENS, kind=b"/Type/Foo"), "active"),
    "packed-twice": (
        a_packed_pdf(
            OPENS,
            after=b"/Filter[/FlateDecode/FlateDecode]",
            pack=lambda told: zlib.compress(zlib.compress(told)),
        ),
        "active",
    ),
    "packed-and-forgotten": (
        a_pdf(words=b"\n8 0 obj" + a_stream(b"7 0 " + SCRIPT, b"/Type/ObjStm/N 1/First 4") + b"\nendobj"),
        "active",
    ),
    "script-taken-back-later": (changed_later(a_pdf(catalog=OPENS), 1, CATALOG % b""), "active"),
    "script-added-later": (changed_later(a_pdf(), 1, CATALOG % OPENS), "active"),
    "script-behind-a-lock-against-changes": (locked_pdf("", "secret", "AES-128", catalog=OPENS), "active"),
    "goes-to-a-page-and-further": (a_pdf(catalog=JUMPS[:-2] + b"/Next<</S/URI/URI(https://a)>>>>"), "active"),
    "address-opened-by-itself": (a_pdf(catalog=b"/OpenAction<</S/URI/URI(https://a)>>"), "active"),
    "prints-by-itself": (a_pdf(b"<</S/Named/N/Print>>", catalog=b"/OpenAction 4 0 R"), "active"),
    "page-that-does-something": (a_pdf(page=b"/AA<</O<</S/Named/N/Print>>>>"), "active"),
    "launches": (a_pdf(b"<</S/Launch/F(calc.exe)>>"), "active"),
    "sends-a-form": (a_pdf(b"<</S/SubmitForm/F(https://a)>>"), "active"),
    "goes-to-another-file": (a_pdf(b"<</S/GoToR/F(//a/b)/D[0/Fit]>>"), "active"),
    "another-file-by-a-word-elsewhere": (a_pdf(b"<</S 5 0 R/F(//a/b)>>", b"/Thread"), "active"),
    "thread-of-another-file": (a_pdf(b"<</S/Thread/F(//a/b)/D 0>>"), "active"),
    "file-inside": (a_pdf(catalog=b"/Names<</EmbeddedFiles<<>>>>"), "active"),
    "film": (a_pdf(page=b"/Annots[<</Subtype/RichMedia>>]"), "active"),
    "stream-of-another-file": (a_pdf(a_stream(b"", b"/F(//a/b)")), "active"),
    "page-of-another-file": (a_pdf(a_stream(b"", b"/Subtype/Form/Ref<</F(//a/b)/Page 0>>")), "active"),
    "needs-a-password-rc4": (locked_pdf("open", "secret", "RC4-128"), "locked"),
    "needs-a-password-aes": (locked_pdf("open", "secret", "AES-256"), "locked"),
    "header-and-end": (b"%PDF-1.7\n%%EOF", "broken"),
    "zeros": (b"%PDF-1.7\n" + b"\0" * 50_000 + b"%%EOF", "broken"),
    "no-pages": (written([b"<</Type/Catalog>>"]), "broken"),
    "tree-without-pages": (written([CATALOG % b"", b"<</Type/Pages/Kids[]/Count 0>>"]), "broken"),
    "page-that-is-not-there": (written([CATALOG % b"", PAGES]), "broken"),
    "cut-short": (WHOLE[:1_000], "broken"),
    "cut-before-what-is-shown": (WHOLE[: WHOLE.index(b"4 0 obj")], "broken"),
    "cut-before-a-page": (
        changed(WHOLE[:-9], b"Kids[3 0 R]/Count 1", b"Kids[3 0 R 9 0 R]/Count 2"),
        "broken",
    ),
    "empty-and-points-nowhere": (pointing(EMPTY, 99_999), "broken"),
    "running-and-points-nowhere": (pointing(RUNNING, 99_999), "active"),
    "running-in-the-words-before": (b"1 0 obj " + CATALOG % OPENS + b" endobj\n" + WHOLE, "active"),
    "running-behind-the-end": (WHOLE + b"1 0 obj " + CATALOG % OPENS + b" endobj" + b"w" * 2_000, "active"),
    "running-in-a-trailer": (
        changed(WHOLE, b"/Root 1 0 R", b"/Root " + CATALOG % (b"/X 1" + OPENS)),
        "active",
    ),
    "running-where-a-word-is-torn": (
        pointing(a_pdf(b"<</A (x) ) /OpenAction<</S/J#61vaScript>>>>", page=b"/Contents 5 0 R"), 9),
        "active",
    ),
    "packed-and-running-and-points-nowhere": (pointing(PACKED_AND_RUNNING, 99_999), "active"),
    "packed-and-running-with-a-wrong-length": (
        PACKED_AND_RUNNING.replace(b"/FlateDecode/Length ", b"/FlateDecode/Length 9", 1),
        "active",
    ),
    "packed-and-torn-and-points-nowhere": (
        pointing(a_packed_pdf(pack=lambda told: zlib.compress(told)[::-1]), 99_999),
        "broken",
    ),
    "locked-and-points-nowhere": (pointing(locked_pdf("open", "secret", **LOCKED), 99_999), "locked"),
    "locked-against-changes-and-points-nowhere": (
        pointing(locked_pdf("", "secret", **LOCKED), 99_999),
        "broken",
    ),
    "unpacks-to-much-and-points-nowhere": (pointing(packed(unpacking_to(101)), 9), "bomb"),
    "torn": (a_packed_pdf(pack=lambda told: zlib.compress(told)[::-1]), "broken"),
    "deep": (a_pdf(b"[" * 50_000 + b"]" * 50_000), "broken"),
    "torn-and-running": (b"%PDF-1.7 << /J#61vaScript (app.alert(1)) >>", "active"),
    "unpacks-to-much": (
        a_pdf(
            a_stream(
                zlib.compress(b"7 0 1" + bytes(30_000_000)), b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode"
            )
        ),
        "bomb",
    ),
    "page-that-unpacks-to-much": (packed(unpacking_to(101)), "bomb"),
    "pages-that-unpack-to-much": (a_pdf(*[a_stream(unpacking_to(30), b"/Filter/FlateDecode")] * 4), "bomb"),
    "page-that-is-spelled-out-and-unpacks-to-much": (
        packed(a85encode(unpacking_to(101)) + b"~>", SPELLED),
        "bomb",
    ),
    "page-that-unpacks-to-much-by-codes": (
        packed(with_few_codes(100), b"/Filter/LZWDecode"),
        "bomb",
    ),
    "page-that-is-locked-and-unpacks-to-much": (
        locked_pdf(
            "",
            "secret",
            more=[a_stream(unpacking_to(101), b"/Filter/FlateDecode")],
            page=b"/Contents 4 0 R",
        ),
        "bomb",
    ),
    "page-that-is-packed-twice": (packed(twice(b"BT ET"), TWICE), "bomb"),
    "page-that-is-packed-twice-elsewhere": (
        a_pdf(a_stream(twice(b"BT ET"), b"/Filter 5 0 R"), b"[/FlateDecode 6 0 R]", b"/FlateDecode"),
        "bomb",
    ),
    "page-that-is-packed-by-codes-and-again": (packed(b"", b"/Filter[/LZWDecode/FlateDecode]"), "bomb"),
    "picture-that-is-packed-twice": (packed(twice(b"BT ET"), b"/Subtype/Image" + TWICE), "bomb"),
    "picture-that-unpacks-to-what-no-picture-does": (packed(unpacking_to(1_001), PICTURE), "bomb"),
    "picture-by-codes-that-unpacks-to-what-no-picture-does": (
        packed(with_few_codes(1_001), A_PICTURE + b"/Filter/LZWDecode"),
        "bomb",
    ),
    "pictures-by-runs-that-unpack-to-what-none-do": (
        a_pdf(*[a_stream(with_runs(260), A_PICTURE + b"/Filter/RunLengthDecode")] * 4),
        "bomb",
    ),
    "picture-by-codes-that-is-spelled-out-and-unpacks-to-much": (
        packed(a85encode(with_few_codes(1_001)) + b"~>", A_PICTURE + b"/Filter[/ASCII85Decode/LZWDecode]"),
        "bomb",
    ),
    "page-that-unpacks-to-much-by-runs": (packed(with_runs(101), b"/Filter/RunLengthDecode"), "bomb"),
    "takes-long": (a_pdf(*[b"[" + b"/a" * 90_000 + b"]"] * 30), "bomb"),
    "takes-much": (a_pdf(*[b"[" + b"[]" * 99_000 + b"]"] * 38), "bomb"),
}


@pytest.mark.parametrize("content", GOOD.values(), ids=GOOD)
def test_pdf_that_can_be_read_has_no_fault(content):
    assert fault_of_pdf(content) == ""


@pytest.mark.parametrize("content", BLEMISHED.values(), ids=BLEMISHED)
def test_pdf_with_a_blemish_that_viewers_mend_is_taken(content):
    assert fault_of_pdf(content) == ""


@pytest.mark.parametrize("content", LOST_AND_FOUND.values(), ids=LOST_AND_FOUND)
def test_pdf_in_which_viewers_find_more_than_we_read_is_not_taken(content):
    assert fault_of_pdf(content) in ("active", "broken")


@pytest.mark.parametrize(("content", "fault"), FAULTY.values(), ids=FAULTY)
def test_pdf_that_cannot_be_taken_is_told_why(content, fault):
    assert fault_of_pdf(content) == fault
