"""What an officer changes in the administration has the consequences that the organisation's own page has."""

import pytest
from django.urls import reverse

from moussem.core.models import LogEntry
from moussem.organisations.identity import COMPARED
from moussem.organisations.models import Organisation
from moussem.organisations.states import Kind, Verification
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory
from tests.factories.regions import CountryFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def officer(client):
    person = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(person)
    return person


def page_of(organisation):
    return reverse("admin:organisations_organisation_change", args=[organisation.pk])


def typed(client, organisation, **changes):
    """What the form of the administration sends, with these changes."""
    answer = client.get(page_of(organisation))
    form = answer.context["adminform"].form
    fields = {name: form[name].value() for name in form.fields}
    shown = [one for one in form if f'name="{one.html_initial_name}"' in answer.content.decode()]
    fields |= {one.html_initial_name: one.value() for one in shown}
    inlines = [one.formset.management_form for one in answer.context["inline_admin_formsets"]]
    counts = {field.html_name: field.value() for one in inlines for field in one}
    sent = {**fields, **counts, **changes}
    return {name: value for name, value in sent.items() if value is not None and value is not False}


def changed(client, organisation, **changes):
    answer = client.post(page_of(organisation), typed(client, organisation, **changes), follow=True)
    organisation.refresh_from_db()
    return answer.content.decode()


OTHERS = {
    "name": "Another name",
    "name_ar": "اسم آخر",
    "registration_number": "RC 2",
    "tax_number": "ICE 2",
    "city": "Elsewhere",
    "address": "2, another street",
    "kind": Kind.EXPORTER,
}


@pytest.mark.parametrize(("field", "value"), OTHERS.items())
def test_another_identity_by_an_officer_has_to_be_checked_again(client, officer, field, value):
    organisation = OrganisationFactory()

    page = changed(client, organisation, **{field: value})

    assert getattr(organisation, field) == value
    assert (organisation.verification, organisation.checked_by, organisation.checked_at) == (
        Verification.DECLARED,
        None,
        None,
    )
    told = LogEntry.objects.filter(subject_id=str(organisation.pk)).values_list("verb", "actor")
    assert list(told) == [("page_changed", officer.pk), ("moved.declared", officer.pk)]
    assert "has to be checked again" in page


def test_another_country_by_an_officer_has_to_be_checked_again(client, officer):
    organisation = OrganisationFactory(buyer=True)
    other = CountryFactory(code="JP")

    changed(client, organisation, country=other.pk)

    assert (organisation.country, organisation.verification) == (other, Verification.DECLARED)
    assert "country" in COMPARED


def test_what_an_officer_changes_besides_leaves_what_was_checked(client, officer):
    organisation = OrganisationFactory()
    before = Organisation.objects.values("verification", "checked_by", "checked_at").get(pk=organisation.pk)

    page = changed(client, organisation, phone="+212 5 28 00 00 00")

    after = Organisation.objects.values("verification", "checked_by", "checked_at").get(pk=organisation.pk)
    assert (organisation.phone, after) == ("+212 5 28 00 00 00", before)
    assert "has to be checked again" not in page
    (line,) = LogEntry.objects.filter(subject_id=str(organisation.pk))
    assert (line.verb, line.actor, list(line.facts["changed"])) == ("page_changed", officer, ["phone"])


def sent_late(client, organisation, form, **meanwhile):
    """The page after a form was sent that was opened before these changes."""
    Organisation.objects.filter(pk=organisation.pk).update(**meanwhile)
    answer = client.post(page_of(organisation), form, follow=True)
    organisation.refresh_from_db()
    return answer.content.decode()


MEANWHILE = {
    "address": "2, another\nstreet",
    "name_ar": "اسم آخر",
    "founded": 1999,
    "women_led": True,
    "languages": ["fr"],
    "region": None,
}


