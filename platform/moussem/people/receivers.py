"""What the way in is told: from which networks the owner of an address has come."""

from allauth.account.models import EmailAddress
from allauth.account.signals import password_reset, user_logged_in
from django.dispatch import receiver

from moussem.people.guessing import network_of, note_way_in


@receiver([user_logged_in, password_reset])
def remember_network(sender, request, user, **facts):
    """Whoever signed in, or read the mail that a new password is set by, may try again from there."""
    for address in {user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)}:
        note_way_in(address, network_of(request))
