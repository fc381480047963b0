"""Who meets at an edition: parties and their delegates, when they can, and at which tables."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fairs.guests.models import Guest
from matchmaking.parties.states import MATCHING_MOVES, MATCHING_STANDS, MatchingState, Side, TableKind
from moussem.organisations.models import Membership
from moussem.people.models import check_time_zone


class Matching(models.Model):
    """How meetings are made at an edition: until when they are asked for, and how many."""

    MOVES, STANDS, STATE_FIELD = MATCHING_MOVES, MATCHING_STANDS, "state"

    edition = models.OneToOneField("fairs.Edition", on_delete=models.PROTECT, related_name="matching")
    state = models.CharField(
        _("state"), max_length=10, choices=MatchingState.choices, default=MatchingState.PREPARING
    )
    asked_until = models.DateTimeField(_("requests until"), null=True, blank=True)
    # How many requests that are not answered a party may have out at once.
    quota_exporter = models.PositiveSmallIntegerField(_("open requests of an exporter"), default=20)
    quota_buyer = models.PositiveSmallIntegerField(_("open requests of a buyer"), default=20)
    quota_hosted = models.PositiveSmallIntegerField(_("open requests of a hosted buyer"), default=40)
    guarantee_exporter = models.PositiveSmallIntegerField(_("meetings kept for an exporter"), default=3)
    guarantee_buyer = models.PositiveSmallIntegerField(_("meetings kept for a buyer"), default=2)
    most_a_day = models.PositiveSmallIntegerField(_("meetings a day at most"), default=12)
    most_in_a_row = models.PositiveSmallIntegerField(_("meetings without a pause at most"), default=5)
    hold_hours = models.PositiveSmallIntegerField(_("hours that a proposed slot is kept in mind"), default=24)
    reads_messages = models.BooleanField(_("messages are read by the organiser first"), default=False)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)

    class Meta:
        app_label = "matchmaking"
        verbose_name = _("matchmaking of an edition")
        verbose_name_plural = _("matchmaking of editions")
        constraints = [
            models.CheckConstraint(
                condition=Q(most_a_day__gte=1, most_in_a_row__gte=1), name="somebody_may_meet_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.edition)


class Slot(models.Model):
    """One time at which meetings are held, the same for everybody at an edition."""

    # None: the days of its edition are others now, and a cancelled meeting alone keeps its hours.
    edition = models.ForeignKey(
        "fairs.Edition", null=True, blank=True, on_delete=models.PROTECT, related_name="meeting_slots"
    )
    on = models.DateField(_("day"))
    # Slots of one block follow one another without a real pause.
    block = models.PositiveSmallIntegerField(_("block"))
    begins = models.DateTimeField(_("begins"))
    ends = models.DateTimeField(_("ends"))

    class Meta:
        app_label = "matchmaking"
        verbose_name = pgettext_lazy("of a fair", "slot")
        verbose_name_plural = _("slots")
        ordering = ["begins", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "begins"], name="one_slot_at_a_time"),
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="slot_ends_after_beginning"),
        ]

    def __str__(self) -> str:
        return f"{self.begins:%Y-%m-%d %H:%M}Z"


class PartyQuerySet(models.QuerySet):
    def meeting(self):
        """Those who take part now."""
        return self.filter(left_at=None)

    def met(self, is_met=True):
        """Those for whom somebody meets now, or nobody does."""
        there = Exists(Delegate.objects.there().filter(party=OuterRef("pk")))
        return self.filter(there if is_met else ~there)


class Party(models.Model):
    """An organisation at an edition, on one side of the table."""

    edition = models.ForeignKey("fairs.Edition", on_delete=models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="parties"
    )
    side = models.CharField(_("side"), max_length=8, choices=Side.choices)
    exhibitor = models.OneToOneField(
        "fairs.Exhibitor", null=True, blank=True, on_delete=models.PROTECT, related_name="party"
    )
    is_hosted = models.BooleanField(_("hosted buyer"), default=False)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    # Meetings that the timetable keeps for it where it can; None: as the edition says for its side.
    guarantee = models.PositiveSmallIntegerField(_("meetings kept"), null=True, blank=True)
    table_kinds = models.JSONField(_("where it meets"), default=list, blank=True)
    since = models.DateTimeField(_("since"), default=timezone.now)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    # Who left by their own wish, or was taken out by the organiser, is not brought back by a registration.
    wants_no_meetings = models.BooleanField(_("wants no meetings"), default=False)
    was_taken_out = models.BooleanField(_("taken out by the organiser"), default=False)

    objects = PartyQuerySet.as_manager()

    class Meta:
        app_label = "matchmaking"
        verbose_name = _("party to meetings")
        verbose_name_plural = _("parties to meetings")
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "organisation", "side"], name="one_party_per_organisation_and_side"
            ),
            models.CheckConstraint(
                condition=Q(side=Side.EXPORTER) | Q(exhibitor=None), name="exhibitors_export"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.edition}"


def _comes_to_buy() -> Q:
    """A delegate of a buyer who is admitted as one."""
    comes = Guest.objects.buyers().filter(
        organisation=OuterRef("party__organisation"), edition=OuterRef("edition"), person=OuterRef("person")
    )
    return Q(party__side=Side.BUYER) & Exists(comes)


class DelegateQuerySet(models.QuerySet):
    def acting(self, now=None):
        """Those who may act for their party at this moment, whatever was said when they were named.

        A question that is prepared is told the moment as ``now``.
        """
        own = {"organisation": OuterRef("party__organisation")}
        sells = Membership.objects.selling(now).filter(**own, user=OuterRef("person"))
        exporting = Q(party__side=Side.EXPORTER) & Exists(sells)
        return self.filter(_comes_to_buy() | exporting, person__is_active=True)

    def buying(self):
        """Those who meet now for a buyer; the same at any moment, so that it can be prepared."""
        return self.filter(_comes_to_buy(), person__is_active=True, left_at=None, party__left_at=None)

    def there(self, now=None):
        """Those who meet now; see `acting`."""
        return self.acting(now).filter(left_at=None, party__left_at=None)

    def lost(self):
        """Those who were never released, and may not act for their party any more."""
        acting = self.model.objects.acting().values("pk")
        return self.filter(left_at=None, party__left_at=None).exclude(pk__in=acting)


class Delegate(models.Model):
    """A person who meets for a party: by whose clocks, in which hours, how much in a day."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="delegates")
    # Kept beside the party for the constraint: nobody sits on two sides of one edition at a time.
    edition = models.ForeignKey("fairs.Edition", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="delegate_of",
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Africa/Casablanca", validators=[check_time_zone]
    )
    # The hours of their own clocks in which they meet; none: whenever the edition is open. Evenings in Tokyo
    # are mornings in Agadir: the hours may go past midnight.
    wakes = models.TimeField(_("not before"), null=True, blank=True)
    sleeps = models.TimeField(_("not after"), null=True, blank=True)
    most_a_day = models.PositiveSmallIntegerField(_("meetings a day at most"), null=True, blank=True)
    most_in_a_row = models.PositiveSmallIntegerField(
        _("meetings without a pause at most"), null=True, blank=True
    )
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    objects = DelegateQuerySet.as_manager()

    class Meta:
        app_label = "matchmaking"
        verbose_name = _("delegate")
        verbose_name_plural = _("delegates")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "person"], condition=Q(left_at=None), name="one_delegate_per_person"
            ),
            models.UniqueConstraint(fields=["party", "person"], name="one_delegate_per_party_and_person"),
            models.CheckConstraint(
                condition=Q(most_a_day=None) | Q(most_a_day__gte=1), name="delegate_meets_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(most_in_a_row=None) | Q(most_in_a_row__gte=1), name="delegate_meets_once_in_a_row"
            ),
            models.CheckConstraint(
                condition=Q(wakes=None, sleeps=None) | ~Q(sleeps=F("wakes")) & Q(wakes__isnull=False),
                name="hours_have_both_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.party.organisation}"


class Absence(models.Model):
    """A slot in which a delegate said that they do not meet."""

    delegate = models.ForeignKey(Delegate, on_delete=models.CASCADE, related_name="absences")
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="absences")

    class Meta:
        app_label = "matchmaking"
        verbose_name = _("slot without meetings")
        verbose_name_plural = _("slots without meetings")
        ordering = ["slot", "pk"]
        constraints = [models.UniqueConstraint(fields=["delegate", "slot"], name="one_absence_per_slot")]

    def __str__(self) -> str:
        return f"{self.delegate}: {self.slot}"


