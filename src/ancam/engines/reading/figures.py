"""Numbers as lists show them: `1`, `a`, `B`, `iv`, `X`."""

from ancam.kit.whole_numbers import whole_number

_MOST_DIGITS = 6  # a list counts no further

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def number_said(text: str | None, otherwise: int) -> int:
    """Return the number that an attribute of a list says; `otherwise` when it says none, or nonsense."""
    found = whole_number(text or "", _MOST_DIGITS)
    return otherwise if found is None else found


def figure(number: int, shape: str) -> str:
    """Return a number of at least one in a shape: `a`, `A`, `i`, `I`; digits in any other."""
    if shape in ("a", "A"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter if shape == "a" else letter.upper()
    if shape in ("i", "I"):
        roman = _roman(min(number, 3999))
        return roman if shape == "I" else roman.lower()
    return str(number)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        while number >= value:
            text += sign
            number -= value
    return text
