from oscar.apps.catalogue import apps


class CatalogueConfig(apps.CatalogueConfig):
    """Oscar's app under its own label, with our classes in front."""

    name = "catalogue"
