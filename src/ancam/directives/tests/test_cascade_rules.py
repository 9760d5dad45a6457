"""What a duty became in a letter below, told with plain values."""

from datetime import date

import pytest

from ancam.directives.cascade_reference import cascade_field
from ancam.directives.cascade_rules import Above, Body, Cell, Change, ChangeKind, Duty, Ground, Issuer, Outcome, compare

FIELD = cascade_field()
PROVINCE = Issuer("ubnd_tinh", "province", date(2026, 11, 9))
COMMUNE = Issuer("ubnd_xa", "commune", date(2026, 11, 9))
DEPARTMENTS, COMMUNES = Body("Các sở, ban, ngành", "so_ban_nganh"), Body("UBND cấp xã", "ubnd_xa")
EVERYONE = Body("Các cơ quan, đơn vị", "don_vi_co_camera")
POLICE, PRESS = Body("Công an tỉnh", "cong_an_tinh"), Body("Báo tỉnh", "bao_tinh")
STATION = Body("Đài tỉnh", "dai_pttth")
TELECOMS = Body("Các doanh nghiệp viễn thông", "dn_vien_thong")
ON = date(2026, 12, 31)


def duty(kind="classify", action="Xác định cấp độ an toàn hệ thống camera", leads=(EVERYONE,), **values) -> Duty:
    return Duty(**{"key": action, "clause": action, "kind": kind, "action": action, "leads": leads, **values})


def became(above: Duty, *below: Duty, issuer: Issuer = PROVINCE) -> Cell:
    return compare(Above([above]), below, issuer, FIELD).cells[above.key]


def keys(duties) -> list:
    return [one.key for one in duties]


def test_a_duty_of_the_same_kind_for_the_same_bodies_is_passed_on_whatever_its_words():
    below = duty(action="Phân loại hệ thống, lập hồ sơ đề xuất")

    cell = became(duty(), below)

    assert (cell.outcome, cell.found, cell.changes) == (Outcome.PASSED, (below,), ())


def test_what_is_said_nowhere_is_not_seen_and_what_is_new_is_added():
    other = duty("press", "Tăng tin bài", leads=(PRESS,))

    result = compare(Above([duty()]), [other], PROVINCE, FIELD)

    assert result.cells[duty().key].outcome is Outcome.NOT_SEEN
    assert result.added == (other,)


def test_other_bodies_with_other_words_do_another_duty_even_of_the_same_kind():
    above = duty("publish", "Công bố danh mục camera đáp ứng quy chuẩn", leads=(Body("Sở TT&TT", "so_tttt"),))
    below = duty("publish", "Đăng nội dung Chỉ thị lên trang của đơn vị")

    assert became(above, below).outcome is Outcome.NOT_SEEN


def test_the_only_duty_of_its_kind_is_known_by_a_few_of_its_words():
    above = duty("publish", "Công bố danh mục camera đáp ứng quy chuẩn", leads=(Body("Sở TT&TT", "so_tttt"),))
    below = duty("publish", "Niêm yết danh mục camera của xã")

    assert became(above, below).found == (below,)


def test_two_duties_of_one_kind_are_told_apart_by_who_does_them():
    general = duty("resources", "Bảo đảm kinh phí an toàn thông tin mạng")
    finance = duty("resources", "Bố trí kinh phí an toàn", leads=(Body("Sở Tài chính", "so_tai_chinh"),))
    below = duty("resources", "Đáp ứng nguồn lực")

    cells = compare(Above([finance, general]), [below], PROVINCE, FIELD).cells

    assert cells[general.key].found == (below,)
    assert cells[finance.key].outcome is Outcome.NOT_SEEN


def test_two_duties_of_one_kind_are_told_apart_by_their_words():
    old = duty(action="Xác định cấp độ hệ thống đang vận hành")
    new = duty(action="Xác định cấp độ khi triển khai hệ thống mới")
    below = [duty(action="Xác định cấp độ khi triển khai mới"), duty(action="Cấp độ hệ thống đang vận hành")]

    cells = compare(Above([old, new]), below, PROVINCE, FIELD).cells

    assert (cells[old.key].found, cells[new.key].found) == ((below[1],), (below[0],))


