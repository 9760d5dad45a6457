"""The letter's own particulars, whole and damaged."""

from collections.abc import Callable

import pytest

from ancam.engines.reading.model import Reading
from ancam.engines.reading.names import as_written
from ancam.engines.reading.read import read_document

BODY = (
    "Kính gửi: Các phòng thuộc Sở\nThực hiện Chỉ thị số 23/CT-TTg, yêu cầu các phòng:\n1. Phổ biến Chỉ thị về camera.\n"
)


def read(head: str, body: str = BODY) -> Reading:
    return read_document(f"{head}\n{body}".encode(), "thu.txt")


def codes(reading: Reading) -> set[str]:
    return {a.code for a in reading.anomalies}


@pytest.mark.parametrize(
    ("line", "number", "symbol"),
    [
        ("Số: 944/UBND-KSTTHC", "944", "UBND-KSTTHC"),
        ("Số:      /UBND- KTTH", None, "UBND-KTTH"),
        ("Số: ……/CT-UBND", None, "CT-UBND"),
        ("Số: 05/QĐ-UBND", "05", "QĐ-UBND"),
        ("Số 15-CV/ĐU", "15", "CV/ĐU"),
    ],
)
def test_number_and_symbol_are_kept_apart(line: str, number: str | None, symbol: str) -> None:
    reading = read(line)

    assert (reading.document.number, reading.document.symbol) == (number, symbol)
    assert ("blank_number" in codes(reading)) == (number is None)


@pytest.mark.parametrize(
    ("line", "date", "code"),
    [
        ("Đông Sơn, ngày 05 tháng 3 năm 2024", "2024-03-05", None),
        ("Đông Sơn, ngày     tháng 3 năm 2024", "2024-03", "blank_day"),
        ("Đông Sơn, ngày … tháng … năm 2024", None, "blank_day"),
        ("Đông Sơn, ngày 05 tháng … năm 2024", None, "blank_day"),
        ("Đông Sơn, ngày 31 tháng 02 năm 2024", None, "impossible_date"),
        ("Đông Sơn, ngày 05/3/2024", "2024-03-05", None),
    ],
)
def test_the_date_may_be_blank_or_impossible(line: str, date: str | None, code: str | None) -> None:
    reading = read(line)

    assert (reading.document.date, reading.document.place) == (date, "Đông Sơn")
    assert code is None or code in codes(reading)


@pytest.mark.parametrize(
    ("lines", "kind", "subject"),
    [
        ("CHỈ THỊ\nVề camera", "chỉ thị", "Về camera"),
        ("Số: 1/TB-VP", "thông báo", None),
        ("V/v an toàn camera\ntại trụ sở", "công văn", "V/v an toàn camera tại trụ sở"),
        ("KẾ HOẠCH\nTriển khai Chỉ thị\nvề camera", "kế hoạch", "Triển khai Chỉ thị về camera"),
    ],
)
def test_kind_and_subject_are_read(lines: str, kind: str, subject: str | None) -> None:
    reading = read(lines)

    assert (reading.document.kind, reading.document.subject) == (kind, subject)
    assert ("no_subject" in codes(reading)) == (subject is None)


@pytest.mark.parametrize(
    ("voice", "issuer"),
    [
        ("Chủ tịch UBND tỉnh yêu cầu như sau:", "Ủy ban nhân dân tỉnh Đông Sơn"),
        ("UBND xã An Bình yêu cầu như sau:", "Ủy ban nhân dân xã An Bình"),
        ("Yêu cầu như sau:", None),
    ],
)
def test_an_issuer_missing_from_the_head_is_inferred_and_said_to_be(voice: str, issuer: str | None) -> None:
    place = "Đông Sơn" if "tỉnh" in voice else "An Bình"
    reading = read(f"{place}, ngày 05 tháng 3 năm 2024", f"{voice}\n1. Công an xã An Bình phổ biến Chỉ thị camera.\n")

    assert reading.document.issuer == issuer
    assert "missing_header" in codes(reading)


def test_an_issuer_without_a_place_is_inferred_from_the_symbol_or_the_voice() -> None:
    assert read("Số: 5/UBND-VX").document.issuer == "Ủy ban nhân dân"
    assert read("CHỈ THỊ\nVề camera", "UBND tỉnh yêu cầu:\n1. Sở Y tế phổ biến Chỉ thị.\n").document.issuer == (
        "Ủy ban nhân dân tỉnh"
    )


