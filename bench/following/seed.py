"""A full province that follows 100 duties: 3,400 agencies × 100, each once, written set by set."""

from datetime import date, timedelta

from django.db import connection, transaction

from ancam.accounts.models import Agency, Membership, Person, Role
from ancam.directives.models import Document, DocumentState, DutyKind, Obligation, ObligationState
from ancam.directives.services import load_reference
from ancam.web import clock

LETTERS, DUTIES_EACH = 5, 20


def seed_following(province: Person) -> int:
    """Give every agency of the seeded province 100 duties of five letters; return how many periods there are."""
    root, now = Agency.objects.get(depth=1), clock.now()
    load_reference(at=now)
    kinds = [*DutyKind.values]
    with transaction.atomic():
        for number in range(LETTERS):
            letter = Document.objects.create(
                holder=root,
                uploaded_by=province,
                received_at=now,
                state=DocumentState.TRACKED,
                file_digest=f"{number:064}",
                file_size_bytes=1,
                media_type="text/plain",
                file_name=f"{number}.txt",
                number=str(100 + number),
                symbol="UBND-KGVX",
                kind="công văn",
                subject="V/v bảo đảm an ninh mạng đối với camera giám sát",
                text="…",
            )
            Obligation.objects.bulk_create(_duties(letter, province, kinds, clock.today()))
        with connection.cursor() as cursor:
            cursor.execute(_ASSIGNMENTS, [province.pk, now])
            cursor.execute(_PERIODS, [clock.today()] * 2)
            made = cursor.rowcount
    Membership.objects.filter(person=province).update(role=Role.LEADER)
    return made


def _duties(letter: Document, by: Person, kinds: list[str], today: date) -> list[Obligation]:
    made = []
    for place in range(1, DUTIES_EACH + 1):
        duty = Obligation(
            document=letter,
            position=place,
            code=f"{place}/1",
            clause=f"{1 + place // 6}.{'abcđeg'[place % 6]}",
            action="Rà soát hệ thống camera giám sát và gửi hồ sơ đề xuất cấp độ",
            kind=kinds[(place * 3 + letter.pk) % len(kinds)],
            last_day=today + timedelta(days=place * 11 - 110),
            state=ObligationState.CONFIRMED,
            confirmed_by=by,
            confirmed_at=letter.received_at,
        )
        duty.set_search_key()
        made.append(duty)
    return made


_ASSIGNMENTS = """
INSERT INTO directives_assignment (
  obligation_id, agency_id, part, words, days_earlier, state, assigned_by_id, assigned_at
)
SELECT duty.id, agency.id, 'lead', '', 0, 'standing', %s, %s
FROM accounts_agency agency CROSS JOIN directives_obligation duty
"""

_PERIODS = """
INSERT INTO directives_dueperiod (assignment_id, code, begins_on, due_on, state, percentage, done_on)
SELECT given.id, '1', %s, duty.last_day,
       CASE WHEN given.id %% 10 < 5 THEN 'accepted' WHEN given.id %% 10 < 6 THEN 'submitted'
            WHEN given.id %% 10 < 8 THEN 'in_progress' WHEN given.id %% 10 < 9 THEN 'returned' ELSE 'not_started' END,
       CASE WHEN given.id %% 10 < 6 THEN 100 ELSE 20 END,
       CASE WHEN given.id %% 10 < 6 THEN %s END
FROM directives_assignment given JOIN directives_obligation duty ON duty.id = given.obligation_id
"""
