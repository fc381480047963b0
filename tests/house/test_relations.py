import pytest
from django.apps import apps
from django.conf import settings

from tests.house.plan import looks_up, storey_of_module

pytestmark = pytest.mark.unit


def relations():
    """Every relation of our models to a model of ours, the user excepted."""
    for model in apps.get_models(include_auto_created=True):
        here = storey_of_module(model.__module__)
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            other = field.related_model
            if here is None or other is None or other._meta.label == settings.AUTH_USER_MODEL:
                continue
            there = storey_of_module(other.__module__)
            if there is not None:
                yield f"{model._meta.label}.{field.name}", here, there


def test_no_foreign_key_points_to_a_higher_storey():
    assert [(name, here, there) for name, here, there in relations() if looks_up(here, there)] == []


def test_relations_are_looked_at():
    found = {(here, there) for _name, here, there in relations()}

    assert ("catalogue", "moussem.regions") in found
    assert ("moussem.trade", "catalogue") in found
