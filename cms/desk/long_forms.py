"""Forms of the editors' house are longer than any other of the site: an article posts ten fields a block.

Django reads one limit for the whole site; it stays where it is, and an editor's form is read here instead.
"""

from types import FunctionType, SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, QueryDict, multipartparser

MOST_FIELDS = 12_000
WRITTEN = "application/x-www-form-urlencoded"
# What Django reads of its settings there besides the number of fields.
LIMITS = ("DATA_UPLOAD_MAX_MEMORY_SIZE", "DATA_UPLOAD_MAX_NUMBER_FILES")


class LongFormParser(multipartparser.MultiPartParser):
    """Django's own reading of a form in parts, with another number of fields."""

    def _parse(self) -> Any:
        said = SimpleNamespace(**{name: getattr(settings, name) for name in LIMITS})
        said.DATA_UPLOAD_MAX_NUMBER_FIELDS = MOST_FIELDS
        # Django asks its settings for the limit and nobody else, so the same code is run with other ones.
        django = multipartparser.MultiPartParser._parse
        return FunctionType(django.__code__, {**vars(multipartparser), "settings": said})(self)


def read_long_form(request: HttpRequest) -> None:
    """Read a form of up to ``MOST_FIELDS`` fields; what is larger is refused as Django refuses it."""
    if request.content_type == "multipart/form-data":
        request.parse_file_upload = lambda meta, data: LongFormParser(  # type: ignore[method-assign]
            meta, data, request.upload_handlers, request.encoding
        ).parse()
        request._load_post_and_files()
    elif request.content_type == WRITTEN:
        _read_written(request)


def _read_written(request: HttpRequest) -> None:
    told = QueryDict(mutable=True, encoding="utf-8")
    try:
        pairs = parse_qsl(
            request.body.decode(), keep_blank_values=True, encoding="utf-8", max_num_fields=MOST_FIELDS
        )
    except ValueError as error:
        raise TooManyFieldsSent(str(error)) from error
    for name, value in pairs:
        told.appendlist(name, value)
    told._mutable = False
    request._post, request._files = told, multipartparser.MultiValueDict()