class MeetingTable(models.Model):
    """A place for one meeting at a time: a table, a room, a booth, a video call."""

    edition = models.ForeignKey("fairs.Edition", on_delete=models.PROTECT, related_name="meeting_tables")
    kind = models.CharField(_("kind"), max_length=8, choices=TableKind.choices)
    number = models.PositiveSmallIntegerField(_("number"))
    # A booth serves its exporter alone.
    owner = models.ForeignKey(
        Party,
        verbose_name=_("only for"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tables",
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        app_label = "matchmaking"
        verbose_name = _("meeting table")
        verbose_name_plural = _("meeting tables")
        ordering = ["kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind", "number"], name="one_table_per_number"),
            models.CheckConstraint(
                condition=~Q(kind=TableKind.BOOTH) | Q(owner__isnull=False), name="booth_has_an_owner"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class Closure(models.Model):
    """A slot in which a table is closed."""

    table = models.ForeignKey(MeetingTable, on_delete=models.CASCADE, related_name="closures")
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="+")

    class Meta:
        app_label = "matchmaking"
        verbose_name = _("closed table")
        verbose_name_plural = _("closed tables")
        constraints = [models.UniqueConstraint(fields=["table", "slot"], name="one_closure_per_slot")]

    def __str__(self) -> str:
        return f"{self.table}: {self.slot}"


class Interpreter(models.Model):
    """Somebody who interprets between two languages, one meeting at a time."""

    edition = models.ForeignKey("fairs.Edition", on_delete=models.PROTECT, related_name="interpreters")
    name = models.CharField(_("name"), max_length=80)
    # In the order of their codes, so that a pair is written one way.
    language = models.CharField(_("language"), max_length=3)
    other_language = models.CharField(_("other language"), max_length=3)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    class Meta:
        app_label = "matchmaking"
        verbose_name = _("interpreter")
        verbose_name_plural = _("interpreters")
        ordering = ["language", "other_language", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(language__lt=F("other_language")), name="interpreter_of_an_ordered_pair"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.language}–{self.other_language})"


class InterpreterAbsence(models.Model):
    """A slot in which an interpreter is not there."""

    interpreter = models.ForeignKey(Interpreter, on_delete=models.CASCADE, related_name="absences")
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="+")

    class Meta:
        app_label = "matchmaking"
        verbose_name = _("slot without an interpreter")
        verbose_name_plural = _("slots without an interpreter")
        constraints = [
            models.UniqueConstraint(fields=["interpreter", "slot"], name="one_interpreter_absence_per_slot")
        ]

    def __str__(self) -> str:
        return f"{self.interpreter}: {self.slot}"
