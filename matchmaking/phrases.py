"""What is said to people about problems and timetables; the pure modules answer with codes."""

from django.utils.translation import gettext_lazy as _

from matchmaking.reading import Unreadable

UNREADABLE = {
    "no_file": _("%(file)s cannot be read."),
    "too_long": _("%(file)s is longer than %(wanted)s million bytes. Nothing was solved; divide the fair."),
    "too_many": _(
        "The list “%(where)s” has %(found)s rows; at most %(wanted)s are solved. Nothing was solved; divide "
        "the fair."
    ),
    "too_many_places": _(
        "The list “%(where)s” has %(found)s rows for %(slots)s slots; at most %(wanted)s of both multiplied "
        "are solved. Nothing was solved; divide the fair."
    ),
    "too_many_pairs": _(
        "With row %(row)s of “%(where)s” there are %(found)s pairs of people who might meet; at most "
        "%(wanted)s are solved. Nothing was solved; divide the fair."
    ),
    "slots_overlap": _(
        "Row %(row)s of “%(where)s” begins before the slot above it ends. Slots follow each other in time."
    ),
    "window_backwards": _("Row %(row)s of “%(where)s” has a window that ends before it begins."),
    "other_company": _("Row %(row)s of “%(where)s” names person %(found)s, who is not of this company."),
    "named_twice": _("Row %(row)s of “%(where)s” names %(found)s as “%(key)s” for the second time."),
    "pinned_twice": _(
        "Row %(row)s of “pinned” holds request %(found)s at another place than a row above it does. Nothing "
        "was solved; leave one of the two out."
    ),
    "pins_move_too_many": _(
        "The pinned meetings move %(found)s of those that people hold; “max_moves” allows %(wanted)s. "
        "Nothing was solved; pin fewer elsewhere or allow more."
    ),
    "too_large": _(
        "Row %(row)s of “%(where)s” has %(found)s as “%(key)s”; at most %(wanted)s is reckoned with. Nothing "
        "was solved."
    ),
    "not_utf8": _("%(file)s is not text in UTF-8."),
    "not_json": _("%(file)s is not JSON: something is wrong at line %(line)s."),
    "not_an_object": _("The file holds no problem."),
    "other_format": _("The file is of the format “%(found)s” and not “%(wanted)s”."),
    "missing_list": _("The list “%(where)s” is missing."),
    "missing_key": _("Row %(row)s of “%(where)s” has no “%(key)s”."),
    "wrong_value": _("Row %(row)s of “%(where)s” holds a value that cannot be: %(found)s."),
    "id_out_of_place": _("Row %(row)s of “%(where)s” has the number %(found)s; numbers follow the rows."),
    "unknown_id": _("Row %(row)s of “%(where)s” names %(found)s as “%(key)s”, which does not exist."),
    "meets_itself": _("Row %(row)s of “%(where)s” has a company meet itself."),
    "capacity_length": _(
        "Pool %(row)s has %(found)s numbers of interpreters; there are %(wanted)s slots to have one for."
    ),
}


def sentence_about(refusal: Unreadable) -> str:
    """Why a file cannot be read, in the active language."""
    return str(UNREADABLE[refusal.code]) % refusal.told