@pytest.mark.parametrize(("field", "now"), MEANWHILE.items())
def test_page_opened_before_somebody_elses_change_keeps_it_and_what_was_checked(client, officer, field, now):
    organisation = OrganisationFactory(address="1, a\nstreet")
    form = typed(client, organisation, phone="+212 5 28 00 00 00")

    page = sent_late(client, organisation, form, **{field: now})

    assert (getattr(organisation, field), organisation.phone) == (now, "+212 5 28 00 00 00")
    assert organisation.verification == Verification.VERIFIED
    (line,) = LogEntry.objects.filter(subject_id=str(organisation.pk))
    assert list(line.facts["changed"]) == ["phone"]
    assert "changed meanwhile" not in page


def test_change_of_what_somebody_else_has_changed_meanwhile_is_refused(client, officer):
    organisation = OrganisationFactory(address="1, a street", founded=1990)
    form = typed(client, organisation, founded=2001, address="3, a third one")

    page = sent_late(client, organisation, form, address="2, another\nstreet")

    assert (organisation.address, organisation.founded) == ("2, another\nstreet", 1990)
    assert organisation.verification == Verification.VERIFIED
    assert list(LogEntry.objects.filter(subject_id=str(organisation.pk))) == []
    assert "This was changed meanwhile" in page
    assert "3, a third one" in page


def test_form_that_does_not_tell_what_it_showed_changes_nothing(client, officer):
    organisation = OrganisationFactory(address="1, a street")
    form = typed(client, organisation, address="3, a third one")
    told_nothing = {name: value for name, value in form.items() if not name.startswith("initial-")}

    page = sent_late(client, organisation, told_nothing)

    assert organisation.address == "1, a street"
    assert "This was changed meanwhile" in page


def test_list_shown_empty_stays_so_told_when_its_form_is_refused_once(client, officer):
    organisation = OrganisationFactory(languages=[], name="One")
    form = typed(client, organisation, name="", languages=["fr"])
    refused = client.post(page_of(organisation), form)
    assert (refused.status_code, 'name="initial-languages"' in refused.content.decode()) == (200, False)

    sent_late(client, organisation, {**form, "name": "One"})

    assert organisation.languages == ["fr"]


@pytest.mark.parametrize("kept", ["Safran ", "\tSafran", "Safran\u00a0"])
def test_text_kept_with_a_space_at_its_edge_can_be_changed(client, officer, kept):
    organisation = OrganisationFactory()
    Organisation.objects.filter(pk=organisation.pk).update(sector=kept, address=f"{kept}\n")

    changed(client, organisation, sector="Honey")
    changed(client, organisation, address="1, a street")

    assert (organisation.sector, organisation.address) == ("Honey", "1, a street")


def test_same_change_by_two_is_no_conflict(client, officer):
    organisation = OrganisationFactory(phone="+212 5 28 11 11 11")
    form = typed(client, organisation, phone="+212 5 28 00 00 00", founded=2001)

    page = sent_late(client, organisation, form, phone="+212 5 28 00 00 00")

    assert (organisation.phone, organisation.founded) == ("+212 5 28 00 00 00", 2001)
    assert "changed meanwhile" not in page


def test_nothing_changed_writes_nothing(client, officer):
    organisation = OrganisationFactory()

    changed(client, organisation)

    assert organisation.verification == Verification.VERIFIED
    assert list(LogEntry.objects.filter(subject_id=str(organisation.pk))) == []


def test_officer_adds_an_organisation_that_nobody_has_checked(client, officer):
    country = OrganisationFactory().country
    form = client.get(reverse("admin:organisations_organisation_add"))
    counts = [one.formset.management_form for one in form.context["inline_admin_formsets"]]
    sent = {field.html_name: field.value() for one in counts for field in one}
    sent |= {"name": "New one", "slug": "new-one", "kind": "agency", "country": country.pk, "languages": []}

    client.post(reverse("admin:organisations_organisation_add"), {**sent, "time_zone": "Africa/Casablanca"})

    added = Organisation.objects.get(slug="new-one")
    assert added.verification == Verification.DECLARED
    told = LogEntry.objects.filter(subject_id=str(added.pk)).values_list("verb", flat=True)
    assert list(told) == ["created_by_officer"]
