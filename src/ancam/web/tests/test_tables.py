"""The base of every table."""

import django_filters
import django_tables2
import pytest

from ancam.web.models import WorkerHeartbeat
from ancam.web.tables import Table, WordsFilter


def test_a_table_without_a_caption_is_a_defect() -> None:
    with pytest.raises(TypeError, match="caption"):

        class Nameless(Table):
            heading = "name"
            name = django_tables2.Column()


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ("xa " * 20, ""),
        ("xa " * 21, "Tìm tối đa 20 từ"),
        ("x" * 200, ""),
        ("x" * 201, "200"),
        ("xa " * 1200, "Tìm tối đa 20 từ"),
    ],
)
def test_a_search_of_too_many_words_is_refused_beside_the_field(words: str, refused: str) -> None:
    class Search(django_filters.FilterSet):
        words = WordsFilter("search_key")

    filters = Search({"words": words}, queryset=WorkerHeartbeat.objects.none())

    assert filters.is_valid() is not bool(refused)
    assert refused in " ".join(filters.errors.get("words", []))


def test_a_phone_shows_the_heading_and_the_columns_named_for_it() -> None:
    class Things(Table):
        caption = "Vật"
        heading = "name"
        phone = ("state",)
        name = django_tables2.Column()
        state = django_tables2.Column()
        rest = django_tables2.Column()

    columns = Things([]).columns

    assert [column.name for column in columns if "wide-only" in (column.attrs["td"]["class"] or "")] == ["rest"]
