"""The page that lays a letter's duties over the letters below, asked its five questions, and what it is made from."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ancam.accounts.models import Role
from ancam.accounts.tests.factories import make_agency, make_person
from ancam.audit.models import Entry
from ancam.directives import selectors
from ancam.directives.cascade_reference import directive_code
from ancam.directives.cascade_rules import Body, Outcome
from ancam.directives.errors import ParentRefused
from ancam.directives.models import Document, DocumentState, ObligationState
from ancam.directives.selectors.cascade import cascade_of, directive_cascade, issuer_of
from ancam.directives.selectors.documents import Parent, suggested_parent
from ancam.directives.services import set_parent
from ancam.directives.tests.factories import (
    AT,
    make_assignment,
    make_confirmed,
    make_document,
    make_obligation,
    make_tracked,
    officer_of,
    signed_in,
)
from ancam.web.replies import Forbidden

EVERYONE = [{"text": "Các cơ quan, đơn vị", "kind": "don_vi_co_camera"}]
CLASSIFY = {"kind": "classify", "leads": EVERYONE}
RESOURCES = {"kind": "resources", "leads": EVERYONE, "last_day": None, "deadline_on": None, "deadline_text": ""}


@pytest.fixture
def above(province, commune, holder) -> Document:
    """A tracked letter of two duties, the first given to the commune."""
    document = make_document(province, holder, state=DocumentState.TRACKED)
    make_confirmed(document, "Xác định cấp độ hệ thống camera", **CLASSIFY)
    make_confirmed(document, "Bảo đảm kinh phí", **RESOURCES)
    make_assignment(document.obligations.first(), commune)
    return document


@pytest.fixture
def below(above, commune, assignee) -> Document:
    """The commune's letter: one duty that is later, one that is new, one that was dropped."""
    document = make_document(commune, assignee, parent=above, issuer=commune.name)
    make_obligation(document, "Phân loại hệ thống camera", **{**CLASSIFY, "last_day": date(2026, 12, 15)})
    make_obligation(document, "Tăng tin bài", kind="press", leads=EVERYONE)
    make_obligation(document, "Đáp ứng kinh phí", **RESOURCES, state=ObligationState.DROPPED)
    return document


def page_of(client, document: Document, **asked: str):
    return client.get(reverse("document_cascade", args=[document.pk]), asked)


def outcomes(cascade) -> list[list[Outcome]]:
    return [[letter.comparison.cells[one.duty.key].outcome for letter in cascade.letters] for one in cascade.duties]


def test_the_page_says_what_became_of_each_duty_and_leads_to_it(office, above, below):
    first, added, _ = below.obligations.all()

    body = page_of(office, above).content.decode()

    assert "muộn hơn 15 ngày: 15/12/2026 (cấp trên: 30/11/2026)" in body
    assert "không thấy trong văn bản; cấp trên giao mọi cơ quan, đơn vị" in body
    assert reverse("obligation", args=[first.pk]) in body and reverse("obligation", args=[added.pk]) in body
    assert "liên kết chưa xác nhận" in body and "đang rà soát" in body
    assert "thiếu nhiệm vụ" not in body


def test_a_dropped_duty_is_neither_looked_for_nor_found(province, above, below, holder):
    above.obligations.filter(kind="classify").update(state=ObligationState.DROPPED)

    assert outcomes(cascade_of(above, holder)) == [[Outcome.NOT_SEEN]]


def test_every_duty_of_many_letters_is_compared_in_few_queries(above, below, commune, django_assert_num_queries):
    for _ in range(3):
        make_confirmed(make_document(commune, parent=above), **CLASSIFY)
    person = officer_of(above.holder)

    with django_assert_num_queries(5):  # the person's roles, those stood in for, then three
        cascade = cascade_of(above, person)

    assert [len(cells) for cells in outcomes(cascade)] == [4, 4]


def test_letters_past_the_bound_are_counted(monkeypatch, office, above, below, commune):
    monkeypatch.setattr("ancam.directives.selectors.cascade.MOST_CHILDREN", 1)
    make_document(commune, parent=above)

    cascade = cascade_of(above, officer_of(above.holder))

    assert (len(cascade.letters), cascade.left_out) == (1, 1)
    assert "còn 1 văn bản" in page_of(office, above).content.decode()