@pytest.mark.parametrize(
    ("capitals", "name"),
    [
        ("UBND TỈNH QUẢNG NGÃI", "Ủy ban nhân dân tỉnh Quảng Ngãi"),
        ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", "Sở Khoa học và Công nghệ"),
        ("CÔNG TY CẤP NƯỚC", "Công ty cấp nước"),
    ],
)
def test_a_name_in_capitals_is_written_in_ordinary_letters(capitals: str, name: str) -> None:
    assert as_written(capitals) == name


def test_both_halves_of_a_head_on_one_line_are_told_apart() -> None:
    reading = read(
        "UBND TỈNH ĐÔNG SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "SỞ Y TẾ      Độc lập - Tự do - Hạnh phúc\n"
        "Số: 7/SYT-VP      Đông Sơn, ngày 05 tháng 3 năm 2024\n"
    )

    assert (reading.document.issuer, reading.document.date) == ("Sở Y tế tỉnh Đông Sơn", "2024-03-05")


def test_the_police_of_a_province_take_its_name() -> None:
    assert read("UBND TỈNH ĐÔNG SƠN\nCÔNG AN TỈNH").document.issuer == "Công an tỉnh Đông Sơn"
    assert read("UBND TỈNH ĐÔNG SƠN\nCÔNG AN TỈNH ĐÔNG SƠN").document.issuer == "Công an tỉnh Đông Sơn"


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        ("UBND TỈNH ĐÔNG SƠN\nVĂN PHÒNG", "Văn phòng Ủy ban nhân dân tỉnh Đông Sơn"),
        ("TỈNH ỦY ĐÔNG SƠN      ĐẢNG CỘNG SẢN VIỆT NAM\nVĂN PHÒNG", "Văn phòng Tỉnh ủy Đông Sơn"),
        ("QUỸ BẢO TRÌ TRUNG ƯƠNG\nCHI NHÁNH TỈNH ĐÔNG SƠN", "Quỹ bảo trì trung ương Chi nhánh tỉnh Đông Sơn"),
        ("CỤC HẢI QUAN\nCHI CỤC HẢI QUAN KHU VỰC 21", "Chi cục hải quan khu vực 21"),
    ],
)
def test_an_office_or_a_branch_is_named_with_its_house(lines: str, issuer: str) -> None:
    issued = read(lines).document.issuer

    assert issued
    assert issued.lower() == issuer.lower()


@pytest.mark.parametrize(
    ("signed", "signer"),
    [
        ("Y Bhan H'Wen", "Y Bhan H'Wen"),
        ("PGS.TS. Lê Văn An", "PGS.TS. Lê Văn An"),
        ("BSCKII. Lê Văn An", "BSCKII. Lê Văn An"),
        ("Lê văn an", None),
    ],
)
def test_who_signs_may_have_an_apostrophe_or_degrees(signed: str, signer: str | None) -> None:
    assert read("Số: 7/UBND-VP", BODY + f"Nơi nhận:\n- Như trên.\nGIÁM ĐỐC\n{signed}\n").document.signer == signer


def test_a_place_of_another_tier_is_not_the_issuers() -> None:
    body = "UBND tỉnh yêu cầu tại huyện Bình Minh:\n1. Sở Y tế phổ biến Chỉ thị.\n"

    assert read("CHỈ THỊ\nVề camera tại huyện An Lạc", body).document.issuer == "Ủy ban nhân dân tỉnh"


def test_addressees_end_where_the_letter_begins() -> None:
    long = "Các cơ quan của tỉnh đã lắp đặt nhiều camera giám sát tại trụ sở và nơi công cộng trên địa bàn, " * 3
    lists = "Kính gửi:\nSở Y tế\nSở Nội vụ\n"

    for rest in (f"{long}\n1. Phổ biến Chỉ thị.", "1. Phổ biến Chỉ thị về camera."):
        assert read("Số: 7/UBND-VP", lists + rest).document.addressees == ("Sở Y tế", "Sở Nội vụ")


def test_a_letter_may_end_with_its_addressees() -> None:
    assert read("Kính gửi:", "Sở Y tế\nSở Nội vụ về camera").document.addressees == ("Sở Y tế", "Sở Nội vụ về camera")


def test_grounds_set_off_by_dashes_are_no_points() -> None:
    body = "Kính gửi: Các phòng\n- Căn cứ Luật An ninh mạng;\nYêu cầu các phòng:\n1. Phổ biến Chỉ thị về camera.\n"

    assert [c.label for c in read("Số: 7/SYT-VP", body).clauses] == ["1"]


