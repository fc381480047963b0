from django.utils.functional import SimpleLazyObject

from moussem.organisations.queries import current_membership

SESSION_KEY = "membership"


class MembershipMiddleware:
    """Gives ``request.membership``: a membership, or something false. Ask for its truth, not for None."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.membership = SimpleLazyObject(lambda: _membership_of(request))
        return self.get_response(request)


def choose(request, membership):
    """From now on the person signed in acts under this membership."""
    request.session[SESSION_KEY] = membership.pk


def _membership_of(request):
    if not request.user.is_authenticated:
        return None
    return current_membership(request.user, request.session.get(SESSION_KEY))
