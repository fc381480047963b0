"""How a long list of orders or payments is narrowed."""

from collections.abc import Iterable
from typing import Any

from django import forms

from catalogue.words import LONGEST


class FindForm(forms.Form):
    """Words and a state from an address; nonsense narrows nothing."""

    find = forms.CharField(max_length=LONGEST, required=False)
    state = forms.ChoiceField(required=False)

    def __init__(self, sent: Any, *, states: Iterable[tuple[str, Any]]) -> None:
        super().__init__(sent)
        self.fields["state"].choices = [("", ""), *states]
        self.full_clean()

    @property
    def words(self) -> str:
        """What is looked for."""
        return self.cleaned_data.get("find", "")

    @property
    def chosen(self) -> str:
        """The state that is asked for."""
        return self.cleaned_data.get("state", "")

    @property
    def states(self) -> list[tuple[str, Any]]:
        """The states to choose from."""
        return list(self.fields["state"].choices)[1:]

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words or self.chosen)
