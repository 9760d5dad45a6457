"""Whatever agencies and duties are called, every paper can be opened and says it whole."""

import pytest

from ancam.engines.drafting.assignment_letter import write_assignment_letter
from ancam.engines.drafting.children_report import write_children_report
from ancam.engines.drafting.errors import NamedTwice
from ancam.engines.drafting.period_summary import write_period_summary
from ancam.engines.drafting.tests.makers import (
    lines,
    make_accepted,
    make_assigning,
    make_children,
    make_duty,
    make_open,
    make_summary,
    make_tally,
    make_urging,
    opened,
)
from ancam.engines.drafting.urging_letter import write_urging_letter

GIVEN = "Trung tâm A & B <An\x00 Bình>\r\n]]> &amp; " + "dài " * 300 + "W" * 200 + "./."
READ = "Trung tâm A & B <An Bình> ]]> &amp; " + "dài " * 300 + "W" * 200 + "."


@pytest.mark.parametrize(
    "write",
    [
        lambda: write_urging_letter(make_urging(make_open(GIVEN, duty=GIVEN, period=GIVEN, state=GIVEN))),
        lambda: write_assignment_letter(
            make_assigning(make_duty(duty=GIVEN, leads=(GIVEN,), deadline=GIVEN, cadence=GIVEN, group=GIVEN))
        ),
        lambda: write_period_summary(make_summary(make_tally(GIVEN, GIVEN, late=1), unreported=(make_open(GIVEN),))),
        lambda: write_children_report(
            make_children(make_accepted(GIVEN, duty=GIVEN, result=GIVEN), missing=(make_open(GIVEN),))
        ),
    ],
    ids=["urging", "assignment", "summary", "children"],
)
def test_hard_words_survive_and_the_closing_mark_stands_once(write):
    everything = lines(opened(write()))

    assert READ in everything
    assert "\n".join(everything).count("./.") == 1


def test_names_that_differ_only_in_what_is_not_printed_are_one_agency_in_a_duty():
    with pytest.raises(NamedTwice):
        write_assignment_letter(make_assigning(make_duty(leads=("Sở A", "Sở\u0000 A"))))
