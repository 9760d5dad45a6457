"""Every address of the product, walked by every member of the cast: nobody reads what is not theirs.

The walk is made from the table of addresses. An address with parts that this file cannot fill fails the walk, so that
a new view is never forgotten.
"""

from datetime import datetime, time

import pytest
import time_machine
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from icalendar import Calendar

from ancam.audit.models import Entry
from ancam.directives.services import LETTER_KINDS
from ancam.web.clock import VIETNAM
from cast import World

pytestmark = pytest.mark.django_db

CAST = ["owner", "leader", "subordinate", "appraiser", "auditor", "administrator", "outsider", "outside_auditor"]
# Addresses that sign a person out or belong to those not signed in; each has tests of its own beside its view.
NOT_WALKED = {"account_logout", "account_reauthenticate"}
# Forms that ask for a whole thing when nothing is filled in.
WHOLE_WHEN_EMPTY = {"ledger_checks", "urge_below"}


def named_patterns() -> list[URLPattern]:
    """Return every named address of the product."""

    def walk(patterns: list[URLPattern | URLResolver]) -> list[URLPattern]:
        found = []
        for pattern in patterns:
            found += walk(pattern.url_patterns) if isinstance(pattern, URLResolver) else [pattern]
        return found

    return walk(get_resolver().url_patterns)


def addresses(world: World) -> list[str]:
    """Return every address of the product, once for each row of the world that it can show."""
    found, rows = [], rows_by_view(world)
    for pattern in named_patterns():
        assert pattern.name, f"{pattern.pattern} has no name"
        if pattern.name not in NOT_WALKED:
            found += [reverse(pattern.name, kwargs=parts) for parts in parts_for(pattern, rows)]
    return found


def parts_for(pattern: URLPattern, rows: dict[str, list[tuple[object, ...]]]) -> list[dict[str, object]]:
    """Return the parts with which an address is filled, by what its view shows."""
    if not pattern.pattern.converters:
        return [{}]
    assert pattern.name in rows, f"tell this walk which rows the address “{pattern.name}” ({pattern.pattern}) shows"
    filled = [dict(zip(pattern.pattern.converters, row, strict=True)) for row in rows[pattern.name]]
    assert filled, pattern.name
    return filled


def rows_by_view(world: World) -> dict[str, list[tuple[object, ...]]]:
    """Return, for each address with parts, the rows of the world that it can show."""
    agencies = [(agency.pk,) for agency in (world.holder, world.unit, world.sibling)]
    people = [(person.pk,) for person in world.people.values()]
    roles = [(p.pk, p.current_memberships[0].pk) for p in world.people.values()]
    documents = [(world.document.pk,), (world.under_review.pk,)]
    obligations = [(obligation.pk,) for obligation in world.obligations]
    assignments = [(assignment.pk,) for assignment in world.assignments]
    periods = [(period.pk,) for assignment in world.assignments for period in assignment.periods.all()]
    reports = [(report.pk,) for report in world.reports]
    files = [(file.pk,) for report in world.reports for file in report.files.all()]
    shown_by = [
        ([("not-a-token",)], ["register_instance", "welcome", "password_reset", "email_confirm", "calendar_feed"]),
        ([(world.notice.pk,)], ["notice", "notice_read"]),
        (agencies, ["agency", "agency_add", "agency_change", "agency_move"]),
        (
            people,
            [
                "person",
                "person_change",
                "email_change",
                "email_withdraw",
                "role_add",
                "link_issue",
                "link_withdraw",
                "standing",
                "account_stop",
                "account_restart",
                "second_factors_clear",
                "identities_clear",
                "departure_add",
            ],
        ),
        (roles, ["role_remove"]),
        (
            [(world.paper.pk,), (world.draft.pk,)],
            [
                "paper",
                "paper_file",
                "paper_approved_file",
                "paper_pdf",
                "paper_pdf_ask",
                "paper_submit",
                "paper_take_back",
                "paper_approve",
                "paper_return",
                "paper_discard",
                "paper_issue",
                "paper_withdraw",
                "paper_supersede",
                "signed_copy_add",
            ],
        ),
        ([(world.held_number.pk,)], ["register_release"]),
        ([(world.signed_copy.pk,)], ["signed_copy"]),
        (
            # Of oneself only, and ended by an empty form: tested beside their views.
            [(999,)],
            [
                "passkey_rename",
                "passkey_remove",
                "device_end",
                "identity_unbind",
                "saved_filter_change",
                "saved_filter_remove",
            ],
        ),
        (
            documents,
            [
                "document",
                "document_file",
                "document_particulars",
                "document_regime",
                "document_parent",
                "document_cascade",
                "document_assign",
                "document_report",
                "done_before",
                "collected",
                "urge",
                "review",
                "review_workbook",
                "review_certain",
                "review_merge",
                "review_finish",
                "anomaly_settle",
                "obligation_add",
            ],
        ),
        ([(pk, kind) for (pk,) in documents for kind in LETTER_KINDS], ["document_letter"]),
        (
            obligations,
            [
                "obligation",
                "obligation_card",
                "obligation_confirm",
                "obligation_edit",
                "obligation_split",
                "obligation_drop",
                "obligation_restore",
                "schedule_edit",
                "event_record",
                "figures",
                "figures_edit",
            ],
        ),
        (
            assignments,
            [
                "assignment",
                "assignment_withdraw",
                "assignment_answering",
                "assignment_transfer",
                "give_below",
                "urge_below",
                "question_ask",
            ],
        ),
        ([(pk, field) for (pk,) in obligations for field in ("leads", "deadline")], ["obligation_field"]),
        ([(question.pk,) for question in world.questions], ["question_answer"]),
        ([(world.giving_run.pk,)], ["giving_run", "giving_run_stop"]),
        ([(world.reading_run.pk,)], ["reading_run", "reading_run_stop"]),
        (periods, ["period", "progress_submit", "extension_ask"]),
        ([(extension.pk,) for extension in world.extensions], ["extension_answer"]),
        (reports, ["progress_accept", "progress_return"]),
        (files, ["progress_file"]),
        ([(world.returned.workbook.pk,)], ["offline_workbook", "offline_revoke", "offline_receive"]),
        ([(world.returned.pk,)], ["offline_return", "offline_apply", "offline_leave", "offline_file"]),
        ([("L116-2025",)], ["instrument"]),
        ([("CT23-2022",)], ["directive_cascade"]),
        ([(number,) for number in Entry.objects.values_list("number", flat=True)], ["ledger_line"]),
        ([(world.check.pk,)], ["ledger_check"]),
        ([(world.alias.pk,)], ["place_alias_remove"]),
        ([(world.delegation.pk,)], ["delegation_end"]),
        ([(world.departure.pk,)], ["departure", "departure_withdraw", "departure_take_back"]),
        (
            [(world.reorganisation.pk,)],
            [
                "reorganisation",
                "reorganisation_change",
                "reorganisation_schedule",
                "reorganisation_reopen",
                "reorganisation_undo",
                "predecessor_add",
                "successor_add",
                "successor_new",
            ],
        ),
        ([(world.reorganisation.pk, world.sibling.pk)], ["predecessor_settle", "predecessor_remove"]),
        ([(world.reorganisation.pk, world.unit.pk)], ["successor_remove"]),
        ([(world.batch.pk,)], ["import", "import_apply", "import_leave", "import_refused"]),
    ]
    rows: dict[str, list[tuple[object, ...]]] = {}
    for parts, names in shown_by:
        for name in names:
            rows[name] = parts
    return rows


