from dataclasses import dataclass

import pytest

from ancam.directives.group_rules import Directory, Why


@dataclass(frozen=True)
class Body:
    """An agency as the rules see it."""

    pk: int
    name: str
    kind: str
    tier: str
    depth: int = 2


ROOT = Body(1, "Ủy ban nhân dân tỉnh", "ubnd_tinh", "province", 1)
SCIENCE = Body(2, "Sở Khoa học và Công nghệ", "so_khcn", "province")
FINANCE = Body(3, "Sở Tài chính", "so_tai_chinh", "province")
AN_BINH = Body(4, "Ủy ban nhân dân xã An Bình", "ubnd_xa", "commune")
BAU_SEN = Body(5, "Ủy ban nhân dân xã Bàu Sen", "ubnd_xa", "commune")
OFFICE = Body(6, "Văn phòng HĐND và UBND xã An Bình", "vp_hdnd_ubnd_xa", "commune", 3)
NETWORK = Body(7, "Công ty Viễn thông Sao Đông", "dn_vien_thong", "enterprise")
ALL = [ROOT, SCIENCE, FINANCE, AN_BINH, BAU_SEN, OFFICE, NETWORK]
SUCCESSORS = {
    "so_tttt": ("so_khcn",),
    "so_khdt": ("so_tai_chinh",),
    "ubnd_huyen": ("ubnd_xa",),
    "ubnd_xa": ("ubnd_huyen",),
}


@pytest.fixture
def directory():
    return Directory(ALL, SUCCESSORS)


def names(found):
    return [agency.name for one in found for agency in one.group.agencies]


@pytest.mark.parametrize(
    ("text", "kind", "meant", "why"),
    [
        ("Các sở, ban, ngành", "so_ban_nganh", [SCIENCE, FINANCE], Why.OF_KIND),
        ("UBND các xã", "ubnd_xa", [AN_BINH, BAU_SEN], Why.OF_KIND),
        ("UBND xã An Bình", "ubnd_xa", [AN_BINH], Why.NAMED),
        ("Sở Khoa học và Công nghệ", None, [SCIENCE], Why.NAMED),
        ("Sở Thông tin và Truyền thông", "so_tttt", [SCIENCE], Why.SUCCEEDED),
        ("UBND huyện", "ubnd_huyen", [AN_BINH, BAU_SEN], Why.SUCCEEDED),
        ("Các cơ quan, đơn vị", "don_vi_co_camera", [SCIENCE, FINANCE, AN_BINH, BAU_SEN], Why.OF_KIND),
        ("Các doanh nghiệp viễn thông", "dn_vien_thong", [NETWORK], Why.OF_KIND),
    ],
)
def test_a_body_of_a_letter_means_a_group(directory, text, kind, meant, why):
    found = directory.suggested(text, kind)

    assert [list(one.group.agencies) for one in found] == [meant]
    assert found[0].why is why


@pytest.mark.parametrize(("text", "kind"), [("Ban Quản lý", None), ("Báo tỉnh", "bao_tinh"), ("Các phòng", "phong_xa")])
def test_a_body_that_nobody_is_suggests_nothing(directory, text, kind):
    assert directory.suggested(text, kind) == []


def test_a_duty_without_a_body_goes_to_the_kinds_it_usually_goes_to(directory):
    [found] = directory.usual(["dn_vien_thong", "chi_cuc_hq_kv"])

    assert (found.group.agencies, found.why) == ((NETWORK,), Why.USUAL)


def test_groups_of_several_are_offered_by_all_by_kind_and_by_tier(directory):
    offered = {group.code: len(group.agencies) for group in directory.groups()}

    assert offered == {"all": 4, "so_ban_nganh": 2, "ubnd_xa": 2, "tier.province": 3, "tier.commune": 3}


def test_nobody_to_give_to_makes_no_groups():
    assert Directory([], SUCCESSORS).groups() == []
