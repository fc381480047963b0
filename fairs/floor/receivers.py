"""What the floor does when somebody gives its place back: the booth is free at the same moment."""

from collections.abc import Sequence

from django.db import models

from fairs.floor.actions import free_of_who_left
from moussem.core.log import watches


@watches("fairs.edition", "fairs.exhibitor")
def _booths_of_who_left(subjects: Sequence[models.Model]) -> None:
    # A place is given back in a room below, which knows of no booths but logs what it writes.
    free_of_who_left({getattr(one, "edition_id", one.pk) for one in subjects})
