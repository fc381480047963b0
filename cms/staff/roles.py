"""Who writes, reads again, translates and publishes, as groups of Wagtail: what each may do, and where.

A group holds what its members may do to pages (below every home page), to pictures and to documents (in every
collection), and beside them. The names are kept in the database; whoever runs the site may add members only.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_noop

ENTER = "wagtailadmin.access_admin"
TRANSLATE = "wagtail_localize.submit_translation"
MENUS = tuple(f"cms.{verb}_menulink" for verb in ("add", "change", "delete", "view"))
# In the session: every page of the site shows the account menu, and none asks the database for this link. The
# rooms ask for themselves whoever comes in.
WORKS_HERE = "works_in_the_editors_house"


@dataclass(frozen=True)
class Role:
    """What the members of a group may do."""

    name: str
    pages: tuple[str, ...]
    files: tuple[str, ...]
    besides: tuple[str, ...] = ()


AUTHORS = Role(gettext_noop("Authors"), pages=("add",), files=("add", "choose"))
EDITORS = Role(gettext_noop("Editors"), pages=("add", "change"), files=("add", "change", "choose"))
TRANSLATORS = Role(
    gettext_noop("Translators"), pages=("add", "change"), files=("add", "choose"), besides=(TRANSLATE,)
)
PUBLISHERS = Role(
    gettext_noop("Publishers"),
    pages=("add", "change", "publish", "bulk_delete", "lock", "unlock"),
    files=("add", "change", "choose"),
    besides=(TRANSLATE, *MENUS),
)
ROLES = (AUTHORS, EDITORS, TRANSLATORS, PUBLISHERS)

# One group for each region that has a page; its code stands in the name, so that it is found again.
CORRESPONDENTS = "Correspondents of"
CORRESPONDENT = Role(CORRESPONDENTS, pages=("add", "change"), files=("add", "change", "choose"))


def correspondents_of(code: str, name: str) -> str:
    """The name of the group and of the collection of one region."""
    return f"{CORRESPONDENTS} {code} {name}"
