import errno
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db.models.fields.files import FieldFile
from django.http import Http404

from moussem.core.errors import DiskRefuses

# A full disk or share, a file that grows too large, a disk that takes no writing, and one that fails.
REFUSING = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}


class DiskStorage(FileSystemStorage):
    """Files on a disk that may be full: then a refusal says so, and half a file is not left behind.

    In a folder of ``unguessable`` each new file lies in a folder of its own that nobody can guess: what is
    not shown yet, or is handed out after asking, must not be found by its plain name.
    """

    def __init__(self, *args: Any, unguessable: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unguessable = unguessable

    def generate_filename(self, filename: str) -> str:
        name = str(super().generate_filename(filename))
        folder, _slash, last = name.rpartition("/")
        return f"{folder}/{secrets.token_hex(10)}/{last}" if folder in self.unguessable else name

    def _save(self, name: str, content: File) -> str:
        try:
            return str(super()._save(name, content))
        except OSError as error:
            if error.errno not in REFUSING:
                raise
            with suppress(OSError):
                Path(self.path(name)).unlink(missing_ok=True)
            raise DiskRefuses from error


def private_storage() -> Storage:
    """Where papers are kept that a view hands out only after asking who wants them."""
    return storages["private"]


def opened_or_404(kept: FieldFile, name: str = "") -> File:
    """A kept file to be handed out, or another of its storage by its name.

    One that the disk has lost, as after a restore without its files, is not found.
    """
    try:
        return kept.storage.open(name or kept.name, "rb")
    except (FileNotFoundError, IsADirectoryError) as lost:
        raise Http404 from lost


def holds_the_same(kept: FieldFile, paper: Any) -> bool:
    """Whether a kept paper is this one already: sent again, it replaces nothing. A lost one is no paper."""
    try:
        if not kept or kept.size != paper.size:
            return False
        with kept.open("rb") as file:
            is_same = bool(file.read() == paper.open("rb").read())
    except FileNotFoundError:
        return False
    paper.seek(0)
    return is_same