def test_letters_stand_four_at_once(office, above, commune):
    for number in range(7):
        make_document(commune, parent=above, number=f"77{number}")

    first, second = page_of(office, above).content.decode(), page_of(office, above, cot="2").content.decode()

    assert "770/UBND-NC</a>" in first and "776/UBND-NC</a>" not in first
    assert "Văn bản 5–7 trong 7" in second and "776/UBND-NC</a>" in second
    assert "thấy ở 0/7 văn bản" in second


@pytest.mark.parametrize(
    ("asked", "first", "second"),
    [
        ({"outcome": "changed"}, True, False),
        ({"outcome": "not_seen"}, False, True),
        ({"kind": "resources"}, False, True),
        ({"words": "xac dinh CAP DO"}, True, False),
        ({"words": "cơ quan"}, True, True),
        ({"letter": "999"}, False, False),
        ({"outcome": "xyz"}, False, False),
    ],
)
def test_the_page_is_narrowed(office, above, below, asked, first, second):
    reply = page_of(office, above, **asked)
    body = reply.content.decode()

    shown = ["Xác định cấp độ hệ thống camera</span>" in body, "Bảo đảm kinh phí</span>" in body]
    assert shown == [first, second]
    assert reply.status_code == (422 if asked.get("outcome") == "xyz" or "letter" in asked else 200)


def test_one_letter_may_be_shown_alone(office, above, below, commune):
    other = make_document(commune, parent=above, number="888")

    body = page_of(office, above, letter=str(below.pk)).content.decode()

    assert f"{below.full_number}</a>" in body and f"{other.full_number}</a>" not in body


@pytest.mark.parametrize(("order", "first"), [("", "Xác định"), ("chua-thay", "Bảo đảm"), ("han", "Xác định")])
def test_the_duties_are_sorted(office, above, below, order, first):
    body = page_of(office, above, order=order).content.decode()
    places = {words: body.index(f"{words}</span>") for words in ("Xác định cấp độ hệ thống camera", "Bảo đảm kinh phí")}

    assert min(places, key=places.__getitem__).startswith(first)


def test_a_letter_without_letters_below_says_what_to_do(office, above):
    body = page_of(office, above).content.decode()

    assert "Chưa có văn bản cấp dưới nào thực hiện văn bản này." in body
    assert "Tải văn bản của cấp dưới lên" in body


def test_a_letter_without_duties_says_so(office, province, holder):
    assert "chưa có nhiệm vụ nào để đối chiếu" in page_of(office, make_document(province, holder)).content.decode()


def test_what_is_shown_goes_into_a_workbook(office, above, below):
    reply = page_of(office, above, outcome="changed", xuat="xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(reply.streaming_content)))
    table, cells, added = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)

    assert table[0][0].startswith(f"Triển khai {above.title} xuống cấp dưới. Kết quả đối chiếu: Có thay đổi")
    assert table[1][5] == f"{below.issuer} · {below.full_number}"
    assert table[2][5] == "◐ Có thay đổi\nmuộn hơn 15 ngày: 15/12/2026 (cấp trên: 30/11/2026)"
    assert len(table) == 3
    assert cells[1][4:] == [
        *("Có thay đổi", "muộn hơn 15 ngày: 15/12/2026 (cấp trên: 30/11/2026)", "1.1", "Phân loại hệ thống camera"),
        *(date(2026, 11, 30), date(2026, 12, 15)),
    ]
    assert added[1][2] == "Tăng tin bài"


