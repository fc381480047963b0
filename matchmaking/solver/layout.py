"""Where each number of the board stands: one flat array of int64 holds a whole search.

Compiled functions then take a single argument, a copy of the array is a snapshot of the search, and one
compilation serves every instance. Masks hold one bit a slot of a segment; a segment is a day, or part of it
where a day has more slots than a mask has bits.
"""

# --- Counts.
REQUESTS, PEOPLE, COMPANIES, SLOTS, SEGMENTS, DAYS, RESOURCES = range(7)
# --- Where each family of rows begins.
(
    SLOT,
    SEGMENT,
    DAY,
    PERSON,
    HELD,
    MASK,
    SEAT,
    COMPANY,
    REQUEST,
    USE,
    ROOM,
    LIST,
    OPTION,
    WAITING,
    LOG,
    PENDING,
    TOLL,
) = range(8, 25)
# --- Sums that every move keeps up to date.
VALUE, SHORTFALL, IDLE, MOVED, DROPPED, ENERGY_OFFSET, WAITERS, LOGGED = range(25, 33)
# --- What an energy is made of, in points: each is the price of one unit.
PER_VALUE, PER_SHORTFALL, PER_IDLE, PER_MOVE, PER_DROP, MOST_MOVES = range(33, 39)
# --- The search itself.
RANDOM, STAMP, ACCEPTED, TRIED = range(39, 43)
# 1 where a row of meetings may be too long only across segments, since a block goes on from one to another.
JOINED = 43
# 1 where some day has several segments, and people idle from one to another.
SPLIT = 44
HEADER = 48

# TOLL of a resource: what others would pay for a unit of it, in points.
# Fields of a row, and how many a row has. SLOT: its segment, its bit, its day, its place in the segment, and
# whether it goes on with the block of the slot before.
S_SEGMENT, S_BIT, S_DAY, S_PLACE, S_FOLLOWS, SLOT_ROW = range(6)
# SEGMENT: first slot, how many, day, and the bits whose next slot follows without a pause.
G_FIRST, G_SLOTS, G_DAY, G_LINKED, SEGMENT_ROW = range(5)
# DAY: its first segment, one past its last.
D_FIRST, D_END, DAY_ROW = range(3)
# PERSON: company, most in a row, most a day.
P_COMPANY, P_RUN, P_DAY, PERSON_ROW = range(4)
# MASK of a person and segment: may meet at all, is taken, could take one more, and idle slots.
M_OPEN, M_TAKEN, M_FREE, M_IDLE, MASK_ROW = range(5)
# COMPANY: meetings held, meetings promised.
C_HELD, C_PROMISED, COMPANY_ROW = range(3)
# USE of a resource (tables of a kind and owner, or a pool) in a slot: there, taken, where its list begins.
U_THERE, U_TAKEN, U_LIST, USE_ROW = range(4)
(
    R_A,
    R_B,
    R_VALUE,
    R_PEOPLE_A,  # where its list of people begins, and how many
    R_COUNT_A,
    R_PEOPLE_B,
    R_COUNT_B,
    R_TABLES,  # resources: kinds of tables
    R_TABLE_KINDS,
    R_POOLS,  # resources: pools; none needed where R_NEEDS_POOL is 0
    R_POOL_KINDS,
    R_NEEDS_POOL,
    R_LOCKED,  # pinned: never touched
    R_PUBLISHED,  # the slot that people hold already, or -1
    R_PUBLISHED_A,
    R_PUBLISHED_B,
    R_FORCED,  # its published place has become impossible
    R_SLOT,  # where it is held now, or -1
    R_PERSON_A,
    R_PERSON_B,
    R_TABLE,  # the resource it uses
    R_POOL,
    R_TABLE_AT,  # its place in the list of that resource and slot
    R_POOL_AT,
    R_WAITING_AT,  # its place among those not held
    R_STAMP,  # the last chain that touched it
    R_WORTH,  # what it is likely to cost to hold it no longer, in points
    R_HOPE,  # what the relaxed choice says of it: the higher, the surer to be held
    REQUEST_ROW,
) = range(29)
# LOG: what was done (1 held, 0 let go), request, slot, both people, table, pool.
LOG_ROW = 7
LOG_SIZE = 512
PENDING_SIZE = 128
MASK_BITS = 62
