import pytest

from tests.house.plan import files, relative
from tests.house.speech import untranslated

pytestmark = pytest.mark.unit


def test_nobody_is_spoken_to_outside_gettext():
    found = [(relative(path), untranslated(path.read_text("utf-8"))) for path in files(".py")]

    assert [entry for entry in found if entry[1] and not entry[0].startswith("bench/")] == []


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ('messages.success(request, "Kept for you")', ["Kept for you"]),
        ('messages.success(request, _("Kept for you"))', []),
        ('form.add_error("amount", "Too low")', ["Too low"]),
        ('form.add_error("amount", refusal.message)', []),
        ('raise ValidationError(f"{name} is not known")', [" is not known"]),
        ('name = CharField(label="Your name", max_length=3)', ["Your name"]),
        ('class LotGone(Refusal):\n    text = "The lot is gone."', ["The lot is gone."]),
        ('class Kind(models.TextChoices):\n    BUYER = "buyer", "a buyer"', ["a buyer"]),
        ('class Kind(models.TextChoices):\n    BUYER = "buyer", _("a buyer")', []),
        ('iban = CharField(verbose_name="IBAN")', []),
        ('logger.info("nobody reads this")', []),
    ],
)
def test_sentences_outside_gettext_are_found(source, texts):
    assert [text for _line, text in untranslated(source)] == texts