def test_one_duty_below_may_say_two_of_those_above():
    departments = duty("telecom_coordinate", "Phối hợp sở theo dõi, ngăn chặn camera mất an toàn", leads=(TELECOMS,))
    police = duty("telecom_coordinate", "Phối hợp công an xử lý đối tượng lợi dụng camera", leads=(TELECOMS,))
    both = duty(
        "telecom_coordinate",
        "Phối hợp sở theo dõi, ngăn chặn camera mất an toàn; xử lý đối tượng lợi dụng camera",
        leads=(TELECOMS,),
    )

    cells = compare(Above([departments, police]), [both], PROVINCE, FIELD).cells

    assert [cells[one.key].found for one in (departments, police)] == [(both,), (both,)]


def test_several_duties_below_may_carry_out_one_above():
    above = duty("supervise_report", "Theo dõi, tổng hợp kết quả phê duyệt cấp độ")
    parts = [duty("supervise_report", action) for action in ("Tổng hợp kết quả phê duyệt cấp độ", "Đôn đốc các xã")]

    result = compare(Above([above]), parts, PROVINCE, FIELD)

    assert result.cells[above.key].found == tuple(parts)
    assert not result.added


def test_a_sentence_that_was_read_as_two_duties_is_weighed_as_one():
    new = duty(action="Xác định cấp độ và triển khai phương án khi triển khai hệ thống mới", key="new")
    old = duty(action="Xác định và phê duyệt cấp độ hệ thống", key="old")
    parts = [
        duty(action="Xác định cấp độ", clause="2.a"),
        duty("implement_controls", "Triển khai phương án khi triển khai hệ thống mới", clause="2.a"),
    ]

    cells = compare(Above([old, new]), parts, PROVINCE, FIELD).cells

    assert (cells["new"].found, cells["old"].outcome) == ((parts[0],), Outcome.NOT_SEEN)


@pytest.mark.parametrize(
    ("kind", "action", "also", "is_found"),
    [
        ("approve", "Phê duyệt cấp độ an toàn hệ thống camera", (), True),
        ("approve", "Phê duyệt hồ sơ", (), False),
        ("guide", "Xác định cấp độ an toàn hệ thống camera", ("classify",), True),
        ("guide", "Hướng dẫn", ("classify",), False),
        ("guide", "Xác định cấp độ an toàn hệ thống camera", (), False),
    ],
)
def test_a_duty_of_a_near_kind_is_the_same_when_its_words_are(kind, action, also, is_found):
    assert bool(became(duty(), duty(kind, action, also_kinds=also)).found) is is_found


def test_a_further_kind_of_the_duty_above_counts_too():
    below = duty("approve", "Xác định cấp độ an toàn hệ thống camera")

    assert became(duty(kind="resources", also_kinds=("approve",)), below).found == (below,)


def test_the_same_bodies_with_a_near_kind_need_fewer_of_its_words():
    own = Body("Sở TT&TT", "so_tttt")
    above = duty("propagate", "Ưu tiên lồng ghép tuyên truyền, hướng dẫn bảo đảm an toàn", leads=(own,))

    assert became(above, duty("guide", "Tuyên truyền, hướng dẫn áp dụng quy chuẩn", leads=(own,))).found
    assert not became(above, duty("guide", "Tuyên truyền, hướng dẫn áp dụng quy chuẩn")).found


def test_a_duty_of_unknown_kind_is_known_by_its_words_alone():
    above = duty("other", "Thực hiện nghiêm Chỉ thị")

    assert became(above, duty("supervise_report", "Các đơn vị thực hiện nghiêm Chỉ thị này")).found
    assert not became(above, duty("other", "Việc khác")).found
    assert not became(duty(), duty("other", "Xác định cấp độ an toàn hệ thống camera")).found


def test_a_duty_without_words_matches_by_kind():
    assert became(duty(action="Họp"), duty(action="Phân loại")).found


