from catalogue.models import Product
from moussem.core.prepared import Prepared, told
from tests.factories.catalogue import ProductFactory
from tests.races import at_once, on_postgresql

pytestmark = on_postgresql


def test_threads_ask_one_question_each_over_its_own_connection():
    products = [ProductFactory() for _n in range(4)]
    question = Prepared(Product.objects.filter(organisation=told("seller")))

    def ask(one):
        return [question.ask(seller=one.organisation_id) for _time in range(20)]

    answers = at_once(*[lambda one=one: ask(one) for one in products])

    assert answers == [[[one]] * 20 for one in products]
