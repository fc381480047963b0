import errno

import pytest
from django.core.files.base import ContentFile

from moussem.core.errors import DiskRefuses
from moussem.core.storage import DiskStorage

pytestmark = pytest.mark.unit


class FullDisk(ContentFile):
    """Content that the disk takes half of."""

    def __init__(self, code):
        super().__init__(b"x" * 10)
        self.code = code

    def chunks(self, chunk_size=None):
        yield b"xxxxx"
        raise OSError(self.code, "the disk says no")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EFBIG, errno.EPERM])
def test_full_disk_is_a_refusal_and_leaves_no_half_file(tmp_path, code):
    storage = DiskStorage(location=tmp_path)

    with pytest.raises(DiskRefuses):
        storage.save("list.csv", FullDisk(code))

    assert list(tmp_path.iterdir()) == []


def test_a_fault_of_ours_stays_a_fault(tmp_path):
    with pytest.raises(OSError, match="says no"):
        DiskStorage(location=tmp_path).save("list.csv", FullDisk(errno.EBADF))


def test_what_fits_is_kept(tmp_path):
    storage = DiskStorage(location=tmp_path)

    with storage.open(storage.save("list.csv", ContentFile(b"a;b"))) as kept:
        assert kept.read() == b"a;b"
