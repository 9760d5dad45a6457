"""What a form cannot do without carries a star, and only that."""

import re

import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field, as_crispy_form

from ancam.directives.due_forms import ExtensionForm
from ancam.directives.figure_rules import Figure
from ancam.directives.forms import ProgressForm, ReasonForm, SplitForm
from ancam.directives.giving_forms import ChildrenForm, QuestionForm


@pytest.mark.parametrize(
    ("form", "names"),
    [
        (ProgressForm(), ["percentage", "text"]),
        (ReasonForm(), ["reason"]),
        (ChildrenForm(has_children=False), ["reason"]),
        (QuestionForm(), ["text"]),
        (ExtensionForm(), ["wanted_to", "reason"]),
        (SplitForm(), ["parts"]),
    ],
)
def test_what_a_form_needs_is_starred(form, names):
    starred = re.findall(
        r'<label\s+for="id_(\w+)"[^>]*>(?:(?!</label>).)*asteriskField', as_crispy_form(form), re.DOTALL
    )

    assert starred == names


def test_a_figure_that_every_report_brings_is_starred_and_asked_unless_the_duty_does_not_apply():
    asked = [Figure("s1", "Số camera", "number", "chiếc", required=True)]

    missing = ProgressForm({"percentage": "40", "text": "Đang làm"}, figures=asked)
    not_meant = ProgressForm({"percentage": "0", "text": "Không có camera", "not_applicable": "on"}, figures=asked)

    assert "asteriskField" in as_crispy_field(missing["figure_s1"])
    assert "Chưa ghi “Số camera”" in missing.errors["figure_s1"][0]
    assert "figure_s1" not in not_meant.errors
