"""The pages of lists by file, and the workbooks that they hand out."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ancam.accounts.models import Agency, ImportBatch, ImportKind, ImportState, Membership, Person, Role
from ancam.accounts.services import apply_import, receive_import
from ancam.accounts.services import imports as doors
from ancam.accounts.tests.conftest import signed_in_as
from ancam.accounts.tests.factories import make_agency, make_person
from ancam.accounts.workbooks import agencies_workbook, people_workbook
from ancam.audit.models import Entry
from ancam.web import clock

AGENCY_ROWS = (
    "Tên cơ quan;Loại cơ quan;Trực thuộc;Địa danh;Ký hiệu\n"
    "Phòng A;Phòng, đơn vị trực thuộc khác;Ủy ban nhân dân xã An Bình;An Bình;\n"
    "Ủy ban nhân dân xã An Bình;;;;UBNDAB\n"
    "=1+1;;Không có;;\n"
)


def sent(client: Client, rows: str, name: str = "import_agencies"):  # type: ignore[no-untyped-def]
    return client.post(reverse(name), {"file": SimpleUploadedFile("Cơ quan.csv", rows.encode())})


@pytest.fixture
def batch(as_administrator: Client, commune: Agency) -> ImportBatch:
    sent(as_administrator, AGENCY_ROWS)
    return ImportBatch.objects.get()


def words(answer) -> str:  # type: ignore[no-untyped-def]
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_file_is_sent_seen_row_by_row_and_applied(as_administrator: Client, commune: Agency) -> None:
    answer = sent(as_administrator, AGENCY_ROWS)
    page = as_administrator.get(answer["Location"])

    assert "Ký hiệu văn bản: UBND → UBNDAB" in words(page)
    assert "không tìm thấy cơ quan “Không có”" in words(page)
    batch = ImportBatch.objects.get()
    applied = as_administrator.post(reverse("import_apply", args=[batch.pk]), {"without_refused": "on"}, follow=True)
    assert "Đã áp dụng danh sách." in words(applied)
    assert Agency.objects.filter(name="Phòng A").exists()
    line = Entry.objects.get(action="accounts.apply_import")
    told = words(as_administrator.get(reverse("ledger_line", args=[line.number])))
    assert "Mã của tệp" in told
    assert reverse("import", args=[batch.pk]) in told


def test_rows_are_narrowed_by_verdict_and_words(as_administrator: Client, batch: ImportBatch) -> None:
    address = reverse("import", args=[batch.pk])
    found = as_administrator.get(address, {"verdict": "new", "words": "phong"})

    assert [row.record.label for row in found.context["table"].paginated_rows] == ["Phòng A"]
    assert as_administrator.get(address, {"verdict": "king"}).status_code == 422
    rows = b"".join(as_administrator.get(address, {"xuat": "csv"})).decode()
    assert "Ký hiệu văn bản: UBND → UBNDAB" in rows


def test_without_the_word_of_the_person_nothing_is_applied(as_administrator: Client, batch: ImportBatch) -> None:
    answer = as_administrator.post(reverse("import_apply", args=[batch.pk]))

    assert answer.status_code == 422
    assert "1 dòng bị từ chối" in str(answer.context["form"].errors)
    assert not Agency.objects.filter(name="Phòng A").exists()


def test_what_has_nothing_to_apply_says_so(as_administrator: Client, commune: Agency) -> None:
    sent(as_administrator, f"Tên cơ quan\n{commune.name}\n")
    address = reverse("import_apply", args=[ImportBatch.objects.get().pk])

    assert as_administrator.post(address).status_code == 422


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"a;b\n1;2\n", b"PK\x03\x04"])
def test_a_file_that_is_not_taken_is_told_beside_the_field(as_administrator: Client, data: bytes) -> None:
    answer = as_administrator.post(reverse("import_people"), {"file": SimpleUploadedFile("x.xlsx", data)})

    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not ImportBatch.objects.exists()


def test_a_file_must_be_chosen_and_keep_the_limit(as_administrator: Client, settings) -> None:  # type: ignore[no-untyped-def]
    settings.MAX_UPLOAD_BYTES = 100

    assert as_administrator.post(reverse("import_people")).status_code == 422
    too_large = sent(as_administrator, AGENCY_ROWS)
    assert too_large.status_code == 422
    assert "vượt quá giới hạn" in str(too_large.context["form"].errors["file"])


def test_an_import_is_left_with_a_word(as_administrator: Client, batch: ImportBatch) -> None:
    answer = as_administrator.post(reverse("import_leave", args=[batch.pk]), follow=True)

    assert "Đã bỏ lần nhập này" in words(answer)
    assert "Đã bỏ" in words(as_administrator.get(reverse("import", args=[batch.pk])))
    assert as_administrator.post(reverse("import_leave", args=[batch.pk])).status_code == 422


def test_while_a_job_has_it_the_page_asks_again_by_itself(
    as_administrator: Client, commune: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors, "ROWS_AT_ONCE", 0)
    sent(as_administrator, AGENCY_ROWS)
    batch = ImportBatch.objects.get()
    address = reverse("import", args=[batch.pk])

    assert f'hx-get="{address}"' in words(as_administrator.get(address))
    waiting = as_administrator.get(address, headers={"hx-request": "true"})
    assert "Chưa có tiến trình nền" in words(waiting)
    assert "HX-Refresh" not in waiting
    ImportBatch.objects.update(state=ImportState.APPLYING)
    assert "Đang ghi" in words(as_administrator.get(address))
    ImportBatch.objects.update(state=ImportState.APPLIED)
    assert as_administrator.get(address, headers={"hx-request": "true"})["HX-Refresh"] == "true"


def test_only_administrators_come_here_and_others_imports_are_not_seen(
    as_officer: Client, as_outsider: Client, batch: ImportBatch, commune_administrator: Person
) -> None:
    one = ["import", "import_refused"]
    for name in ("imports", "import_agencies", "import_people", "agencies_template", "people_template"):
        assert as_officer.get(reverse(name)).status_code == 403
    for client in (as_outsider, signed_in_as(commune_administrator)):
        assert [client.get(reverse(name, args=[batch.pk])).status_code for name in one] == [404, 404]
        assert client.post(reverse("import_apply", args=[batch.pk])).status_code == 404
    assert as_outsider.get(reverse("imports")).context["table"].paginator.count == 0


def test_an_auditor_reads_the_import_from_the_ledger_and_sends_none(
    administrator: Person, root: Agency, commune: Agency, batch: ImportBatch
) -> None:
    auditor = signed_in_as(make_person(Role.AUDITOR, root))
    beside = signed_in_as(make_person(Role.AUDITOR, commune))
    apply_import(batch=batch, by=administrator, without_refused=True, at=clock.now())
    line = Entry.objects.get(action="accounts.apply_import")

    told = words(auditor.get(reverse("ledger_line", args=[line.number])))
    page = auditor.get(reverse("import", args=[batch.pk]))
    listed = auditor.get(reverse("imports"))

    assert reverse("import", args=[batch.pk]) in told
    assert "Phòng A" in words(page)
    assert listed.context["table"].paginator.count == 1
    assert reverse("import_people") not in words(listed)
    assert auditor.get(reverse("import_people")).status_code == 403
    assert auditor.post(reverse("import_apply", args=[batch.pk])).status_code == 403
    assert beside.get(reverse("import", args=[batch.pk])).status_code == 404


def test_rows_of_people_leave_a_line_when_they_are_taken_away(
    as_administrator: Client, administrator: Person, root: Agency, commune: Agency
) -> None:
    rows = f"Họ và tên;Thư điện tử;Cơ quan;Vai trò\nLê An;an@x.vn;{commune.name};Vua\n"
    sent(as_administrator, rows, "import_people")
    sent(as_administrator, AGENCY_ROWS)
    of_people, of_agencies = ImportBatch.objects.order_by("pk")

    for batch in (of_people, of_agencies):
        page = reverse("import", args=[batch.pk])
        assert as_administrator.head(page, {"xuat": "csv"}).status_code == 200
        assert as_administrator.get(page).status_code == 200
        assert as_administrator.get(page, {"xuat": "csv", "verdict": "king"}).status_code == 422
        as_administrator.get(page, {"xuat": "csv", "verdict": "refused"})
        as_administrator.get(reverse("import_refused", args=[batch.pk]))

    lines = Entry.objects.filter(action="accounts.export_people")
    assert [(line.object_id, line.change["filters"]) for line in lines] == [
        (str(of_people.pk), "Kết quả: Bị từ chối"),
        (str(of_people.pk), "Bị từ chối"),
    ]


def test_when_the_rows_are_gone_the_page_says_so(
    as_administrator: Client, administrator: Person, batch: ImportBatch
) -> None:
    apply_import(batch=batch, by=administrator, without_refused=True, at=clock.now())
    batch.rows.all().delete()

    page = as_administrator.get(reverse("import", args=[batch.pk]))
    refused = as_administrator.get(reverse("import_refused", args=[batch.pk]))

    assert "Đã áp dụng quá 30 ngày" in words(page)
    assert reverse("import_refused", args=[batch.pk]) not in words(page)
    assert "?verdict=" not in words(page)
    assert refused.status_code == 422
    assert "không còn được giữ" in words(refused)


def test_who_administers_above_sees_the_import_and_cannot_apply_it(
    as_administrator: Client, commune_administrator: Person
) -> None:
    batch = receive_import(
        kind=ImportKind.AGENCIES,
        file_name="a.csv",
        data=AGENCY_ROWS.encode(),
        by=commune_administrator,
        at=clock.now(),
    )

    assert "Chỉ Đặng Văn Lượng" in words(as_administrator.get(reverse("import", args=[batch.pk])))
    assert as_administrator.post(reverse("import_apply", args=[batch.pk])).status_code == 403
    assert as_administrator.get(reverse("imports")).context["table"].paginator.count == 1


def test_refused_rows_come_back_with_their_reason_and_can_be_sent_again(
    as_administrator: Client, batch: ImportBatch
) -> None:
    answer = as_administrator.get(reverse("import_refused", args=[batch.pk]))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()

    assert rows[0][-1] == "Lý do bị từ chối"
    assert rows[1][2] == "=1+1"
    assert "không tìm thấy" in str(rows[1][-1])
    again = as_administrator.post(
        reverse("import_agencies"), {"file": SimpleUploadedFile("lai.xlsx", answer.content)}, follow=True
    )
    assert again.context["batch"].refused == 1


@pytest.mark.parametrize("kind", ["agencies", "people"])
def test_the_template_is_read_by_our_own_reader_and_holds_nothing_to_import(
    as_administrator: Client, commune: Agency, kind: str
) -> None:
    template = as_administrator.get(reverse(f"{kind}_template")).content
    answer = as_administrator.post(reverse(f"import_{kind}"), {"file": SimpleUploadedFile("mau.xlsx", template)})

    assert "không có dòng dữ liệu nào" in str(answer.context["form"].errors["file"])


def test_what_is_exported_changes_nothing_when_it_is_sent_back(
    as_administrator: Client, administrator: Person, officer: Person, other_commune: Agency, commune: Agency
) -> None:
    for above in (commune, other_commune):
        make_agency(make_agency(above, "Văn phòng"), "=Tổ+1")
    Agency.objects.filter(pk=commune.pk).update(code="H01", begins_on=clock.today())
    Membership.objects.create(person=officer, agency=Agency.objects.filter(name="Văn phòng").last(), role=Role.LEADER)
    Membership.objects.create(person=officer, agency=commune, role=Role.LEADER)
    for kind, page in (("agencies", "agencies"), ("people", "people")):
        exported = as_administrator.get(reverse(page), {"xuat": "xlsx"}).content
        again = as_administrator.post(
            reverse(f"import_{kind}"), {"file": SimpleUploadedFile("a.xlsx", exported)}, follow=True
        ).context["batch"]

        assert again.total > 1
        assert (again.same, again.new, again.changed, again.refused) == (again.total, 0, 0, 0)
    assert Entry.objects.filter(action="accounts.export_people").count() == 1


def test_an_export_holds_what_is_filtered_and_seen(as_administrator: Client, outsider: Person, commune: Agency) -> None:
    filtered = as_administrator.get(reverse("agencies"), {"xuat": "xlsx", "words": "an binh"}).content
    mine = agencies_workbook(outsider)

    def names(data: bytes) -> list[object]:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
        return [row[2] for row in rows[1:]]

    nothing = as_administrator.get(reverse("agencies"), {"xuat": "xlsx", "words": "khongcogihet"}).content

    assert names(filtered) == [commune.name]
    assert names(nothing) == []
    assert names(mine) == ["Ủy ban nhân dân xã Bàu Sen"]
    assert people_workbook(outsider)[:2] == b"PK"
    assert as_administrator.get(reverse("agencies"), {"xuat": "xlsx", "tier": "x"}).status_code == 422
