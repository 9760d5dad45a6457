import pytest

from ancam.kit.formulas import looks_like_formula


@pytest.mark.parametrize(
    "text", ["=1+1", "+84", "-5", "@SUM(A1)", "  =cmd|' /C calc'!A0", "\t=1", "\r\n=1", "＝1", "＠A1"]
)
def test_what_a_spreadsheet_computes_is_a_formula(text):
    assert looks_like_formula(text)


@pytest.mark.parametrize("text", ["", " ", "Camera 1=2", "1-2", "a@b.example", "5/1/2026"])
def test_other_text_is_none(text):
    assert not looks_like_formula(text)