def test_a_duty_that_was_not_found_leaves_its_cells_empty_in_the_workbook(office, above, below):
    reply = page_of(office, above, outcome="not_seen", xuat="xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(reply.streaming_content)))

    assert book.get_sheet_by_name("Danh sách").to_python()[1][4:8] == [
        *("Chưa thấy", "không thấy trong văn bản; cấp trên giao mọi cơ quan, đơn vị", "", "")
    ]


def test_who_was_given_a_part_compares_that_part_and_is_not_told_what_is_new(above, below, assignee):
    cascade = cascade_of(above, assignee)
    reply = page_of(signed_in(assignee), above)
    body = reply.content.decode()

    assert [one.duty.action for one in cascade.duties] == ["Xác định cấp độ hệ thống camera"]
    assert not cascade.tells_added
    assert "Bảo đảm kinh phí" not in body
    assert "không nêu được nhiệm vụ nào là thêm" in body and "Tăng tin bài" not in body
    workbook = page_of(signed_in(assignee), above, xuat="xlsx")
    names = CalamineWorkbook.from_filelike(BytesIO(b"".join(workbook.streaming_content))).sheet_names
    assert "Nhiệm vụ thêm" not in names


def test_the_letters_of_others_are_not_compared(above, below, other_commune, outsider, assignee):
    theirs = make_document(other_commune, outsider, parent=above, subject="Của xã khác")
    make_confirmed(theirs, **CLASSIFY)

    assert [letter.document for letter in cascade_of(above, assignee).letters] == [below]


def test_a_letter_of_which_only_a_part_is_seen_is_not_compared(above, commune, province, assignee):
    tracked = make_tracked(province, 2)
    Document.objects.filter(pk=tracked.pk).update(parent=above)
    make_assignment(tracked.obligations.first(), commune)

    assert not cascade_of(above, assignee).letters


def test_who_may_not_see_the_letter_finds_no_page(above, below, outsider):
    assert page_of(signed_in(outsider), above).status_code == 404


def test_the_page_takes_no_form(office, above):
    assert office.post(reverse("document_cascade", args=[above.pk])).status_code == 405


@pytest.mark.parametrize("asked", [{"cot": "x"}, {"cot": "-3"}, {"page": "99"}, {"page": "x"}, {"kind": "\x00"}])
def test_nonsense_in_the_address_breaks_nothing(office, above, below, asked):
    assert page_of(office, above, **asked).status_code in {200, 422}


def test_many_duties_stand_fifty_to_a_page(office, above, below):
    for _ in range(55):
        make_confirmed(above, **CLASSIFY)

    assert "Trang 2/2" in page_of(office, above, page="2").content.decode()


def test_the_directive_is_compared_for_everybody_with_their_own_letters(office, outsider, below, commune):
    Document.objects.filter(pk=below.pk).update(parent=None, parent_directive=directive_code())
    address = reverse("directive_cascade", args=[directive_code()])

    own, others = office.get(address).content.decode(), signed_in(outsider).get(address).content.decode()

    assert "Chỉ thị 23/CT-TTg ngày 26/12/2022" in own and below.full_number in own
    assert "Chưa có văn bản cấp dưới nào" in others
    assert [letter.document for letter in directive_cascade(officer_of(commune)).letters] == [below]


def test_other_instruments_have_no_such_page(office):
    assert office.get(reverse("directive_cascade", args=["L116-2025"])).status_code == 404


# --- who issued a letter ---


@pytest.mark.parametrize(
    ("issuer", "kind", "tier"),
    [
        ("", "ubnd_xa", "commune"),
        ("ỦY BAN NHÂN DÂN XÃ AN BÌNH", "ubnd_xa", "commune"),
        ("Sở Y tế tỉnh Đông Sơn", "so_yte", "province"),
        ("Hội Nhà báo", "ubnd_xa", "commune"),
    ],
)
def test_the_issuer_is_who_the_letter_says_or_its_holder(commune, assignee, issuer, kind, tier):
    letter = make_document(commune, assignee, issuer=issuer, addressees=["Công an xã", "Hội nào đó"])

    found = issuer_of(letter, ())

    assert (found.kind, found.tier, found.named) == (kind, tier, {"cong_an_xa"})


def test_a_duty_keeps_who_supports_it(province, holder):
    from ancam.directives.selectors.cascade import duty_of

    one = make_obligation(make_document(province, holder), supports=[{"text": "Báo", "kind": "bao_tinh"}])

    assert duty_of(one).supports == (Body("Báo", "bao_tinh"),)


# --- what a letter carries out ---


def citing(commune, *numbers: str, **basis: str | None) -> Document:
    cited = [{"text": "", "number": n, "date": None, "issuer": None, **basis} for n in numbers]
    return make_document(commune, implements=list(numbers), legal_basis=cited)


def test_the_nearest_letter_that_is_named_is_suggested(province, commune, holder):
    make_document(province, holder, number="23", symbol="CT-TTg", signed_on=date(2022, 12, 26))
    near = make_document(province, holder, number="12", symbol="UBND-NC", signed_on=date(2023, 1, 31))

    assert suggested_parent(citing(commune, "23/CT-TTg", "12/UBND-NC"), holder) == Parent(document=near)


@pytest.mark.parametrize(
    ("basis", "is_found"),
    [
        ({}, True),
        ({"date": "2026-11-09"}, True),
        ({"date": "2025-01-01"}, False),
        ({"issuer": "UBND tỉnh Đông Sơn"}, True),
        ({"issuer": "Chủ tịch Ủy ban nhân dân tỉnh"}, True),
        ({"issuer": "UBND tỉnh Tây Hồ"}, False),
    ],
)
def test_a_letter_of_another_day_or_issuer_is_not_the_one_that_is_named(province, commune, holder, basis, is_found):
    above = make_document(province, holder, number="12", symbol="UBND-NC")

    expected = Parent(document=above) if is_found else None
    assert suggested_parent(citing(commune, "12/UBND-NC", **basis), holder) == expected


def test_of_two_letters_alike_none_is_suggested(province, commune, holder):
    for _ in range(2):
        make_document(province, holder, number="12", symbol="UBND-NC")

    assert suggested_parent(citing(commune, "12/UBND-NC"), holder) is None


def test_a_letter_without_a_date_is_suggested_when_it_is_the_only_one(province, commune, holder):
    above = make_document(
        province, holder, number="12", symbol="UBND-NC", signed_on=None, signed_precision="unknown", issuer=""
    )

    assert suggested_parent(citing(commune, "12/UBND-NC", date="2026-01-01"), holder) == Parent(document=above)


def test_the_directive_is_suggested_when_its_letter_is_not_here(commune, assignee):
    assert suggested_parent(citing(commune, "23/CT-TTg"), assignee) == Parent(directive=directive_code())
    assert suggested_parent(citing(commune, "9/QĐ-TTg"), assignee) is None


def test_a_letter_that_may_not_be_seen_is_not_suggested(province, commune, assignee, holder):
    make_document(province, holder, number="12", symbol="UBND-NC")

    assert suggested_parent(citing(commune, "12/UBND-NC"), assignee) is None


def test_a_guess_is_said_to_be_one_and_confirmed_with_a_click(province, commune, assignee):
    letter, client = citing(commune, "23/CT-TTg"), signed_in(assignee)
    page = client.get(reverse("document", args=[letter.pk])).content.decode()

    assert "chưa xác nhận" in page and "Chỉ thị 23/CT-TTg ngày 26/12/2022" in page
    reply = client.post(
        reverse("document_parent", args=[letter.pk]), {"parent": "", "directive": directive_code()}, follow=True
    )

    letter.refresh_from_db()
    assert (letter.parent_directive, letter.parent_confirmed_by) == (directive_code(), assignee)
    assert "chưa xác nhận" not in reply.content.decode()
    assert Entry.objects.latest("number").action == "directives.set_parent"


def test_saying_that_it_carries_out_nothing_here_ends_the_guess(commune, assignee):
    letter = citing(commune, "23/CT-TTg")

    set_parent(document=letter, parent=None, by=assignee, at=AT)

    page = signed_in(assignee).get(reverse("document", args=[letter.pk])).content.decode()
    assert "chưa xác nhận" not in page and "23/CT-TTg" in page


def test_two_parents_at_once_are_refused(office, province, commune, holder):
    letter, above = make_document(province, holder), make_document(province, holder)

    reply = office.post(
        reverse("document_parent", args=[letter.pk]), {"parent": above.pk, "directive": directive_code()}
    )

    assert reply.status_code == 422 and "Chỉ chọn một" in reply.content.decode()
    for parent, directive in ((above, directive_code()), (None, "L116-2025")):
        with pytest.raises(ParentRefused):
            set_parent(document=letter, parent=parent, directive=directive, by=holder, at=AT)


def test_only_those_who_hold_the_letter_say_what_it_carries_out(province, commune, assignee):
    letter = citing(commune, "23/CT-TTg")
    above, appraiser = make_person(Role.LEADER, province), make_person(Role.AUDITOR, commune)

    for person in (above, appraiser):
        assert signed_in(person).post(reverse("document_parent", args=[letter.pk]), {}).status_code == 403
        with pytest.raises(Forbidden):
            set_parent(document=letter, parent=None, directive=directive_code(), by=person, at=AT)
    letter.refresh_from_db()
    assert letter.parent_confirmed_at is None


def test_a_unit_below_compares_with_its_own_committee(province, commune, assignee, above):
    unit = make_agency(commune, "Phòng Kinh tế")
    make_assignment(above.obligations.last(), unit)
    own = make_document(unit, officer_of(unit), parent=above)

    assert own in [letter.document for letter in cascade_of(above, assignee).letters]
    assert selectors.children_of(above, assignee).count() == 1
