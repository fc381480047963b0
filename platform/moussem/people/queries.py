from moussem.people.models import User


def person_with_address(email: str) -> User | None:
    """The active person who signs in with this address."""
    return User.objects.filter(email__iexact=email, is_active=True).first()
