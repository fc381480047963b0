import pytest

from fairs.floor.geometry import Place
from fairs.floor.svg import MOST_BYTES, BadDrawing, drawing_from

pytestmark = pytest.mark.unit

BOOTH = '<rect id="B1" x="0" y="0" width="100" height="50"/>'


def drawn(inside, frame='viewBox="0 0 1000 500"', head=""):
    return drawing_from(
        f'{head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {frame}>'
        f"{inside}</svg>".encode()
    )


@pytest.mark.parametrize(
    "shape",
    [
        '<rect id="B1" x="10" y="20" width="30" height="40"/>',
        '<rect id="b1" width="30" height="40" transform="translate(10 20)"/>',
        '<polygon id="B1" points="10,20 40,20 40,60 10,60"/>',
        '<path id="B1" d="M10 20h30v40H10z"/>',
        '<path id="B1" d="m10,20 30,0 0,40 -30,0z"/>',
        '<ellipse id="B1" cx="25" cy="40" rx="15" ry="20"/>',
        '<g transform="translate(5,10) scale(.5)"><rect id="B1" x="10" y="20" width="60" height="80"/></g>',
        '<g id="B1"><text>B1</text><g><rect x="10" y="20" width="30" height="40"/></g></g>',
        '<rect id="B1" x="-20" y="-60" width="30" height="40" transform="rotate(180) translate(-20 0)"/>',
    ],
)
def test_booth_is_told_by_the_id_of_its_shape(shape):
    assert drawn(shape).places == (Place("B1", 10, 20, 30, 40),)


def test_plan_is_a_thousand_units_wide_whatever_its_frame():
    drawing = drawn('<rect id="B1" x="5" y="5" width="10" height="5"/>', 'viewBox="5 5 100 50"')

    assert (drawing.width, drawing.height, drawing.places) == (1000, 500, (Place("B1", 0, 0, 100, 50),))


def test_walls_keep_their_shape_and_lose_their_colours():
    drawing = drawn(
        BOOTH + '<path d="M0,0L9.12345-9" fill="red" style="fill:none;stroke:url(#x)" id="wall"/>'
    )

    assert drawing.markup == (
        '<g transform="scale(1) translate(0 0)"><path d="M 0 0L 9.123 -9" fill="none"/></g>'
    )


@pytest.mark.parametrize(
    ("harm", "left_out"),
    [
        ("<foreignObject><p>x</p></foreignObject>", ("foreignObject",)),
        ('<use xlink:href="#y"/>', ("use",)),
        ('<rect width="5" height="5" xlink:href="#y"/>', ("href",)),
        ('<animate attributeName="x" to="5" values="0;5"/>', ("animate",)),
        (r"<style>.a{fill:\23 fff}</style>", ()),
        ("<style>rect{fill:url(#x)}</style>", ()),
        ('<rect width="url(#x)" height="5" fill="url( &quot;#x&quot; )"/>', ()),
        ("<text>&lt;script&gt;alert(1)&lt;/script&gt;</text>", ()),
        ('<path d="M0 0&quot; onload=&quot;alert(1)"/>', ("path",)),
        ('<path id="south wall" d="M0 0 to the door"/>', ("path#south wall",)),
        ('<polyline points="here there"/>', ("polyline",)),
        ('<animate attributeName="href" values="#a;#b"/>', ("animate",)),
    ],
)
def test_what_could_harm_is_left_out_and_named(harm, left_out):
    drawing = drawn(BOOTH + harm)

    assert drawing.left_out == left_out
    told = drawing.markup.lower()
    assert [word for word in ("<script", "onclick", "onload", "href", "url(", "style") if word in told] == []


