"""What stands announce to higher rooms."""

from moussem.core.events import Event

# A question found nobody at the stand: sender = StandThread; facts: thread, text. Whoever keeps enquiries
# joins the write, and names on the thread what it was taken up as.
message_left = Event()
# Somebody answered such a message at the stand: sender = StandThread; facts: thread, text, actor.
message_answered = Event()
