"""What this room announces to those above it."""

from moussem.core.events import Event

# The next edition of a fair was created: sender = Edition; facts: old, new. Each room joins the write with
# the copy of its own part: a clone without its rubric would be half a clone.
edition_cloned = Event()
# People meet in another way: sender = Edition; facts: edition, was. Who depends on the way before refuses it.
mode_changed = Event()
# An edition has other days, hours, breaks or clocks: sender = Edition; facts: edition, was (when the doors
# were open before, as pairs of moments), zone_was (by which clocks), moved and moved_from (by how many days,
# and from the clocks of which zone, what is planned goes along), actor, told (a list that takes a sentence
# for each thing that moves with it). Who cannot do with them joins the write and refuses it.
days_planned = Event()