@pytest.mark.parametrize(
    ("harm", "parts"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<defs><script/></defs>", "<script>"),
        ('<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>', "<script (not SVG)>"),
        ('<rect width="5" height="5" onclick="alert(1)"/>', "onclick"),
        (
            '<image href="https://elsewhere.example/x.png"/><g onload="x()"/>',
            "image → https://elsewhere.example/x.png, onload",
        ),
        (
            '<use xlink:href=" //elsewhere.example/x.svg#y"/>',
            "use → //elsewhere.example/x.svg#y",
        ),
        ('<a href="javascript:alert(1)"><rect width="5"/></a>', "a → javascript:alert(1)"),
        ('<rect fill="url(https://elsewhere.example)"/>', "fill: url(…)"),
        ("<rect style=\"fill:url( '//elsewhere.example')\"/>", "style: url(…)"),
        ("<style>@import 'https://elsewhere.example'</style>", "<style>: @import"),
        (r"<style>@\69mport 'https://elsewhere.example'</style>", "<style>: @import"),
        (r"<style>rect{fill:\75 r\l(//elsewhere.example)}</style>", "<style>: url(…)"),
        (
            '<h:style xmlns:h="http://www.w3.org/1999/xhtml">@import "//elsewhere.example"</h:style>',
            "<style>: @import",
        ),
        ('<rect style="fill:image-set(&quot;//elsewhere.example&quot; 1x)"/>', "style: image-set(…)"),
        ("<iframe/>", "<iframe>"),
        ('<h:object xmlns:h="http://www.w3.org/1999/xhtml"/>', "<object (not SVG)>"),
        ("<foreignObject><embed/></foreignObject>", "<embed>"),
        ('<image src="data:image/png;base64,AA"/>', "image → data:image/png;base64,AA"),
        ('<animate attributeName="href" to="javascript:alert(1)"/>', "to: javascript:…"),
        (
            '<animate attributeName="xlink:href" values="#a; http://elsewhere.example"/>',
            "animate → http://elsewhere.example",
        ),
        ('<set attributeName="onmouseover" to="alert(1)"/>', "set: onmouseover"),
        ("<handler>alert(1)</handler>", "<handler>"),
        ('<h:applet xmlns:h="http://www.w3.org/1999/xhtml"/>', "<applet (not SVG)>"),
        ('<foreignObject><meta content="0"/></foreignObject>', "<meta>"),
        ('<image srcset="x.png 2x"/>', "image → x.png 2x"),
        ('<video poster="/x.png"/>', "video → /x.png"),
        ('<form action="/go/"/><button formaction="/on/"/>', "button → /on/, form → /go/"),
        ("<style><g/>@import 'https://elsewhere.example'</style>", "<style>: @import"),
        ('<set attributeName="href" values="#a; java&#10;script:alert(1)"/>', "values: javascript:…"),
    ],
)
def test_drawing_that_would_run_or_fetch_something_is_refused_and_says_what(harm, parts):
    with pytest.raises(BadDrawing) as refusal:
        drawn(BOOTH + harm)

    assert (refusal.value.why, refusal.value.facts) == ("hostile", {"parts": parts})


def test_drawing_that_brings_a_style_sheet_along_is_refused():
    with pytest.raises(BadDrawing) as refusal:
        drawn(BOOTH, head='<?xml-stylesheet href="https://elsewhere.example/x.css"?>')

    assert (refusal.value.why, refusal.value.facts) == ("hostile", {"parts": "<?xml-stylesheet?>"})


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        ("", "no_booths"),
        (BOOTH * 2, "twice"),
        ('<path id="B1" d="nothing"/>', "no_shape"),
        ('<rect id="B1" x="2000" width="9" height="9"/>', "outside"),
        ('<rect id="B1" x="1e60" width="1e90" height="9"/>', "no_shape"),
        (BOOTH + '<g transform="turn(9)"/>', "transform"),
        (BOOTH + "<g/>" * 5_001, "elements"),
        (BOOTH + "<g>" * 40 + "</g>" * 40, "depth"),
        (BOOTH + f"<text>{'x' * 40_000}</text>", "heavy"),
        ("<rect", "unreadable"),
    ],
)
def test_drawing_that_is_no_plan_is_refused_with_its_reason(inside, why):
    with pytest.raises(BadDrawing) as refusal:
        drawn(inside)

    assert refusal.value.why == why


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        ("<style>" * 25_000 + "<script>", "depth"),
        ("<g>" * 200_000 + "<", "depth"),
        ("<defs>" + "<style/>" * 5_000 + "<", "elements"),
        (f'<g id="B2">{"<g>" * 40}', "depth"),
    ],
)
def test_drawing_that_is_too_deep_or_too_long_is_refused_before_the_rest_is_read(inside, why):
    with pytest.raises(BadDrawing) as refusal:
        drawn(BOOTH + inside)

    assert (refusal.value.why, refusal.value.facts) == (why, {})


