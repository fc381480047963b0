"""What rooms above hear of what buyers want."""

from moussem.core.events import Event

# Somebody asks for what they did not find: sender = Request; facts: request, actor.
product_wanted = Event()
