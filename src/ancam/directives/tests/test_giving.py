from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ancam.accounts.models import Agency, Role, Tier
from ancam.accounts.selectors import ledger_lines
from ancam.accounts.tests.factories import make_agency, make_person
from ancam.audit.models import Entry
from ancam.directives.models import Assignment, Cadence, DuePeriod, GivingRun, Part, RunState
from ancam.directives.selectors import Wanted, assignable_agencies, directory_of, suggestions, wanted_as_suggested
from ancam.directives.services import (
    begin_giving_run,
    continue_giving_run,
    give,
    plan_giving,
    stop_giving_run,
    withdraw_assignment,
)
from ancam.directives.tests.factories import (
    AT,
    ON,
    make_assignment,
    make_confirmed,
    make_document,
    make_obligation,
    make_tracked,
    officer_of,
    signed_in,
)
from ancam.notifications.models import Notice
from ancam.web.replies import Forbidden


@pytest.fixture
def telecoms(province):
    names = ("Công ty Viễn thông Sao Đông", "Công ty Internet Mạng Núi")
    return [make_agency(province, name, tier=Tier.ENTERPRISE, kind="dn_vien_thong") for name in names]


def many_communes(province, count):
    """Return so many agencies under the province, written at once."""
    first = make_agency(province, "Ủy ban nhân dân xã Một")
    path, step = first.path[: -Agency.steplen], Agency.steplen
    rows = [
        Agency(
            name=f"Ủy ban nhân dân xã {number}",
            kind="ubnd_xa",
            tier=Tier.COMMUNE,
            place=f"xã {number}",
            depth=first.depth,
            numchild=0,
            path=path + Agency._int2str(1_000 + number).rjust(step, "0"),
        )
        for number in range(count - 1)
    ]
    for row in rows:
        row.fill_keys()
    Agency.objects.bulk_create(rows)
    return list(Agency.objects.filter(kind="ubnd_xa"))


def post_of(obligations, **values):
    return {"obligations": [one.pk for one in obligations], "part": "lead", **values}


def test_suggestions_name_groups_with_their_count_and_why(province, commune, other_commune, telecoms, holder):
    document = make_document(province, holder)
    communes = make_obligation(document, leads=[{"text": "UBND các xã", "kind": "ubnd_xa"}])
    unnamed = make_obligation(document, leads=[], kind="telecom_check")

    found = suggestions([communes, unnamed], directory_of(assignable_agencies(province, ON)))

    [of_communes], [of_telecoms] = found[communes.pk], found[unnamed.pk]
    assert (of_communes.words, of_communes.reason) == ("Tất cả 2 xã, phường, đặc khu", "văn bản ghi “UBND các xã”")
    assert of_telecoms.words == "Tất cả 2 cơ quan loại “Doanh nghiệp viễn thông, Internet”"
    assert "thường giao nơi này" in of_telecoms.reason


def test_who_leads_is_not_also_given_the_duty_in_support(province, commune, other_commune, holder):
    document = make_tracked(province, 0, by=holder)
    one = {"text": commune.name, "kind": None}
    duty = make_confirmed(document, leads=[one], supports=[one, {"text": "UBND các xã", "kind": "ubnd_xa"}])

    wanted = wanted_as_suggested([duty], directory_of(assignable_agencies(province, ON)))

    assert [(row.part, row.agencies) for row in wanted] == [(Part.LEAD, (commune,)), (Part.SUPPORT, (other_commune,))]


def test_a_plan_says_what_is_new_what_stands_what_is_refused_and_how_many_periods_open(
    province, commune, other_commune, holder
):
    document = make_tracked(province, 0, by=holder)
    monthly = make_confirmed(document, cadence=Cadence.MONTHLY, deadline_on=None, last_day=None)
    proposed = make_obligation(document)
    make_assignment(monthly, commune)
    both = (commune, other_commune)

    plan = plan_giving(wanted=[Wanted(monthly, Part.LEAD, both), Wanted(proposed, Part.LEAD, both)], at=AT)

    assert [(row.new, row.standing, row.opened) for row in plan] == [((other_commune,), (commune,), 1), ((), (), 0)]
    assert plan[1].refusal
    assert Assignment.objects.count() == 1


