"""What meetings ask of the organiser of an edition stands on its board."""

from fairs.editions.todo import lists_to_do
from matchmaking.timetables.todo import meetings_to_arrange

lists_to_do(meetings_to_arrange)
