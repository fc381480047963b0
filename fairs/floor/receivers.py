"""What the floor does when an edition is cloned, and when somebody gives its place back."""

from collections.abc import Sequence

from django.db import models

from fairs.editions.cloning import goes_along
from fairs.floor.actions import free_of_who_left
from fairs.floor.actions.planning import copy_floor
from moussem.core.log import watches

# Booths look for the copies of their categories.
goes_along(copy_floor, order=30)


@watches("fairs.edition", "fairs.exhibitor")
def _booths_of_who_left(subjects: Sequence[models.Model]) -> None:
    # A place is given back in a room below, which knows of no booths but logs what it writes.
    free_of_who_left({getattr(one, "edition_id", one.pk) for one in subjects})