@pytest.mark.parametrize(
    ("above", "below", "kind"),
    [
        (ON, date(2027, 1, 31), ChangeKind.LATER),
        (ON, date(2026, 11, 30), ChangeKind.EARLIER),
        (ON, None, ChangeKind.NO_DAY),
        (None, ON, ChangeKind.SET),
    ],
)
def test_a_last_day_that_moved_is_told(above, below, kind):
    cell = became(duty(last_day=above), duty(last_day=below))

    assert cell.changes == (Change(kind, above, below),)
    assert cell.outcome is (Outcome.PASSED if kind is ChangeKind.SET else Outcome.CHANGED)


def test_a_deadline_in_words_stands_beside_the_day_that_is_not_there():
    cell = became(duty(last_day=ON), duty(due_words="theo tiến độ tại Công văn 353"))

    assert cell.changes[0].words == ("theo tiến độ tại Công văn 353",)


@pytest.mark.parametrize("day", [ON, None])
def test_the_same_day_is_no_change(day):
    assert became(duty(last_day=day), duty(last_day=day)).outcome is Outcome.PASSED


def test_bodies_that_are_no_longer_named_make_it_narrower():
    above = duty("press", "Tăng tin bài", leads=(PRESS, STATION, Body("Hội Nhà báo", None)))

    cell = became(above, duty("press", "Tăng tin bài", leads=(PRESS,)))

    assert cell.changes == (Change(ChangeKind.NARROWER, words=("Đài tỉnh",)),)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ((PRESS, STATION), (Body("Các cơ quan báo chí", "co_quan_bao_chi"),)),
        ((PRESS, STATION), (Body("Báo và Đài", "bao_va_pttth"),)),
        ((Body("Báo và Đài", "bao_va_pttth"), STATION), (PRESS, STATION)),
        ((DEPARTMENTS, COMMUNES), (EVERYONE,)),
        ((POLICE, COMMUNES), (Body("Công an xã", "cong_an_xa"), COMMUNES)),
        ((COMMUNES, POLICE), (Body("UBND huyện", "ubnd_huyen"), POLICE)),
        ((Body("Sở Y tế", "so_yte"), COMMUNES), (DEPARTMENTS, COMMUNES)),
        ((PRESS, STATION), (PRESS, Body("Hội Nhà báo", None))),
        ((COMMUNES, POLICE), (Body("Phòng Kinh tế", "phong_kt_xa"),)),
    ],
)
def test_bodies_named_otherwise_or_not_comparable_do_not_make_it_narrower(above, below):
    assert not became(duty(leads=above), duty(leads=below)).changes


def test_a_supporting_body_is_named_too():
    assert not became(duty(leads=(PRESS, STATION)), duty(leads=(PRESS,), supports=(STATION,))).changes


def test_a_body_that_the_issuer_has_not_below_it_may_be_left_out():
    cell = became(duty(leads=(COMMUNES, TELECOMS)), duty(leads=(COMMUNES,)), issuer=COMMUNE)

    assert cell.outcome is Outcome.PASSED


def test_a_condition_that_was_not_there_is_told_and_one_that_was_is_not():
    above = duty("procure_check", "Kiểm tra khi đầu tư, mua sắm camera giám sát")

    told = became(above, duty("procure_check", "Kiểm tra", condition="nếu kinh phí cho phép"))
    same = became(above, duty("procure_check", "Kiểm tra", condition="khi mua sắm camera giám sát"))

    assert told.changes == (Change(ChangeKind.CONDITION, words=("nếu kinh phí cho phép",)),)
    assert not same.changes


