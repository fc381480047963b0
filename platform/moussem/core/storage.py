from django.core.files.storage import Storage, storages


def private_storage() -> Storage:
    """Where papers are kept that a view hands out only after asking who wants them."""
    return storages["private"]
