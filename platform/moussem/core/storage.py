import errno
from contextlib import suppress
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages

from moussem.core.errors import DiskRefuses

# A full disk or share, a file that grows too large, a disk that takes no writing, and one that fails.
REFUSING = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}


class DiskStorage(FileSystemStorage):
    """Files on a disk that may be full: then a refusal says so, and half a file is not left behind."""

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
