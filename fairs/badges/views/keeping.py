"""The organiser's doors and who keeps them."""

from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from fairs.badges.actions import (
    change_door,
    close_door,
    dismiss_keeper,
    name_keeper,
    open_door,
    rotate_key,
)
from fairs.badges.forms import DoorForm, KeeperForm
from fairs.badges.models import Door
from fairs.badges.presence import counts_at_doors
from fairs.badges.queries import doors_of, keepers_of
from fairs.badges.states import BadgeRole
from fairs.editions.views import OrganiserPage, Refusable, SharedForm
from moussem.organisations.views.standing import Press


class Doors(OrganiserPage, TemplateView):
    """The doors with their rules, the keepers, and the key of the badges."""

    template_name = "fairs/badges/doors.html"
    section = "doors"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        labels = dict(BadgeRole.choices)
        whole, *places = counts_at_doors(self.edition)
        return super().get_context_data(
            whole=whole,
            places=[
                (place, [(one, [labels[r] for r in one.door.roles if r in labels]) for one in place.doors])
                for place in places
                if place.doors
            ],
            keepers=keepers_of(self.edition),
            keeper_form=KeeperForm(),
            key=self.edition.badge_keys.filter(retired_at=None).first(),
            **context,
        )


class BackToDoors(OrganiserPage, Press):
    """A button of the page of doors."""

    def back(self) -> str:
        return reverse("fairs:doors", args=[self.edition.slug])


class DoorPageForm(OrganiserPage, SharedForm):
    """A door's form."""

    template_name = "fairs/badges/door_form.html"
    form_class = DoorForm
    read_before = ("door",)
    section = "doors"
    back = "fairs:doors"

    @cached_property
    def door(self) -> Door | None:
        """The door of the address, where it names one."""
        if "pk" not in self.kwargs:
            return None
        return get_object_or_404(doors_of(self.edition), pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial")
        return {**kwargs, "edition": self.edition, "door": self.door}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(door=self.door, **context)


class OpenDoor(DoorPageForm):
    """One more door."""

    def act(self, form: DoorForm) -> None:
        self.said = _("The door is kept from now on.")
        open_door(self.edition, actor=self.request.user, **form.cleaned_data)


class ChangeDoor(DoorPageForm):
    """Another name or other rules."""

    def act(self, form: DoorForm) -> None:
        self.said = _("The door is kept so from now on. Devices know as soon as they are online.")
        change_door(self.door, actor=self.request.user, **form.cleaned_data)


class CloseDoor(BackToDoors):
    """No badge is looked at here any more."""

    def press(self) -> str:
        door = get_object_or_404(doors_of(self.edition), pk=self.kwargs["pk"])
        close_door(door, actor=self.request.user)
        return _("The door is no longer kept. What was scanned there stays.")


class NameKeeper(OrganiserPage, Refusable):
    """Names somebody who keeps the doors."""

    template_name = "fairs/badges/keeper.html"
    form_class = KeeperForm
    section = "doors"
    back = "fairs:doors"

    def act(self, form: KeeperForm) -> None:
        self.said = _("The door keeper was written to, with the address of the page for the door.")
        name_keeper(self.edition, actor=self.request.user, email=form.cleaned_data["email"])


class DismissKeeper(BackToDoors):
    """Somebody keeps the doors no more."""

    def press(self) -> str:
        keeper = get_object_or_404(keepers_of(self.edition), pk=self.kwargs["pk"])
        dismiss_keeper(keeper, actor=self.request.user)
        return _("This person keeps the doors no more.")


class Rotate(BackToDoors):
    """Another key: codes that were shown or printed until now open nothing."""

    def press(self) -> str:
        rotate_key(self.edition, actor=self.request.user)
        return _("The key was changed. Print the badges anew; people see the new code on their page at once.")
