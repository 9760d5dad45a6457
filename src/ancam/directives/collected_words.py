"""What the agencies below came to, as the words with which the report of who answers for the whole begins."""

from django.utils.translation import gettext as _

from ancam.directives.selectors import Results

LONGEST = 3_500
"""Of the words of a report; the rest is left to who writes it."""


def collected_words(results: Results | None) -> str:
    """Return one line for each agency with what was accepted of it, and who is missing; empty without any accepted.

    As many lines as the words of a report leave room for; of the others it says how many they are.
    """
    if results is None or not results.accepted:
        return ""
    lines = [_("Kết quả của các đơn vị đã được xác nhận:")]
    ends = [_("Chưa xong: %(agencies)s.") % {"agencies": _named(results.missing)}] if results.missing else []
    for place, (agency, text) in enumerate(results.accepted):
        line = f"- {agency}: {' '.join(text.split())}"
        if sum(map(len, lines)) + len(line) > LONGEST:
            ends.insert(0, _("- và %(n)d đơn vị khác.") % {"n": len(results.accepted) - place})
            break
        lines.append(line)
    return "\n".join([*lines, *ends])


def _named(agencies: list[str], most: int = 10) -> str:
    names = "; ".join(agencies[:most])
    more = len(agencies) - most
    return _("%(names)s và %(n)d đơn vị khác") % {"names": names, "n": more} if more > 0 else names
