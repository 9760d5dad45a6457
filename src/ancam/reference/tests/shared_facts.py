"""The shared reference folder, where it stands beside the repository."""

from pathlib import Path
from typing import Any

import pytest
import yaml

SHARED = Path(__file__).resolve().parents[4].parent / "shared" / "reference"
RANK = {"low": 0, "medium": 1, "high": 2}

needs_the_shared_folder = pytest.mark.skipif(
    not SHARED.is_dir(), reason="no shared reference folder beside the repository"
)


def shared(name: str) -> dict[str, Any]:
    """Return the content of a file of the shared folder."""
    with (SHARED / f"{name}.yaml").open(encoding="utf-8") as file:
        return yaml.safe_load(file)
