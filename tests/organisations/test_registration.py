import pytest
from django.test import Client
from django.urls import reverse

from moussem.core.models import LogEntry, OutboxMessage
from moussem.organisations.models import Membership, Organisation, RegistrationDraft
from moussem.organisations.states import Role, Verification
from moussem.organisations.views.registration import form_of
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory
from tests.factories.regions import CountryFactory, ProvinceFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

WHAT = {"kind": "cooperative", "name": "Coopérative Afoulki", "name_ar": "تعاونية أفولكي"}
WHERE = {"province": "MA-TAR", "city": "Taliouine", "languages": ["ar", "zgh"]}
CONTACT = {"email": "afoulki@example.com", "phone": "+212 600 00 00 00", "may_act": "on"}


@pytest.fixture
def reference():
    CountryFactory()
    CountryFactory(code="FR")
    ProvinceFactory()


def somebody():
    client = Client()
    user = UserFactory()
    client.force_login(user)
    return client, user


def send(client, step, typed):
    return client.post(reverse("organisations:register_step", args=[step]), typed)


def step_of(name):
    return reverse("organisations:register_step", args=[name])


def test_cooperative_registers_in_three_steps(reference):
    client, user = somebody()

    assert send(client, "what", WHAT).url == step_of("where")
    assert send(client, "where", WHERE).url == step_of("contact")
    answer = send(client, "contact", CONTACT)

    organisation = Organisation.objects.get()
    assert answer.url == reverse("organisations:edit", args=[organisation.slug]) + "?done=1"
    kept = (organisation.slug, organisation.country_id, organisation.region_id, organisation.province_id)
    assert kept == ("cooperative-afoulki", "MA", "MA-09", "MA-TAR")
    assert (organisation.languages, organisation.verification) == (["ar", "zgh"], Verification.DECLARED)
    assert list(Membership.objects.values_list("user", "role")) == [(user.pk, Role.OWNER)]
    assert list(LogEntry.objects.values_list("verb", flat=True)) == ["registered"]
    assert OutboxMessage.objects.get().payload["to"] == user.email
    assert RegistrationDraft.objects.count() == 0


