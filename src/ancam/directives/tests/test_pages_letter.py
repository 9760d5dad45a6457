import pytest
from django.urls import reverse

from ancam.accounts.models import Role
from ancam.accounts.tests.factories import make_person
from ancam.directives.models import Document
from ancam.directives.services import load_reference
from ancam.directives.tests.factories import AT, make_document, sent_file, signed_in
from ancam.samples import sample_letter

NAME = "cong-van-ubnd-tinh-dong-son.txt"


def test_an_empty_first_page_offers_to_send_a_letter(office, province):
    body = office.get("/").content.decode()

    assert "Chưa có văn bản nào" in body
    assert reverse("document_upload") in body


def test_who_may_not_receive_is_not_offered_to(province):
    body = signed_in(make_person(Role.READER, province)).get("/").content.decode()

    assert reverse("document_upload") not in body


def test_the_first_page_lists_what_waits(office, in_review):
    assert reverse("review", args=[in_review.pk]) in office.get("/").content.decode()


def test_a_letter_sent_opens_its_review(office, province):
    load_reference(AT)

    reply = office.post(
        reverse("document_upload"), {**sent_file(sample_letter(NAME), NAME), "agency": province.pk}, follow=True
    )

    document = Document.objects.get()
    assert reply.redirect_chain[0][0] == reverse("review", args=[document.pk])
    assert f"0/{document.obligations.count()} đã xác nhận" in reply.content.decode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "không có nội dung"),
        (b"Dear all, please report on your cameras by the end of this month, thank you very much.\n" * 5, "tiếng Việt"),
        (sample_letter(NAME).replace("Số: 2146".encode(), "MẬT\n\nSố: 2146".encode(), 1), "độ mật"),
    ],
)
def test_a_refused_letter_says_why_beside_the_field(office, province, content, words):
    reply = office.post(reverse("document_upload"), {**sent_file(content, NAME), "agency": province.pk})

    assert reply.status_code == 422
    assert words in reply.content.decode()
    assert not Document.objects.exists()


def test_no_file_is_said_beside_the_field(office, province):
    reply = office.post(reverse("document_upload"), {"agency": province.pk})

    assert reply.status_code == 422
    assert "Chưa chọn tệp" in reply.content.decode()


def test_the_same_letter_is_offered(office, province):
    sent = {"agency": province.pk}
    office.post(reverse("document_upload"), {**sent_file(sample_letter(NAME), NAME), **sent})

    reply = office.post(reverse("document_upload"), {**sent_file(sample_letter(NAME), NAME), **sent})

    assert reply.status_code == 422
    assert reverse("document", args=[Document.objects.get().pk]) in reply.content.decode()


def test_an_agency_of_others_receives_nothing_from_me(office, commune):
    reply = office.post(reverse("document_upload"), {**sent_file(sample_letter(NAME), NAME), "agency": commune.pk})

    assert reply.status_code == 422
    assert not Document.objects.exists()


def test_a_file_over_the_limit_is_refused_in_the_page(office, province, settings):
    settings.MAX_UPLOAD_BYTES = 1000

    reply = office.post(reverse("document_upload"), {**sent_file(sample_letter(NAME), NAME), "agency": province.pk})

    assert reply.status_code == 422
    assert "vượt quá giới hạn" in reply.content.decode()


def test_particulars_regime_and_parent_are_set(office, in_review, province, holder):
    load_reference(AT)
    above = make_document(province, holder)
    values = {"number": "12", "symbol": "UBND-NC", "signed_on": "05/02/2026", "kind": "công văn"}

    assert office.get(reverse("document_particulars", args=[in_review.pk])).status_code == 200
    assert office.post(reverse("document_particulars", args=[in_review.pk]), values).status_code == 302
    assert office.post(reverse("document_particulars", args=[in_review.pk]), {"signed_on": "x"}).status_code == 422
    assert office.post(reverse("document_regime", args=[in_review.pk]), {"regime": ""}).status_code == 422
    assert office.post(reverse("document_parent", args=[in_review.pk]), {"parent": above.pk}).status_code == 302
    assert office.post(reverse("document_parent", args=[above.pk]), {"parent": in_review.pk}).status_code == 422

    in_review.refresh_from_db()
    assert (in_review.full_number, in_review.parent, in_review.regime.code) == ("12/UBND-NC", above, "R2016")


def test_who_is_no_officer_sends_no_letter(province):
    reader = signed_in(make_person(Role.READER, province))

    assert reader.get(reverse("document_upload")).status_code == 403
    assert reader.post(reverse("document_upload"), sent_file(sample_letter(NAME), NAME)).status_code == 403


def test_the_list_finds_a_letter_without_diacritics_and_the_page_tells_its_children(
    office, in_review, province, holder
):
    below = make_document(province, holder, parent=in_review, subject="V/v triển khai thực hiện")

    assert below.title in office.get(reverse("documents") + "?words=trien+khai").content.decode()
    assert below.title in office.get(reverse("document", args=[in_review.pk])).content.decode()


def test_a_point_about_the_letter_is_worked_off(office, in_review):
    Document.objects.update(anomalies=[{"code": "blank_number", "message": "Số văn bản để trống", "spans": [[0, 2]]}])
    address = reverse("review", args=[in_review.pk])
    assert "Số văn bản để trống" in office.get(address).content.decode()

    office.post(reverse("anomaly_settle", args=[in_review.pk]), {"code": "blank_number"})

    assert "Số văn bản để trống" not in office.get(address).content.decode()


def test_an_administrator_alone_is_told_whom_to_add(province):
    body = signed_in(make_person(Role.ADMINISTRATOR, province)).get("/").content.decode()

    assert "chuyên viên hoặc lãnh đạo" in body
    assert reverse("people") in body
