import pytest

from tests.house.markup import read

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("<p>Order now</p>", ["Order now"]),
        ('<p>{% translate "Order now" %}</p>', []),
        ("<p>{% blocktranslate trimmed with n=n %}Order <b>{{ n }}</b> now{% endblocktranslate %}</p>", []),
        ('<a href="{% url "x" %}" title="Basket">{{ count }} &middot;</a>', ["Basket"]),
        ('<input type="submit" value="Send">', ["Send"]),
        ('<input type="text" value="Send">', []),
        ('<img src="a.svg" alt="A saffron field">', ["A saffron field"]),
        ("<p {% if a > b %}class='x'{% endif %}>{# a note #}{% comment %}two notes{% endcomment %}</p>", []),
        ('<span translate="no">Fruits <b>rouges</b></span><p>After</p>', ["After"]),
        ("<p>IBAN, 12 kg, Moussem</p>", []),
        ("<td>منتوج</td>", ["منتوج"]),
        ('<script type="module" src="a.js"></script><br>Tail', ["Tail"]),
    ],
)
def test_visible_text_outside_gettext_is_found(source, texts):
    assert read(source).texts == texts


@pytest.mark.parametrize(
    ("source", "inline"),
    [
        ('<p style="color:red">', ["p style"]),
        ('<button onclick="go()">', ["button onclick"]),
        ("<style>p{}</style>", ["style"]),
        ("<script>go()</script>", ["script"]),
        ('<script src="a.js"></script>', []),
        ('<script type="application/json" id="x">{}</script>', []),
        ('<a href="javascript:go()">{% icon "x" %}</a>', ["a javascript:"]),
        ("<p class='on'>", []),
    ],
)
def test_inline_style_and_script_are_found(source, inline):
    assert read(source).inline == inline
