"""The rooms of the house, found by the names of their files."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.conf import settings

# What a room declares for others to hear, show or run: imported once every model is known.
DECLARATIONS = ("mail", "panels", "receivers", "tasks")


def modules_named(name: str) -> Iterator[str]:
    """The dotted names of every module or package of this name in our storeys, each once, sorted."""
    found = set()
    for config in apps.get_app_configs():
        root = Path(config.path)
        if root.is_relative_to(settings.BASE_DIR) and "site-packages" not in root.parts:
            for file in (*root.rglob(f"{name}.py"), *root.rglob(f"{name}/__init__.py")):
                room = file.parent.parent if file.name == "__init__.py" else file.parent
                rooms = room.relative_to(root).parts
                if "migrations" not in rooms and "templatetags" not in rooms:
                    found.add(".".join((config.name, *rooms, name)))
    yield from sorted(found)


def open_rooms(*names: str) -> None:
    """Import every room's modules of these names."""
    for name in names:
        for module in modules_named(name):
            import_module(module)
