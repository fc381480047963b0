"""Uploads that remember whether somebody waited for a lock while they were read."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.db import connection

from tests.factories.pdfs import a_pdf


class Watched(SimpleUploadedFile):
    """A paper, and whether a transaction was open at each time that it was read."""

    def __init__(self, content=None):
        self.locked = []
        super().__init__("paper.pdf", a_pdf() if content is None else content)

    def read(self, *args):
        self.locked.append(connection.in_atomic_block)
        return super().read(*args)


class Watching(FileUploadHandler):
    """Makes every upload of a page a watched one; the last is kept where a test looks."""

    last = None

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.pieces = []

    def receive_data_chunk(self, raw_data, start):
        self.pieces.append(raw_data)

    def file_complete(self, file_size):
        Watching.last = Watched(b"".join(self.pieces))
        return Watching.last
