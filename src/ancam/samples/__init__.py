"""Invented letters and a demo province: no person, agency or enterprise in here exists."""

from importlib import resources
from typing import Any

import yaml

LETTERS = ("cong-van-ubnd-tinh-dong-son.txt", "chi-thi-ubnd-tinh-dong-son.txt", "cong-van-ubnd-xa-an-binh.txt")
"""The letters: a province's công văn, its chỉ thị, and the công văn by which a commune passes the first one on."""


def sample_letter(name: str) -> bytes:
    """Return the bytes of one of `LETTERS`; raise `KeyError` for any other name."""
    if name not in LETTERS:
        raise KeyError(name)
    return resources.files(__name__).joinpath("letters", name).read_bytes()


def sample_province() -> dict[str, Any]:
    """Return `province.yaml`: `agencies`, rows that name their parent, and `people` with their agency and role."""
    content: dict[str, Any] = yaml.safe_load(resources.files(__name__).joinpath("province.yaml").read_bytes())
    return content