def test_addressees_and_copies_are_listed() -> None:
    body = (
        "Kính gửi: Sở Y tế;\n- Sở Nội vụ;\n- Công an tỉnh.\nYêu cầu thực hiện:\n1. Phổ biến Chỉ thị về camera.\n"
        "Nơi nhận:          TM. ỦY BAN NHÂN DÂN\n- Như trên;          CHỦ TỊCH\n- Lưu: VT.\n          Lê Văn An\n"
        "PHỤ LỤC\nBảng nhiệm vụ\n"
    )
    reading = read("Số: 7/UBND-VP", body)

    assert reading.document.addressees == ("Sở Y tế", "Sở Nội vụ", "Công an tỉnh")
    assert reading.document.cc == ("Như trên", "Lưu: VT")
    assert (reading.document.signer, reading.document.signer_role) == ("Lê Văn An", "TM. ỦY BAN NHÂN DÂN - CHỦ TỊCH")


def test_a_letter_without_copies_still_ends_at_its_signature_or_appendix() -> None:
    signed = read(
        "Số: 7/UBND-VP", BODY + "2. Bố trí kinh phí.\n3. Xây dựng quy chế.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Văn An\n"
    )
    appended = read("Số: 7/UBND-VP", BODY + "2. Bố trí kinh phí.\n3. Xây dựng quy chế.\nPHỤ LỤC\n4. Phổ biến.\n")

    assert signed.document.signer == "Lê Văn An"
    assert len(signed.obligations) == len(appended.obligations) == 3


@pytest.mark.parametrize(
    ("words", "number", "issuer"),
    [
        ("Thực hiện Công văn số 12/UBND-NC ngày 01/02/2024 của UBND tỉnh và các quy định,", "12/UBND-NC", "UBND tỉnh"),
        ("Thực hiện Kế hoạch ngày 10 tháng 01 năm 2024 của UBND tỉnh,", None, "UBND tỉnh"),
        ("Thực hiện Công văn số 12/UBND-NC ngày 31/02/2024 của UBND tỉnh,", "12/UBND-NC", "UBND tỉnh"),
    ],
)
def test_what_a_letter_rests_on_is_cited(words: str, number: str | None, issuer: str) -> None:
    reading = read(
        "Số: 7/SYT-VP", f"Kính gửi: Các phòng\n{words} Sở yêu cầu các phòng:\n1. Phổ biến Chỉ thị về camera.\n"
    )

    (citation,) = reading.document.legal_basis
    assert (citation.number, citation.issuer) == (number, issuer)
    assert reading.document.implements == ((number,) if number else ())
    assert (citation.date is None) == ("31/02" in words)


def test_a_document_inside_anothers_name_is_named_once() -> None:
    words = "Công văn số 12/UBND-NC ngày 01/02/2024 của UBND tỉnh theo Kế hoạch ngày 03/4/2024"
    reading = read(
        "Số: 7/SYT-VP", f"Kính gửi: Các phòng\nThực hiện {words}; yêu cầu:\n1. Phổ biến Chỉ thị về camera.\n"
    )

    assert [c.number for c in reading.document.legal_basis] == ["12/UBND-NC"]


def test_grounds_are_not_what_is_carried_out(read_body: Callable[[str], Reading]) -> None:
    reading = read(
        "Số: 7/SYT-VP",
        "Kính gửi: Các phòng\nCăn cứ Nghị định số 85/2016/NĐ-CP; xét đề nghị tại Tờ trình số 5/TTr-VP, để thực hiện"
        " Chỉ thị số 23/CT-TTg, Sở yêu cầu các phòng:\n1. Phổ biến Chỉ thị về camera.\n",
    )

    assert "85/2016/NĐ-CP" not in reading.document.implements
    assert read_body("1. Sở Y tế phổ biến.\n").document.implements == ("23/CT-TTg",)


@pytest.mark.parametrize(
    "opening", ["1. Sở Y tế phổ biến Chỉ thị về camera.", "Thực hiện Chỉ thị, giao Sở Y tế phổ biến về camera."]
)
def test_a_letter_that_begins_with_its_body_is_read(opening: str) -> None:
    assert [d.leads[0].text for d in read_document(opening.encode(), "thu.txt").obligations] == ["Sở Y tế"]


