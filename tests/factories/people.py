import factory
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from moussem.people.models import User

PASSWORD = "a-long-passphrase-7"


class UserFactory(factory.django.DjangoModelFactory):
    """A person with a confirmed address who signs in with ``PASSWORD``."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.com")
    first_name = "Amina"
    last_name = factory.Sequence(lambda n: f"Person{n}")
    language = "en"
    time_zone = "Africa/Casablanca"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        password = kwargs.pop("password", PASSWORD)
        return model_class.objects.create_user(kwargs.pop("email"), password, **kwargs)

    @factory.post_generation
    def confirmed_address(self, create, confirmed, **kwargs):
        if create and confirmed is not False:
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)


def signed_in_lately(user):
    """A browser where this person signed in and has just confirmed it with the password."""
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client
