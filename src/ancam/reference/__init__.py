"""The law and the field as data: YAML in which every item names its source, its confidence and its period."""

from functools import cache
from importlib import resources
from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def reference_bytes(name: str) -> bytes:
    """Return the file `NAME.yaml` of this package as it stands, for digests."""
    return resources.files(__name__).joinpath(f"{name}.yaml").read_bytes()


@cache
def reference(name: str) -> dict[str, Any]:
    """Return the content of `NAME.yaml`, read once in a process. Callers must not change it."""
    content = yaml.load(reference_bytes(name), Loader=_Loader)  # noqa: S506 - both loaders are the safe ones
    if not isinstance(content, dict):
        raise TypeError(f"{name}.yaml is not a mapping")
    return content
