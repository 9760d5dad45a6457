"""A page says its name once, and a page that is one form says only what is its own."""

import re

from django.template import engines


def drawn(template: str, **values: object) -> str:
    return engines["django"].from_string(template).render(values)


def inside(tag: str, page: str) -> list[str]:
    return [" ".join(words.split()) for words in re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", page, re.DOTALL)]


def test_what_is_trimmed_loses_the_space_around_it_and_stays_escaped_once() -> None:
    page = drawn("{% load web %}<{% trimmed %}\n  {{ words }}  b\n{% endtrimmed %}>", words="a & <i>")

    assert page == "<a &amp; &lt;i&gt;  b>"


def test_what_is_trimmed_can_be_kept_for_further_down() -> None:
    page = drawn(
        "{% load web %}{% trimmed as kept %} {{ words }} {% endtrimmed %}[{{ kept }}][{{ kept }}]", words="<i>"
    )

    assert page == "[&lt;i&gt;][&lt;i&gt;]"


def test_a_page_is_headed_by_its_title() -> None:
    for frame in ("base.html", "base_plain.html"):
        page = drawn('{% extends "' + frame + '" %}{% block title %}\n  {{ name }}\n{% endblock %}', name="Sở A & B")

        assert "<title>Sở A &amp; B · AnCam</title>" in page
        assert inside("h1", page) == ["Sở A &amp; B"]


def test_a_page_may_be_headed_otherwise_than_by_its_title() -> None:
    page = drawn(
        '{% extends "base.html" %}{% block title %}Hồ sơ{% endblock %}{% block heading %}Nguyễn An{% endblock %}'
    )

    assert inside("title", page) == ["Hồ sơ · AnCam"]
    assert inside("h1", page) == ["Nguyễn An"]


def test_a_form_page_says_its_name_on_its_button_and_leads_back() -> None:
    page = drawn(
        '{% extends "form_page.html" %}{% block title %}Bỏ{% endblock %}{% block back %}\n  /a/\n{% endblock %}'
    )

    assert inside("h1", page) == ["Bỏ"]
    assert re.search(r'<form[^>]*method="post"\s+novalidate\s+data-submit-once>', page)
    assert re.search(r'<button class="btn btn-primary"\s+type="submit">Bỏ</button>', page)
    assert '<a class="btn btn-link" href="/a/">Quay lại</a>' in page


def test_a_form_page_has_room_above_and_below_its_fields_and_words_for_its_button() -> None:
    page = drawn(
        '{% extends "form_page.html" %}{% block title %}Bỏ tên{% endblock %}'
        "{% block below_fields %}<p>Dưới</p>{% endblock %}{% block above_fields %}<p>Trên</p>{% endblock %}"
        "{% block button %} Bỏ {% endblock %}{% block button_class %}btn-danger{% endblock %}"
    )

    assert page.index("<p>Trên</p>") < page.index("<p>Dưới</p>") < page.index("btn-danger")
    assert inside("h1", page) == ["Bỏ tên"]
    assert inside("button", page)[-1] == "Bỏ"
