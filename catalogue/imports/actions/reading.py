"""Reads a kept list batch by batch, so that a long one costs no more memory than a short one."""

from collections.abc import Iterator
from itertools import islice

from catalogue.imports.cells import looks_of
from catalogue.imports.changes import lacks_of
from catalogue.imports.errors import ListRefused
from catalogue.imports.models import ProductList
from catalogue.imports.queries import codes_of, known_products, vocabulary
from catalogue.imports.reasons import REFUSALS
from catalogue.imports.rows import Draft, Problem, read_row
from catalogue.imports.sheets import Row, Sheet, Unreadable, open_sheet
from catalogue.models import Product

BATCH = 1_000
SAMPLES = 5
Batch = tuple[list[Draft], dict[str, Product]]


def open_head(content: bytes, name: str, encoding: str = "") -> tuple[Sheet, list[list[str]]]:
    """A list and its first rows; the others are read when it is tried out."""
    try:
        sheet = open_sheet(content, name, encoding)
        return sheet, [[cell.text for cell in row.cells] for row in islice(sheet.rows, SAMPLES)]
    except Unreadable as refused:
        raise ListRefused(name=name, reason=REFUSALS[refused.why]) from refused


def content_of(product_list: ProductList) -> bytes:
    """The bytes of a kept list."""
    with product_list.file.open("rb") as file:
        return bytes(file.read())


def rows_of(product_list: ProductList) -> Iterator[Row]:
    """Every row below the headers; `Unreadable` where the list passes its bounds."""
    return open_sheet(content_of(product_list), product_list.name, product_list.encoding).rows


def batches_of(product_list: ProductList) -> Iterator[Batch]:
    """The drafts of a list with all their problems, and the known products they speak of."""
    words = vocabulary()
    family = product_list.family.slug if product_list.family else ""
    is_named = "family" in product_list.columns
    rows = rows_of(product_list)
    first: dict[str, int] = {}
    # Read before the list writes any: what it brings itself is compared row by row.
    alike = {looks_of(code): code for code in codes_of(product_list.organisation)}
    # As the list has its columns; what it has no column for comes last.
    places = {key: place for place, key in enumerate(product_list.columns) if key}
    while batch := list(islice(rows, BATCH)):
        drafts = [read_row(row, product_list.columns, words, family) for row in batch]
        known = known_products(product_list.organisation, [draft.code for draft in drafts if draft.code])
        for draft in drafts:
            product = known.get(draft.code)
            # A list without families speaks of known products whatever their family.
            if product is not None and product.product_class and not is_named:
                draft.family = product.product_class.slug
            if draft.code and first.setdefault(draft.code, draft.row) != draft.row:
                draft.problems.append(Problem(draft.row, "code", draft.code, "twice"))
            # Rather asked than made a second product, or written over what was not meant.
            twin = alike.setdefault(looks_of(draft.code), draft.code) if draft.code else ""
            if twin != draft.code and product is None:
                draft.problems.append(Problem(draft.row, "code", draft.code, f"twin:{twin}"))
            draft.problems += list(lacks_of(draft, product))
            draft.problems.sort(key=lambda problem: places.get(problem.key, len(places)))
        yield drafts, known
