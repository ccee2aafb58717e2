"""`__among`: the same rows as when every id is written out."""

import uuid

import pytest

from accounts.models import DataKey, Person
from tests.conftest import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    return [make_person(f"lookup-{n}") for n in range(3)]


def keys(**wanted) -> set[uuid.UUID]:
    return set(DataKey.objects.filter(**wanted).values_list("person_id", flat=True))


def test_it_finds_the_rows_of_a_collection_and_of_nobody_else(three):
    first, second, _third = (one.pk for one in three)
    assert keys(person__among={first, second}) == keys(person_id__in=[first, second]) == {first, second}
    assert set(Person.objects.filter(pk__among=[second]).values_list("pk", flat=True)) == {second}


def test_an_id_that_nobody_has_and_an_empty_collection_find_nothing(three):
    assert keys(person__among=[uuid.uuid4()]) == keys(person__among=[]) == keys(person__among={}) == set()


def test_what_is_no_id_is_an_error_and_never_a_word_of_the_query(three):
    with pytest.raises(Exception, match=r"hex|uuid"):
        list(keys(person__among=["') OR 1=1 --"]))


def test_more_ids_than_a_statement_takes_values(three):
    many = [uuid.uuid4() for _ in range(70_000)]
    assert keys(person__among=[*many, three[0].pk]) == {three[0].pk}
