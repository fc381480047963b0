"""How much each answer counts, from 0 to 1; read by the pair and by the market. No Django in here."""

from matchmaking.scoring.profiles import NOT_READY, Verdict

MET, UNKNOWN = 1.0, 0.5
# A meeting may still be worth it: an interpreter, another Incoterm, a larger first order.
NO_SHARED_LANGUAGE = 0.1
OTHER_INCOTERM = 0.3
TOO_SLOW = 0.3
NOT_SERVED = 0.2
SMALL_DEPOSIT = 0.4
# A share of the volume is worth more than nothing known of it, once it is a half of what is asked.
PARTIAL_FROM, PARTIAL_BY = 0.2, 0.6
LEAST_OF_MOQ = 0.1
# Capacity beyond the need is no merit, so that a small seller equals a large one.
WHOLE = 1.0

# What a buyer asks of goods, what it asks of a seller, and what a seller asks of a buyer.
GOODS = {"kind": 3.0, "certificates": 3.0, "lab": 2.0, "volume": 3.0, "lead": 1.0}
OF_SELLER = {"language": 3.0, "incoterm": 1.0, "preference": 1.0, "readiness": 1.0, "history": 1.0}
OF_BUYER = {"language": 3.0, "market": 2.0, "payment": 1.0, "history": 1.0}
READINESS = {"A": 1.0, "B": 0.8, NOT_READY: 0.0}
# The past of two, the weightiest first. Strangers stand in the middle: they are no worse than others.
PAST = {"ordered": 1.0, "agreed": 0.9, "met": 0.8, "missed": 0.3}
STRANGERS = 0.5
# An open offer never outranks the same offer with its facts known, nor a part the whole.
STANDS = {Verdict.NONE: 0.0, Verdict.OPEN: 0.6, Verdict.PARTIAL: 0.9, Verdict.FULL: 1.0}
# The best answered need decides; the others together add a quarter.
BEST_NEED, ALL_NEEDS = 0.75, 0.25
# What two houses are to each other halves the worth of goods at most.
LEAST_OF_SIDE = 0.5
# Somebody who tells no needs could want anything.
NO_NEEDS = UNKNOWN * STANDS[Verdict.OPEN]
