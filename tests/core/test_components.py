"""The components say what they must, in each language, and refuse a misspelt attribute."""

from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils.translation import override

from moussem.core.templatetags.icons import ICONS

pytestmark = pytest.mark.unit

NARROW, HARD = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


def rendered(source, **context):
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("language", "currency", "text"),
    [
        ("en", "EUR", "€12,345.50"),
        ("en", "MAD", f"MAD{HARD}12,345.50"),
        ("fr", "EUR", f"12{NARROW}345,50{HARD}€"),
        ("fr", "MAD", f"12{NARROW}345,50{HARD}MAD"),
        ("ar", "EUR", f"\N{RIGHT-TO-LEFT MARK}12.345,50{HARD}€"),
        ("ar", "USD", f"12.345,50{HARD}US$"),
    ],
)
def test_amount_is_written_as_each_language_writes_it(language, currency, text):
    with override(language):
        html = rendered("{% amount value currency %}", value="12345.5", currency=currency)

    assert html == f'<bdi class="amount">{text}</bdi>'


def test_exact_amount_keeps_the_decimals_of_a_unit_price():
    with override("en"):
        assert rendered('{% amount "0.0875" "EUR" exact=True %}') == '<bdi class="amount">€0.0875</bdi>'


def test_quantity_names_its_unit_and_stays_on_one_line():
    with override("en"):
        assert rendered('{% quantity 12.5 "kg" %}') == f'<bdi class="amount">12.5{HARD}kg</bdi>'
        assert rendered('{% quantity 1 "pair" %}') == f'<bdi class="amount">1{HARD}pair</bdi>'
        assert rendered('{% quantity 2 "pair" %}') == f'<bdi class="amount">2{HARD}pairs</bdi>'


def test_code_reads_left_to_right_and_is_escaped():
    html = rendered("{% code value %}", value="<RF18>")

    assert html == '<bdi class="code" dir="ltr" translate="no">&lt;RF18&gt;</bdi>'


@pytest.mark.parametrize(
    "source",
    [
        '{% badge lable="Organic" %}',
        '{% badge label="Organic" tone="pink" %}',
        '{% mark state="guessed" %}',
        '{% icon "unicorn" %}',
        '{% button_link label="Go" %}',
        '{% empty_state icon="package" %}{% endempty_state %}',
        '{% message kind="loud" %}{% endmessage %}',
        '{% price_ladder rows=rows currency="EUR" %}',
        '{% price_ladder rows=rows currency="EUR" unit="g" %}',
        '{% months_chart values=rows unit="kg" title="Capacity" %}',
    ],
)
def test_a_misspelt_or_missing_attribute_is_an_error(source):
    with pytest.raises(TemplateSyntaxError):
        rendered(source, rows=[{"quantity": 1}])


def test_pagination_keeps_the_query_string():
    request = RequestFactory().get("/products/", {"q": "safran", "page": "2", "region": "souss"})
    page = Paginator(range(100), 20).get_page(2)

    html = Template("{% pagination page=page %}").render(RequestContext(request, {"page": page}))

    assert 'href="?q=safran&amp;page=3&amp;region=souss" rel="next"' in html
    assert 'href="?q=safran&amp;page=1&amp;region=souss" rel="prev"' in html


def test_a_single_page_shows_no_pagination():
    request = RequestFactory().get("/products/")
    page = Paginator(range(3), 20).get_page(1)

    assert (
        Template("{% pagination page=page %}").render(RequestContext(request, {"page": page})).strip() == ""
    )


def test_price_ladder_marks_the_step_that_the_quantity_reaches():
    tiers = [
        SimpleNamespace(min_quantity=500, unit_price="3.30"),
        SimpleNamespace(min_quantity=2500, unit_price="3.10"),
    ]

    with override("en"):
        html = rendered('{% price_ladder rows=rows currency="EUR" unit="g" ordered=3000 %}', rows=tiers)

    assert html.count('aria-current="true"') == 1
    assert html.index("€3.30") < html.index('aria-current="true"') < html.index("€3.10")


