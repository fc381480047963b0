"""What the way in is told: from which networks the owner of an address has come, and that somebody is out."""

from allauth.account.models import EmailAddress
from allauth.account.signals import password_changed, password_reset, password_set, user_logged_in
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver

from moussem.people.events import access_changed
from moussem.people.guessing import network_of, note_way_in
from moussem.people.models import User


@receiver([user_logged_in, password_reset])
def remember_network(sender, request, user, **facts):
    """Whoever signed in, or read the mail that a new password is set by, may try again from there."""
    for address in {user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)}:
        note_way_in(address, network_of(request))


@receiver(user_logged_out)
def tell_of_signing_out(sender, request, user, **facts):
    """Whoever keeps a connection of theirs hears of it."""
    if user is not None:
        # Django ends the session after this: who looks at once would find it still.
        request.session.delete()
        access_changed.announce(User, person=user)


@receiver([password_changed, password_set, password_reset])
def tell_of_new_password(sender, request, user, **facts):
    """Sessions of the old one are over."""
    access_changed.announce(User, person=user)
