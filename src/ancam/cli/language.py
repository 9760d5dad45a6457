"""The command line speaks Vietnamese, or English with `ANCAM_LANG=en`."""

import os


def phrase(vi: str, en: str) -> str:
    """Return the wording in the language of `ANCAM_LANG`; Vietnamese unless it is `en`."""
    return en if os.environ.get("ANCAM_LANG", "").strip() == "en" else vi