def test_a_letter_that_begins_with_a_long_paragraph_is_read() -> None:
    long = "Camera giám sát được lắp đặt tại các cơ quan của tỉnh và các xã, phường trên địa bàn, " * 3

    assert read_document(f"{long}\n1. Sở Y tế phổ biến Chỉ thị.".encode(), "thu.txt").obligations[0].clause == "1"
    assert read_document("Các quy định về camera của tỉnh\nvà của xã".encode(), "thu.txt").obligations == ()


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("Thực hiện Chỉ thị số 57-CT/TW ngày 31/12/2025 của Ban Bí thư", ("57-CT/TW",)),
        ("Thực hiện Công văn số 5/UBND-NC; Kế hoạch số 6/KH-UBND; căn cứ Công văn số 7/UBND-NC",
         ("5/UBND-NC", "6/KH-UBND")),
        ("UBND huyện nhận được Công văn số 5/UBND-NC của UBND tỉnh triển khai Chỉ thị số 23/CT-TTg",
         ("5/UBND-NC", "23/CT-TTg")),
        ("Căn cứ Công văn số 5/UBND-NC của UBND tỉnh về việc thực hiện Chỉ thị số 23/CT-TTg",
         ("5/UBND-NC", "23/CT-TTg")),
        ("Căn cứ văn bản của UBND tỉnh về việc thực hiện Chỉ thị số 23/CT-TTg", ("23/CT-TTg",)),
        ("Xét Báo cáo số 5/BC-SNV về kết quả thực hiện Chỉ thị số 23/CT-TTg", ()),
        ("Căn cứ Chỉ thị số 23/CT-TTg ngày 26/12/2022", ("23/CT-TTg",)),
        ("Căn cứ Chỉ thị số 57-CT/TW ngày 31/12/2025", ()),
        ("Theo đúng thời hạn tại Công văn số 5/UBND-NC", ()),
    ],
)  # fmt: skip
def test_what_a_letter_carries_out_is_told_from_what_it_rests_on(words: str, numbers: tuple[str, ...]) -> None:
    reading = read("Số: 7/UBND-VX", f"Kính gửi: Các phòng\n{words}, yêu cầu các phòng:\n1. Phổ biến quy định camera.\n")

    assert reading.document.implements == numbers


@pytest.mark.parametrize(
    ("head", "issuer", "place"),
    [
        (
            "BAN QUẢN LÝ CÁC KHU CÔNG CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nNGHIỆP Bãi Sậy, ngày 02 tháng 3 năm 2024\n"
            "Số: 12/BQL-VP\nKẾ HOẠCH\nRà soát camera",
            "Ban quản lý các khu công nghiệp",
            "Bãi Sậy",
        ),
        (
            "UBND TỈNH BÃI SẬY CỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT\nNAM\nSố: 5/KH Bãi Sậy, ngày 02 tháng 3 năm 2024",
            "Ủy ban nhân dân tỉnh Bãi Sậy",
            "Bãi Sậy",
        ),
        ("TUYẾN\nCÔNG AN TỈNH BÃI SẬY\nBãi Sậy, ngày 02 tháng 3 năm 2024", "Công an tỉnh Bãi Sậy", "Bãi Sậy"),
        ("SỞ Y TẾ\nSố: 12/KH-SYT Bãi Sậy, ngày 02 tháng 3 năm 2024\nKẾ HOẠCH -", "Sở Y tế", "Bãi Sậy"),
    ],
)
def test_a_name_over_lines_beside_the_right_half_is_put_together(head: str, issuer: str, place: str) -> None:
    found = read(head).document

    assert (found.issuer, found.place, found.date) == (issuer, place, "2024-03-02")


@pytest.mark.parametrize(
    ("foot", "signer"),
    [
        ("Nơi nhận: KT. GIÁM ĐỐC\n- Như trên; PHÓ GIÁM ĐỐC\n- Lưu: VT.\nTrịnh Quốc Vũ.", "Trịnh Quốc Vũ"),
        ("- Như trên;\n- Lưu: VT. TRƯỞNG PHÒNG\n“Thiếu tá Mã Văn Sáu", "Thiếu tá Mã Văn Sáu"),
    ],
)
def test_a_signer_beside_those_who_receive_a_copy_is_read(foot: str, signer: str) -> None:
    assert read("SỞ Y TẾ", f"{BODY}{foot}\n").document.signer == signer


def test_orders_between_their_lead_in_and_the_first_point_are_read() -> None:
    body = (
        "Kính gửi: Các phòng thuộc Sở\nTrước tình hình đó, Giám đốc yêu cầu:\nVăn phòng rà soát, thay mật khẩu camera"
        " trước ngày 05/4/2024.\nPhòng Kế hoạch bố trí kinh phí thay thiết bị.\n- Các phòng gửi báo cáo về Văn phòng.\n"
    )

    assert [one.kind for one in read("SỞ Y TẾ", body).obligations] == [
        "implement_controls", "resources", "supervise_report",
    ]  # fmt: skip
