"""How much room Times New Roman takes, near enough to draw a line under a name or to foresee a very tall row."""

MM_PER_PT = 25.4 / 72
MOTTO_WIDTH_EM = 12.23
"""The motto in bold, measured: its line is exactly as long as the text."""

_SPACE_EM, _CAPITAL_EM, _SMALL_EM = 0.25, 0.7, 0.48  # bold averages over Vietnamese text; upright is a little narrower


def set_width_mm(text: str, size_pt: float) -> float:
    """Return about how wide the text is on one line, in millimetres; right to a tenth or so."""
    em = sum(_SPACE_EM if sign.isspace() else _CAPITAL_EM if sign.isupper() else _SMALL_EM for sign in text)
    return em * size_pt * MM_PER_PT