def test_price_ladder_is_drawn_from_the_right_in_arabic():
    tiers = [{"min_quantity": 1, "unit_price": 9}, {"min_quantity": 10, "unit_price": 8}]
    source = '{% price_ladder rows=rows currency="EUR" unit="kg" %}'

    with override("ar"):
        assert 'x="270.0"' in rendered(source, rows=tiers).split("9,00")[0].rsplit("<text", 1)[1]


@pytest.mark.parametrize(
    ("language", "start", "said"),
    [
        ("en", 'x="2" y="18" direction="ltr"', ["MAD per pair", "quantity ordered, in pairs"]),
        ("ar", 'x="358" y="18" direction="rtl"', ["MAD لكل زوج", "الكمية المطلوبة"]),
    ],
)
def test_price_ladder_says_on_its_axes_what_they_count(language, start, said):
    tiers = [{"min_quantity": 1, "unit_price": 9}, {"min_quantity": 10, "unit_price": 8}]

    with override(language):
        drawing = rendered('{% price_ladder rows=rows currency="MAD" unit="pair" %}', rows=tiers)

    drawing = drawing.partition("</svg>")[0].partition("<svg")[2]
    assert start in drawing
    assert [words in drawing for words in said] == [True, True]


class Enquiry(forms.Form):
    email = forms.EmailField(label="E-mail", help_text="We answer here.")
    way = forms.ChoiceField(label="Way", widget=forms.RadioSelect, choices=[("sea", "Sea"), ("air", "Air")])


def test_a_field_ties_its_help_and_its_error_to_its_control():
    form = Enquiry({"email": "nobody"})

    html = str(form["email"].as_field_group())

    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'id="id_email_helptext"' in html
    assert 'id="id_email_error"' in html
    assert 'aria-invalid="true"' in html


def test_error_summary_leads_to_each_field():
    html = rendered("{% error_summary form %}", form=Enquiry({"email": "nobody"}))

    assert 'href="#id_email"' in html
    assert 'href="#id_way_0"' in html


@pytest.mark.parametrize(
    ("widget", "files", "said"),
    [
        (forms.PasswordInput(), {}, "What you typed has been kept, but for the password."),
        (
            forms.FileInput(),
            {"other": object()},
            "What you typed has been kept, but files must be chosen again.",
        ),
        (forms.FileInput(), {}, "What you typed has been kept."),
        (forms.TextInput(), {}, "What you typed has been kept."),
    ],
)
def test_error_summary_says_only_what_was_lost(widget, files, said):
    class Asked(forms.Form):
        thing = forms.CharField(widget=widget)

    html = rendered("{% error_summary form %}", form=Asked({}, files))

    assert html.partition("<p>")[2].partition(" Correct the following")[0] == said


def test_error_summary_is_silent_before_anything_was_sent():
    assert rendered("{% error_summary form %}", form=Enquiry()).strip() == ""


def test_every_icon_is_drawn_in_the_sprite(settings):
    sprite = settings.BASE_DIR / "platform/moussem/core/static/core/img/icons.svg"
    drawn = {line.split('"')[1] for line in sprite.read_text().splitlines() if line.startswith("<symbol")}

    assert drawn == set(ICONS)


def test_reference_is_read_in_fours_and_copied_whole():
    fours = "".join(f'<span class="code__four">{four}</span>' for four in ("RF16", "2026", "0"))

    assert rendered('{% reference "RF16 20260" %}') == (
        f'<bdi class="code" dir="ltr" translate="no">{fours}</bdi>'
    )


def test_refusal_of_the_whole_stands_alone_in_the_error_summary():
    form = Enquiry({"email": "one@demo.example", "name": "One", "message": "Hello"})
    form.full_clean()
    form._errors.clear()
    form.add_error(None, "This booth has just been taken. Nothing was changed.")

    html = rendered("{% error_summary form %}", form=form)

    assert ("Nothing was changed." in html, "What you typed has been kept" in html) == (True, False)
