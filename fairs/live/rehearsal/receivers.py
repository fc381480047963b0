"""What rehearsals tell the organiser of an edition."""

from fairs.editions.todo import lists_to_do
from fairs.live.rehearsal.todo import stands_counted, stands_to_get_ready

lists_to_do(stands_to_get_ready, stands_counted)
