"""The base of every table."""

import django_tables2
import pytest

from ancam.web.tables import Table


def test_a_table_without_a_caption_is_a_defect() -> None:
    with pytest.raises(TypeError, match="caption"):

        class Nameless(Table):
            heading = "name"
            name = django_tables2.Column()


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
