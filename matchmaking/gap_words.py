"""Why nobody answers a need, as a sentence that people read."""

from collections.abc import Callable

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matchmaking.scoring.gaps import Cause, Gap
from matchmaking.scoring.profiles import Need
from matchmaking.scoring.reasons import Code
from matchmaking.wording import Names, filled, goods_text, joined, limit_text
from moussem.core.templatetags.figures import number


def why_no_answer(need: Need, gap: Gap, names: Names) -> SafeString:
    """Why nobody answers a need, in one sentence."""
    goods = goods_text(need.hs6, need.family, names)
    if gap.cause == Cause.NOBODY_OFFERS:
        return filled(_("Nobody here offers %(goods)s."), goods=goods)
    count = len(gap.nearest)
    first = gap.questions[0][0] if gap.questions else None
    sentence = GAPS.get(first, _other_gap) if gap.cause == Cause.RULED_OUT else _open_gap
    return filled(
        sentence(count),
        count=number(count),
        goods=goods,
        certificates=joined(names.certificates.get(one, one) for one in sorted(need.certificates)),
        limits=joined(limit_text(one, names) for one in need.lab),
    )


GAPS: dict[Code | None, Callable[[int], str]] = {
    Code.CERTIFICATE: lambda count: ngettext(
        "%(count)s offer of %(goods)s, but without %(certificates)s in force.",
        "%(count)s offers of %(goods)s, none with %(certificates)s in force.",
        count,
    ),
    Code.LAB: lambda count: ngettext(
        "%(count)s offer of %(goods)s, but not within %(limits)s.",
        "%(count)s offers of %(goods)s, none within %(limits)s.",
        count,
    ),
    Code.READINESS: lambda count: ngettext(
        "%(count)s offer of %(goods)s, from a seller who is not ready to export yet.",
        "%(count)s offers of %(goods)s, all from sellers who are not ready to export yet.",
        count,
    ),
}


def _other_gap(count: int) -> str:
    return ngettext(
        "%(count)s offer of %(goods)s, which does not meet what is asked.",
        "%(count)s offers of %(goods)s, none of which meets what is asked.",
        count,
    )


def _open_gap(count: int) -> str:
    return ngettext(
        "%(count)s offer of %(goods)s that may fit: not all that is asked is known of it.",
        "%(count)s offers of %(goods)s, of which some may fit: not all that is asked is known of them.",
        count,
    )
