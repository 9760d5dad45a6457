"""A long select is the select that Django would draw."""

import pytest
from django import forms
from django.test.html import parse_html

from ancam.web.selects import LongSelect

CHOICES = [
    ("", "Mọi cơ quan"),
    (1, 'Sở "Mẫu" & <b>Con</b>'),
    (2, "Xã An Bình"),
    ("Đã <kết> thúc", [(3, "Huyện Cũ"), (4, "Sở Cũ")]),
]


@pytest.mark.parametrize("value", [None, "", 1, "2", 4, "<script>"])
def test_a_long_select_offers_and_marks_what_a_select_does(value):
    attributes = {"id": "id_agency", "aria-describedby": "help"}

    long = LongSelect(choices=CHOICES).render("agency", value, attributes)

    assert parse_html(long) == parse_html(forms.Select(choices=CHOICES).render("agency", value, attributes))