def test_a_large_province_gets_five_duties_in_one_act_with_a_bounded_number_of_queries(province, holder):
    agencies = tuple(many_communes(province, 3_400))
    document = make_tracked(province, 5, by=holder)
    wanted = [Wanted(duty, Part.LEAD, agencies) for duty in document.obligations.all()]

    with CaptureQueriesContext(
        connection,
    ) as queries:
        made = give(document=document, wanted=wanted, by=holder, at=AT)

    assert (len(made), DuePeriod.objects.count()) == (17_000, 17_000)
    assert Entry.objects.filter(action="directives.give_obligations").count() == 3_400
    line = Entry.objects.get(action="directives.assign")
    assert (line.change["count"], line.change["agency_count"], "pairs" in line.change) == (17_000, 3_400, False)
    assert len(queries) < 500
    auditor = make_person(Role.AUDITOR, agencies[7])
    assert [one.change["count"] for one in ledger_lines(auditor)] == [5]


def test_a_page_to_choose_costs_the_same_for_few_and_many(office, province, holder, django_assert_max_num_queries):
    document = make_tracked(province, 5, by=holder)
    many_communes(province, 300)

    with django_assert_max_num_queries(30):
        body = office.get(reverse("document_assign", args=[document.pk])).content.decode()

    assert "Tất cả 300 xã, phường, đặc khu" in body
    assert "Còn nhiều cơ quan khác" in body


def test_a_group_is_previewed_and_single_ones_are_left_out(office, province, commune, other_commune, holder):
    document = make_tracked(province, 2, by=holder)
    address = reverse("document_assign", args=[document.pk])
    chosen = post_of(document.obligations.all(), groups=["ubnd_xa"])

    first = office.post(address, chosen)
    second = office.post(address, {**chosen, "without": [other_commune.pk]})
    done = office.post(address, {**chosen, "without": [other_commune.pk], "give": "1", "seen": second.context["seen"]})

    assert (first.context["count"], first.context["opened"]) == (4, 4)
    assert second.context["count"] == 2
    assert done.status_code == 302
    assert {one.agency for one in Assignment.objects.all()} == {commune}


def test_what_changed_since_the_preview_is_shown_again_and_not_given(office, province, commune, holder):
    document = make_tracked(province, 1, by=holder)
    address = reverse("document_assign", args=[document.pk])
    chosen = post_of(document.obligations.all(), groups=["ubnd_xa"], agencies=[commune.pk])
    del chosen["groups"]
    seen = office.post(address, chosen).context["seen"]
    given = make_assignment(document.obligations.get(), commune)
    withdraw_assignment(assignment=given, reason="Nhầm", by=holder, at=AT)
    other = make_confirmed(document)

    stale = office.post(
        address, {**post_of([*document.obligations.all()], agencies=[commune.pk]), "give": "1", "seen": seen}
    )

    assert stale.status_code == 422
    assert "đã có thay đổi" in stale.content.decode()
    assert not Assignment.objects.all().standing().filter(obligation=other).exists()


def test_nothing_new_is_nothing_to_give(office, province, commune, holder):
    document = make_tracked(province, 1, by=holder)
    make_assignment(document.obligations.get(), commune)

    reply = office.post(
        reverse("document_assign", args=[document.pk]),
        post_of(document.obligations.all(), agencies=[commune.pk], give="1"),
    )

    assert reply.status_code == 200
    assert "Không có gì mới" in reply.content.decode()


@pytest.mark.parametrize(
    "values",
    [{}, {"groups": ["x"]}, {"groups": ["ubnd_xa"], "part": "x"}, {"agencies": ["9" * 30]}, {"within": ["x"]}],
)
def test_senseless_choices_are_refused_on_the_page(office, province, commune, other_commune, holder, values):
    document = make_tracked(province, 1, by=holder)

    reply = office.post(reverse("document_assign", args=[document.pk]), post_of(document.obligations.all(), **values))

    assert reply.status_code == 422


def test_leaving_everyone_out_is_said(office, province, commune, holder):
    document = make_tracked(province, 1, by=holder)
    values = post_of(document.obligations.all(), agencies=[commune.pk], without=[commune.pk])

    reply = office.post(reverse("document_assign", args=[document.pk]), values)

    assert reply.status_code == 422
    assert "Không còn cơ quan nào" in reply.content.decode()


def test_groups_are_narrowed_to_what_lies_below_an_agency(office, province, commune, other_commune, holder):
    for name in ("Phòng Kinh tế", "Phòng Văn hóa - Xã hội"):
        make_agency(commune, name, kind="phong_kt_xa")
    document = make_tracked(province, 1, by=holder)

    reply = office.post(reverse("document_assign", args=[document.pk]), {"find": "1", "within": commune.pk})

    codes = [group.code for group, _words in reply.context["groups"]]
    assert reply.status_code == 200
    assert "ubnd_xa" not in codes
    assert "phong_kt_xa" in codes