def test_many_parts_that_are_left_out_are_not_all_named():
    drawing = drawn(BOOTH + "".join(f"<part{number:02}/>" for number in range(30)))

    assert drawing.left_out == (*(f"part{number:02}" for number in range(20)), "…")


SPACES = " " * 1_500_000


@pytest.mark.parametrize(
    "inside",
    [
        f'<rect x="1{SPACES}z"/>',
        f'<g transform="scale(1){SPACES}z"/>',
        f'<path d="M0{SPACES}z"/>',
        f'<text x="1">A<tspan x="1{SPACES}z"/></text>',
        f'<g id="B2"><rect x="1{SPACES}z"/></g>',
    ],
)
def test_part_that_says_too_much_is_refused_before_it_is_read(inside):
    with pytest.raises(BadDrawing) as refusal:
        drawn(BOOTH + inside)

    assert refusal.value.why == "letters"


def test_frame_that_says_too_much_is_refused_before_it_is_read():
    with pytest.raises(BadDrawing) as refusal:
        drawn(BOOTH, f'width="1{SPACES}z" height="9"')

    assert refusal.value.why == "letters"


def test_picture_within_a_drawing_is_left_out_however_long():
    drawing = drawn(f'{BOOTH}<image href="data:image/png;base64,{"A" * 100_000}"/>')

    assert drawing.left_out == ("image",)


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        (f'<g transform="rotate({"9" * 400})"/>', "transform"),
        (f'<g transform="skewX({"9" * 400})"/>', "transform"),
        (f'<g transform="matrix(1 0 0 1 {"9" * 400} 0)"/>', "transform"),
        (f'<g transform="{"scale(1e9)" * 50}"/>', "transform"),
        (f'<path d="M0 {"9" * 400}"/>', "far"),
        (f'<path d="M0 0A1 1 0 0 0 {"9" * 400} 0"/>', "far"),
        ('<polyline points="0 0 1e99 5"/>', "far"),
        (f'<polygon id="B2" points="0 0 {"9" * 400} 5"/>', "no_shape"),
    ],
)
def test_number_beyond_any_plan_is_refused(inside, why):
    with pytest.raises(BadDrawing) as refusal:
        drawn(BOOTH + inside)

    assert refusal.value.why == why


def test_entities_are_refused_before_they_grow():
    bomb = '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'

    with pytest.raises(BadDrawing) as refusal:
        drawn(f"{BOOTH}<text>&b;</text>", head=bomb)

    assert refusal.value.why == "entities"


@pytest.mark.parametrize("frame", ["", 'viewBox="0 0 0 10"', 'viewBox="a b c d"', 'width="1e99" height="5"'])
def test_drawing_must_say_how_large_it_is(frame):
    with pytest.raises(BadDrawing) as refusal:
        drawn(BOOTH, frame)

    assert refusal.value.why == "size"


@pytest.mark.parametrize("content", [b"x" * (MOST_BYTES + 1), b"x" * 20_000_000])
def test_too_many_bytes_are_not_even_read(content):
    with pytest.raises(BadDrawing) as refusal:
        drawing_from(content)

    assert refusal.value.why == "bytes"


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff", b"<html/>", b"GIF89a", b'<?xml version="1.0" encoding="no"?>']
)
def test_what_is_no_svg_is_unreadable(content):
    with pytest.raises(BadDrawing) as refusal:
        drawing_from(content)

    assert refusal.value.why == "unreadable"


def test_words_of_a_drawing_turn_nothing_around_them():
    drawing = drawn(
        '<rect id="A1" width="9" height="9"/><text x="1">Do\u202eor<tspan>\u2066B</tspan>\u2069</text>'
    )

    assert '<text x="1">Door<tspan>B</tspan></text>' in drawing.markup
