"""What this room does when an edition is cloned; heard from the start of every process."""

from fairs.applications.actions.asking import copy_what_is_asked
from fairs.editions.cloning import goes_along

goes_along(copy_what_is_asked, order=10)
