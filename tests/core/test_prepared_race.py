from threading import Event

from django.db.models import IntegerField, Value

from catalogue.models import Product
from moussem.core.prepared import Prepared, told
from tests.factories.catalogue import ProductFactory
from tests.races import at_once, on_postgresql

pytestmark = on_postgresql

PATIENCE = 0.5  # seconds in which a second asker would begin to compile, were it let in


class Halfway(Value):
    """A column in whose compiling the first asker waits for a second, who waits for the first to be done."""

    def __init__(self):
        super().__init__(1, output_field=IntegerField())
        self.first_is_here, self.second_is_here, self.first_is_done = Event(), Event(), Event()

    def as_sql(self, compiler, connection):
        if self.first_is_here.is_set():
            self.second_is_here.set()
            self.first_is_done.wait(PATIENCE)
        else:
            self.first_is_here.set()
            self.second_is_here.wait(PATIENCE)
        return super().as_sql(compiler, connection)


def test_threads_ask_one_question_each_over_its_own_connection():
    products = [ProductFactory() for _n in range(4)]
    question = Prepared(Product.objects.filter(organisation=told("seller")))

    def ask(one):
        return [question.ask(seller=one.organisation_id) for _time in range(20)]

    answers = at_once(*[lambda one=one: ask(one) for one in products])

    assert answers == [[[one]] * 20 for one in products]


def test_two_first_askers_at_once_both_get_their_rows():
    one, column = ProductFactory(), Halfway()
    joined = Product.objects.select_related("organisation").annotate(column=column)
    question = Prepared(joined.filter(pk=told("pk")))

    def first():
        rows = question.ask(pk=one.pk)
        column.first_is_done.set()
        return rows

    def second():
        column.first_is_here.wait()
        return question.ask(pk=one.pk)

    assert at_once(first, second) == [[one], [one]]