def test_choosing_again_keeps_what_was_chosen(office, province, commune, holder):
    document = make_tracked(province, 1, by=holder)
    chosen = post_of(document.obligations.all(), agencies=[commune.pk], back="1")

    reply = office.post(reverse("document_assign", args=[document.pk]), chosen)

    assert reply.status_code == 200
    assert reply.content.decode().count(" checked") == 2


@pytest.fixture
def run(province, commune, other_commune, holder):
    """A large giving of two duties to two communes, not begun."""
    document = make_tracked(province, 2, by=holder)
    wanted = [Wanted(duty, Part.LEAD, (commune, other_commune)) for duty in document.obligations.all()]
    return begin_giving_run(document=document, wanted=wanted, by=holder, at=AT)


def test_a_large_giving_is_done_duty_by_duty_and_each_once(run):
    for _ in range(4):
        continue_giving_run(run.pk)

    run.refresh_from_db()
    assert (run.state, run.done, run.made) == (RunState.DONE, 4, 4)
    assert Assignment.objects.count() == 4
    assert Entry.objects.filter(action="directives.assign").count() == 2


def test_a_large_giving_is_stopped_and_what_was_given_stands(run, holder, outsider):
    continue_giving_run(run.pk)
    with pytest.raises(Forbidden):
        stop_giving_run(run=run, by=outsider, at=AT)

    stop_giving_run(run=run, by=holder, at=AT)
    continue_giving_run(run.pk)

    assert Assignment.objects.count() == 2


def test_a_refusal_stops_a_large_giving_and_stands_on_its_page(run, office, commune):
    commune.ends_on = date(2025, 6, 30)
    commune.save()

    continue_giving_run(run.pk)

    run.refresh_from_db()
    assert run.state == RunState.STOPPED
    assert "đã kết thúc hoạt động" in office.get(reverse("giving_run", args=[run.pk])).content.decode()
    assert not Assignment.objects.exists()


def test_who_began_a_large_giving_is_told_once_that_it_is_done(run, holder):
    for _ in range(4):
        continue_giving_run(run.pk)

    notice = Notice.objects.get(person=holder)
    assert (notice.title, notice.address) == ("Đã giao xong 4 phân công", reverse("giving_run", args=[run.pk]))


def test_a_large_giving_that_was_refused_is_told_and_stands_in_the_ledger(run, holder, commune):
    commune.ends_on = date(2025, 6, 30)
    commune.save()

    continue_giving_run(run.pk)
    continue_giving_run(run.pk)

    assert "đã kết thúc hoạt động" in Notice.objects.get(person=holder).text
    assert "đã kết thúc hoạt động" in Entry.objects.get(action="directives.stop_giving_run").change["reason"]


def test_a_large_giving_of_nothing_ends(province, holder):
    run = begin_giving_run(document=make_tracked(province, 1, by=holder), wanted=[], by=holder, at=AT)

    continue_giving_run(run.pk)

    run.refresh_from_db()
    assert run.state == RunState.DONE


def test_the_page_of_a_large_giving_shows_how_far_it_is_and_is_the_holders(run, office, outsider):
    address = reverse("giving_run", args=[run.pk])
    continue_giving_run(run.pk)

    assert "Đã xét 2 trên 4 phân công" in office.get(address).content.decode()
    assert "HX-Refresh" not in office.get(address, headers={"HX-Request": "true"})
    assert signed_in(outsider).get(address).status_code == 404
    assert signed_in(outsider).post(reverse("giving_run_stop", args=[run.pk])).status_code == 404
    assert office.post(reverse("giving_run_stop", args=[run.pk])).status_code == 302
    assert office.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_more_than_one_act_holds_is_left_to_a_job(office, province, commune, other_commune, holder, monkeypatch):
    monkeypatch.setattr("ancam.directives.services.MOST_PAIRS", 1)
    document = make_tracked(province, 1, by=holder)
    address = reverse("document_assign", args=[document.pk])
    chosen = post_of(document.obligations.all(), groups=["ubnd_xa"])
    preview = office.post(address, chosen)

    reply = office.post(address, {**chosen, "give": "1", "seen": preview.context["seen"]})

    assert "chạy nền" in preview.content.decode()
    assert reply.url == reverse("giving_run", args=[GivingRun.objects.get().pk])
    assert officer_of(province)
