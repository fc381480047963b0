"""What the demonstration of fairs shows, also after the clock has gone over it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fairs.applications.queries import counts_of
from fairs.badges.queries import guests_who_entered
from fairs.editions.models import Edition
from fairs.guests.actions import settle_buyers
from fairs.guests.queries import hosted_places_taken, tiers_of
from fairs.report.queries import report_of
from fairs.selection.actions import replay
from fairs.selection.queries import decisions_of, exhibitors_of, standings
from moussem.core.models import LogEntry
from tests.demonstration import fill_demonstration, run_all_steps

pytestmark = [pytest.mark.integration, pytest.mark.filled, pytest.mark.django_db]


def test_buyers_stay_buyers_hosted_ones_too_and_every_applicant_has_a_reader():
    fill_demonstration()
    running = Edition.objects.get(slug="demo-made-in-africa")
    before = tiers_of(running)

    assert settle_buyers() == 0

    assert tiers_of(running) == before == {"visitor": 0, "buyer": 29, "hosted": 7}
    assert hosted_places_taken(running) == 7
    assert all(
        one.application.is_reached for one in standings(Edition.objects.get(slug="demo-terroir-online"))
    )


def test_fair_that_is_over_has_results_that_agree_with_each_other():
    fill_demonstration()
    over = Edition.objects.get(slug="demo-made-in-africa-casablanca")
    counts, whole = counts_of(over), report_of(over).whole
    (decision,) = decisions_of(over)

    assert (over.state, counts["accepted"], counts["refused"]) == ("closed", 8, 4)
    assert (whole["applications"], whole["exhibitors"]) == (12, 8)
    assert exhibitors_of(over).filter(application__state="accepted").count() == 8
    assert replay(decision)[1]
    admitted, entered = over.guests.admitted().count(), guests_who_entered(over)
    assert (whole["guests"], whole["entered"]) == (admitted, len(entered))
    assert 0 < whole["entered"] < whole["guests"]
    regions = report_of(over).tables["region"]
    assert sum(row["exhibitors"] for row in regions) == 8
    keys = [str(pk) for pk in over.applications.values_list("pk", flat=True)]
    letters = LogEntry.objects.filter(
        verb="letter_written", subject_type="fairs.application", subject_id__in=keys
    )
    assert letters.filter(facts__letter="refused").count() == 4
    sent, frozen = over.applications.order_by("sent_at").first().sent_at, over.frozen_report.frozen_at
    assert sent < decision.at < over.doors_open_at < over.doors_close_at <= frozen


def test_fair_that_is_over_had_meetings_and_the_one_that_runs_applications():
    fill_demonstration()
    over = report_of(Edition.objects.get(slug="demo-made-in-africa-casablanca"))
    runs = report_of(Edition.objects.get(slug="demo-made-in-africa")).whole

    assert [over.whole[name] for name in ("meetings", "held", "missed")] == [16, 13, 2]
    assert sum(row["meetings"] for row in over.tables["region"]) == 16
    assert (runs["applications"], runs["exhibitors"]) == (27, 25)


def test_results_of_the_fair_that_is_over_move_on_with_the_day_and_stay_the_same(time_machine):
    fill_demonstration()
    before = report_of(Edition.objects.get(slug="demo-made-in-africa-casablanca")).whole
    time_machine.move_to(timezone.now() + timedelta(days=3))

    run_all_steps()

    over = Edition.objects.get(slug="demo-made-in-africa-casablanca")
    first, last = (over.scans.order_by(order).first().at.date() for order in ("at", "-at"))
    assert report_of(over).whole == before
    assert (first, last <= over.ends_on) == (over.starts_on, True)
    assert over.applications.filter(sent_at__lt=over.doors_open_at).count() == 12
