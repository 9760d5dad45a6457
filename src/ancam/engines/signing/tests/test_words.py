import pytest

from ancam.engines.signing.words import first_difference


@pytest.mark.parametrize(
    ("issued", "copy"),
    [
        ("Số: 07/BC-UBND\nNgày 20", "Số: 07/BC\ufffeUBND Ngày  20"),
        ("đủ", "đu\u0309"),
        ("", " \n"),
    ],
)
def test_spaces_and_forms_of_letters_count_for_nothing(issued, copy):
    assert first_difference(issued, copy) is None


@pytest.mark.parametrize(
    ("issued", "copy", "told"),
    [
        ("Đã xong 42 nhiệm vụ", "Đã xong 43 nhiệm vụ", "Đãxong42nhiệmvụ ≠ Đãxong43nhiệmvụ"),
        ("Đã xong", "Đã xong rồi", "Đãxong ≠ Đãxongrồi"),
        ("Đã xong", "", "Đãxong ≠ "),
        ("Đã xong", "Đã\x00\ud800\u202exong", "Đãxong ≠ Đã\ufffd\ufffd\ufffdxong"),
    ],
)
def test_a_changed_sign_is_shown_where_it_stands(issued, copy, told):
    assert first_difference(issued, copy) == told
