"""What each region of Morocco is known for, in one sentence, and what the signs of origin are called."""

from django.utils.translation import gettext_lazy as _

STORIES = {
    "MA-01": _("Two seas and the Rif: olive oil, goat cheese, arbutus honey, almonds and woven wool."),
    "MA-02": _("Clementines of Berkane, dates of Figuig, with rosemary and desert truffles between."),
    "MA-03": _("Blue pottery, zellige and leather in the old cities; figs, almonds and herbs in the hills."),
    "MA-04": _("Lentils of Zaër and berries in the plains; carpets, pottery and basketry in the workshops."),
    "MA-05": _("Below the Middle Atlas: euphorbia honey, saffron of Azilal, paprika, walnuts, carpets."),
    "MA-06": _("Couscous, raisins of Doukkala and textiles, beside the great port where most goods leave."),
    "MA-07": _("Argan by the sea, cumin of Rhamna, capers, Tyout-Chiadma olive oil and the pottery of Safi."),
    "MA-08": _("Oases and valleys: Majhoul dates, roses of the Dadès, saffron and carpets of Taznakht."),
    "MA-09": _(
        "Argan country: saffron of Taliouine, almonds of Tafraout, dates of Tata and silver of Tiznit."
    ),
    "MA-10": _("Where the desert begins: prickly pear of Aït Baâmrane, honey of the Sahara, argan."),
    "MA-11": _("Camels, fishing ports and dry fields: camel products, fish, couscous, leather and barley."),
    "MA-12": _("A lagoon between desert and ocean: oysters, octopus, seaweed, fish and early vegetables."),
}

# By the letters under which law 25-06 registers them.
SIGNS = {
    "AOP": _("protected designation of origin"),
    "IGP": _("protected geographical indication"),
    "IG": _("geographical indication"),
    "Label agricole": _("agricultural label"),
}

# What bears a protected name, by the word of the reference data.
GOODS = {
    "almonds": _("almonds"),
    "apples": _("apples"),
    "argan oil": _("argan oil"),
    "clementine": _("clementines"),
    "couscous": _("couscous"),
    "cumin": _("cumin"),
    "dates": _("dates"),
    "dried figs": _("dried figs"),
    "goat cheese": _("goat cheese"),
    "grapes": _("grapes"),
    "henna": _("henna"),
    "honey": _("honey"),
    "lamb": _("lamb"),
    "lentils": _("lentils"),
    "loquat": _("loquats"),
    "olive oil": _("olive oil"),
    "pomegranate": _("pomegranates"),
    "prickly pear": _("prickly pears"),
    "quince": _("quinces"),
    "rose": _("roses"),
    "saffron": _("saffron"),
}


def story_of(code: str) -> str:
    """The sentence about a region in the active language; empty where we know none."""
    return str(STORIES.get(code, ""))
