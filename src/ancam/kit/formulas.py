"""What a spreadsheet would compute when it is opened or typed again."""

_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def looks_like_formula(text: str) -> bool:
    """Tell whether a spreadsheet could take the text for a formula: who writes it to a file marks it as text."""
    return text.lstrip(" ").startswith(_BEGINNINGS)