def signed_in(person) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def body_of(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", errors="replace")


@pytest.mark.parametrize("who", CAST)
def test_nobody_reads_what_is_not_theirs(world, who):
    client = signed_in(world.people[who])
    forbidden = [word for word, readers in world.readers_of.items() if who not in readers]

    for address in addresses(world):
        response = client.get(address)

        assert response.status_code in {200, 302, 403, 404, 405, 422}, f"{address}: {response.status_code}"
        body = body_of(response)
        assert not [word for word in forbidden if word in body], f"{who} reads too much at {address}"


def test_a_calendar_shows_what_its_owner_may_read_and_is_theirs_to_do(world):
    address = reverse("calendar_feed", args=[world.calendar_token])
    forbidden = [word for word, readers in world.readers_of.items() if "subordinate" not in readers]
    period = world.assignments[0].periods.get()

    with time_machine.travel(datetime.combine(period.due_on, time(9), tzinfo=VIETNAM)):
        response = Client().get(address)

    calendar = Calendar.from_ical(response.content)
    assert [str(event["uid"]).partition("@")[0] for event in calendar.walk("VEVENT")] == [f"period-{period.pk}"]
    words = "".join(str(event[name]) for event in calendar.walk("VEVENT") for name in ("summary", "description"))
    assert "KínNhiệmvụ" in words and not [word for word in forbidden if word in words]


def test_the_administrator_reads_every_marked_word_somewhere(world):
    client = signed_in(world.people["administrator"])

    everything = "".join(body_of(client.get(address)) for address in addresses(world))

    missing = [word for word in world.readers_of if word not in everything]
    assert not missing, "the walk proves nothing about words that no page shows"


def test_nobody_reads_anything_without_signing_in(world):
    client = Client(raise_request_exception=False)

    for address in addresses(world):
        response = client.get(address)

        assert response.status_code in {200, 302, 404, 405, 422}, f"{address}: {response.status_code}"
        assert "Kín" not in body_of(response), address


@pytest.mark.parametrize("who", ["outsider", "subordinate", "appraiser", "auditor"])
def test_empty_and_senseless_forms_change_nothing_and_break_nothing(world, who):
    client = signed_in(world.people[who])
    walked = sorted({address for address in addresses(world) if resolve(address).url_name not in WHOLE_WHEN_EMPTY})
    lines_before = Entry.objects.count()

    for address in walked:
        for data in ({}, {"pk": "x", "action": "\x00", "percentage": "1e9", "version": "-1"}):
            response = client.post(address, data)

            assert response.status_code < 500, f"{address}: {response.status_code}"
            assert response.status_code != 200 or address.startswith("/dang-") or "Kín" not in body_of(response), (
                address
            )

    assert Entry.objects.count() == lines_before


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_methods_that_no_page_has_are_refused(world, method):
    client = signed_in(world.people["administrator"])

    for address in addresses(world):
        assert getattr(client, method)(address).status_code in {302, 403, 404, 405}, address


def test_a_form_from_another_site_is_refused(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["owner"], backend="allauth.account.auth_backends.AuthenticationBackend")

    for address in addresses(world):
        assert client.post(address, {}).status_code in {403, 404, 405}, address