def test_buyer_is_sent_to_look_around_and_to_ask_for_the_check(reference):
    client, _user = somebody()
    send(client, "what", {"kind": "buyer", "name": "Épices Lumière"})
    send(client, "where", {"country": "FR", "city": "Lyon", "languages": ["fr"]})

    answer = client.post(step_of("contact"), CONTACT, follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain == [(reverse("organisations:mine") + "?done=1", 302)]
    assert "list your first product" not in page
    assert "Look around among the products" in page.split("<main")[1]
    organisation = Organisation.objects.get()
    assert reverse("organisations:ask_for_check", args=[organisation.slug]) in page


def test_buyer_says_its_country_and_no_province(reference):
    client, _user = somebody()
    send(client, "what", {"kind": "buyer", "name": "Épices Lumière"})
    send(client, "where", {"country": "FR", "city": "Lyon", "languages": ["fr"]})
    send(client, "contact", CONTACT)

    organisation = Organisation.objects.get()
    assert (organisation.kind, organisation.country_id, organisation.province) == ("buyer", "FR", None)


def test_draft_waits_and_leads_back_to_its_step(reference):
    client, user = somebody()
    send(client, "what", WHAT)
    elsewhere = Client()
    elsewhere.force_login(user)

    assert elsewhere.get(reverse("organisations:register")).url == step_of("where")
    assert "Coopérative Afoulki" in elsewhere.get(step_of("what")).content.decode()
    assert elsewhere.get(step_of("contact")).url == step_of("where")
    elsewhere.post(reverse("organisations:register_again"))
    assert elsewhere.get(reverse("organisations:register")).url == step_of("what")


@pytest.mark.parametrize(
    ("step", "wrong", "field"),
    [
        ("what", {"kind": "bank"}, "kind"),
        ("what", {"name": ""}, "name"),
        ("what", {"name": "x" * 161}, "name"),
        ("where", {"province": "MA-XXX"}, "province"),
        ("where", {"languages": []}, "languages"),
        ("contact", {"may_act": ""}, "may_act"),
        ("contact", {"phone": "call me"}, "phone"),
        ("contact", {"email": "nobody\0@example.com"}, "email"),
    ],
)
def test_wrong_step_is_refused_by_its_field_and_registers_nothing(reference, step, wrong, field):
    client, _user = somebody()
    before = {"what": [], "where": ["what"], "contact": ["what", "where"]}[step]
    typed = {"what": WHAT, "where": WHERE, "contact": CONTACT}
    for earlier in before:
        send(client, earlier, typed[earlier])

    answer = send(client, step, typed[step] | wrong)

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert Organisation.objects.count() == LogEntry.objects.count() == 0


def test_last_step_alone_registers_nothing(reference):
    client, _user = somebody()

    assert send(client, "contact", CONTACT).url == reverse("organisations:register")
    assert send(client, "where", WHERE).status_code in (200, 302)
    assert Organisation.objects.count() == 0


def test_sending_twice_registers_once(reference):
    client, _user = somebody()
    for step, typed in (("what", WHAT), ("where", WHERE), ("contact", CONTACT), ("contact", CONTACT)):
        send(client, step, typed)

    assert Organisation.objects.count() == Membership.objects.count() == 1


@pytest.mark.parametrize("typed_number", ["rc 77", "rc ٧٧"])
def test_number_of_another_is_refused_and_the_draft_stays(reference, typed_number):
    OrganisationFactory(registration_number="RC 77")
    client, user = somebody()
    for step, typed in (("what", WHAT), ("where", WHERE)):
        send(client, step, typed)

    answer = send(client, "contact", CONTACT | {"registration_number": typed_number})

    assert "rc 77 is here already" in answer.content.decode()
    assert Organisation.objects.count() == 1
    assert RegistrationDraft.objects.get(user=user).typed["registration_number"] == "rc 77"


@pytest.mark.parametrize(
    ("name", "slug"), [("تعاونية", "cooperative"), ("Register", "register-"), ("Tizi", "tizi-")]
)
def test_address_on_the_site_is_free_and_readable(reference, name, slug):
    OrganisationFactory(slug="tizi")
    client, _user = somebody()
    for step, typed in (("what", WHAT | {"name": name}), ("where", WHERE), ("contact", CONTACT)):
        send(client, step, typed)

    made = Organisation.objects.exclude(slug="tizi").get().slug
    assert made.startswith(slug)
    assert made not in ("tizi", "register")


def test_switching_acts_for_another_of_mine_only(reference):
    client, user = somebody()
    mine = [
        Membership.objects.create(user=user, organisation=OrganisationFactory(), role=Role.OWNER)
        for _n in "ab"
    ]
    other = Membership.objects.create(user=UserFactory(), organisation=OrganisationFactory(), role=Role.OWNER)
    switch = reverse("organisations:switch")

    for asked in (str(other.pk), "", "x", "9" * 30):
        assert client.post(switch, {"membership": asked}).status_code == 404
    assert client.get(reverse("organisations:mine")).context["current"] == mine[0]
    client.post(switch, {"membership": mine[1].pk})
    assert client.get(reverse("organisations:mine")).context["current"] == mine[1]
    answer = client.post(switch, {"membership": mine[0].pk, "next": "https://evil.example/"})
    assert answer.url == reverse("organisations:mine")


def test_emptying_the_form_is_asked_for_and_changes_nothing_before(reference):
    client, _user = somebody()
    send(client, "what", WHAT)

    asked = client.get(reverse("organisations:register_again"))

    assert (asked.status_code, asked.context["name"]) == (200, WHAT["name"])
    assert client.get(step_of("what")).context["form"]["name"].value() == WHAT["name"]


@pytest.mark.parametrize(
    ("step", "kind", "sentences"),
    [
        ("what", "", ["Choose what you register.", "Write the name."]),
        (
            "where",
            "cooperative",
            [
                "Choose the province or prefecture.",
                "Write the town or village.",
                "Tick at least one language.",
            ],
        ),
        (
            "where",
            "buyer",
            ["Choose the country.", "Write the town or village.", "Tick at least one language."],
        ),
        (
            "contact",
            "",
            ["Write an e-mail address.", "Tick this: only who may act for it can register it."],
        ),
    ],
)
def test_empty_field_says_what_to_write(reference, step, kind, sentences):
    form = form_of(step, {"kind": kind}, data={})

    assert [text for texts in form.errors.values() for text in texts] == sentences
