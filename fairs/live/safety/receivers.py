"""What reports tell the organiser of an edition."""

from fairs.editions.todo import lists_to_do
from fairs.live.safety.todo import reports_counted, reports_to_read

lists_to_do(reports_to_read, reports_counted)