@pytest.mark.parametrize(
    ("leads", "issuer", "outcome", "ground"),
    [
        ((EVERYONE,), COMMUNE, Outcome.NOT_SEEN, Ground.EVERYONE),
        ((COMMUNES,), COMMUNE, Outcome.NOT_SEEN, Ground.ITSELF),
        ((DEPARTMENTS,), Issuer("so_yte", "province"), Outcome.NOT_SEEN, Ground.ITSELF),
        ((DEPARTMENTS,), PROVINCE, Outcome.NOT_SEEN, Ground.BELOW),
        ((DEPARTMENTS,), COMMUNE, Outcome.NOT_ITS, Ground.NOT_BELOW),
        ((Body("UBND huyện", "ubnd_huyen"),), COMMUNE, Outcome.NOT_SEEN, Ground.ITSELF),
        ((Body("UBND tỉnh", "ubnd_tinh"),), COMMUNE, Outcome.NOT_SEEN, Ground.BELOW),
        ((POLICE,), COMMUNE, Outcome.NOT_SEEN, Ground.BELOW),
        ((POLICE,), Issuer("so_yte", "province"), Outcome.NOT_ITS, Ground.NOT_BELOW),
        ((PRESS,), PROVINCE, Outcome.NOT_SEEN, Ground.BELOW),
        ((PRESS,), COMMUNE, Outcome.NOT_ITS, Ground.NOT_BELOW),
        ((PRESS, COMMUNES), COMMUNE, Outcome.NOT_SEEN, Ground.ITSELF),
        ((TELECOMS,), COMMUNE, Outcome.NOT_ITS, Ground.NOT_BELOW),
        ((Body("Cục Hải quan", "cuc_hai_quan_tinh"),), PROVINCE, Outcome.NOT_ITS, Ground.NOT_BELOW),
        ((Body("Sở Y tế", "so_yte"),), PROVINCE, Outcome.NOT_SEEN, Ground.BELOW),
        ((Body("Sở Y tế", "so_yte"),), COMMUNE, Outcome.NOT_ITS, Ground.NOT_BELOW),
        ((Body("Doanh nghiệp nhà nước", "doanh_nghiep_nn"),), PROVINCE, Outcome.NOT_ITS, Ground.NOT_BELOW),
        ((Body("Hội Nhà báo", None),), PROVINCE, Outcome.UNCLEAR, Ground.UNKNOWN),
        ((), PROVINCE, Outcome.UNCLEAR, Ground.UNKNOWN),
        ((PRESS,), Issuer(None, "internal"), Outcome.UNCLEAR, Ground.UNKNOWN),
        ((PRESS,), Issuer(None, "internal", named=frozenset({"bao_tinh"})), Outcome.NOT_SEEN, Ground.NAMED),
        (
            (Body("Cục Hải quan", "cuc_hai_quan_tinh"),),
            Issuer("ubnd_tinh", "province", named=frozenset({"cuc_hai_quan_tinh"})),
            Outcome.NOT_SEEN,
            Ground.NAMED,
        ),
    ],
)
def test_a_duty_is_missed_only_where_somebody_below_could_do_it(leads, issuer, outcome, ground):
    cell = became(duty("periodic_assessment", "Kiểm tra", leads=leads), issuer=issuer)

    assert (cell.outcome, cell.ground) == (outcome, ground)


def test_the_bodies_for_which_a_duty_is_expected_are_named():
    assert became(duty(leads=(PRESS, COMMUNES)), issuer=COMMUNE).bodies == ("UBND cấp xã",)


@pytest.mark.parametrize(
    ("on", "ground"),
    [(date(2023, 2, 6), Ground.NOT_BELOW), (date(2025, 3, 1), Ground.ITSELF), (None, Ground.NOT_BELOW)],
)
def test_a_successor_is_asked_from_the_day_on_which_it_took_over(on, ground):
    above = duty(leads=(Body("Sở Thông tin và Truyền thông", "so_tttt"),))

    assert became(above, issuer=Issuer("so_khcn", "province", on)).ground is ground


def test_what_no_local_body_was_given_is_nobodys_below():
    cell = became(duty(is_local=False), issuer=PROVINCE)

    assert (cell.outcome, cell.ground) == (Outcome.NOT_ITS, Ground.NOT_LOCAL)


def test_every_duty_above_has_one_cell_and_every_one_below_stands_somewhere():
    above = [duty(action=f"Việc {n} của xã", key=n) for n in range(6)]
    below = [duty(kind, f"Việc {n} của thôn", key=n) for n, kind in enumerate(["classify", "press", "guide"] * 3)]

    result = compare(Above(above), below, PROVINCE, FIELD)

    assert keys(above) == list(result.cells)
    placed = {one.key for cell in result.cells.values() for one in cell.found} | set(keys(result.added))
    assert placed == set(keys(below))
