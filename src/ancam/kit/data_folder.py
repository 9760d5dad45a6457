"""Where an installation keeps its data, for commands that do not load the settings."""

import os
from pathlib import Path

TRUST_FILE = "trust.yaml"
"""The keys that count under an authorisation, in the data folder."""
ASSESS_FOLDER = "assess"
"""What an assessor keeps across runs, in the data folder."""


def data_folder() -> Path:
    """Return the folder that ANCAM_DATA names, else the user's data folder; it is not made here."""
    named = os.environ.get("ANCAM_DATA", "").strip()
    return Path(named).expanduser().resolve() if named else default_data_folder()


def default_data_folder() -> Path:
    """Return the user's data folder of AnCam."""
    return Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser() / "ancam"
