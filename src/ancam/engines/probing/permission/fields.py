"""The fields of a strictly read file, each asked for by its type; a refusal names the field's whole path."""

import re
from collections.abc import Collection
from datetime import UTC, date, datetime
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

from ancam.engines.probing.errors import FieldMissing, FieldRefused, FieldUnknown
from ancam.engines.probing.permission.addresses import Network

MOST_TEXT = 300
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Fields:
    """One mapping of a file. `file` is what the file is, in words; `path` where the mapping stands, empty at the top.

    Every method raises `FieldRefused` when a value is of another kind, `FieldMissing` when one that must be there is
    not. A field without a value counts as one that is not there.
    """

    def __init__(self, content: object, file: str, path: str, names: Collection[str]) -> None:
        self._file, self._path = file, path
        if not isinstance(content, dict):
            raise FieldRefused(name=file, field=path, found=_shown(content), accepted=f"các mục {', '.join(names)}")
        self._content: dict[str, Any] = content
        for name in content:
            if name not in names:
                raise FieldUnknown(name=file, field=self.path_of(name), accepted=", ".join(names))

    def path_of(self, name: str) -> str:
        """Return the path of a field, as in `valid.from`."""
        return f"{self._path}.{name}" if self._path else name

    def refused(self, name: str, found: object, accepted: str) -> FieldRefused:
        """Return the refusal of a value of this field."""
        return FieldRefused(name=self._file, field=self.path_of(name), found=_shown(found), accepted=accepted)

    def required(self, name: str) -> Any:
        """Return a value of any kind."""
        value = self._content.get(name)
        if value is None:
            raise FieldMissing(name=self._file, field=self.path_of(name))
        return value

    def section(self, name: str, names: Collection[str]) -> "Fields":
        """Return a mapping inside this one; one that is absent has no fields."""
        value = self._content.get(name)
        return Fields({} if value is None else value, self._file, self.path_of(name), names)

    def sections(self, name: str, names: Collection[str], *, most: int) -> list["Fields"]:
        """Return a list of mappings, empty when absent."""
        items = self.items(name, most=most)
        return [Fields(item, self._file, f"{self.path_of(name)}[{n}]", names) for n, item in enumerate(items, start=1)]

    def has(self, name: str) -> bool:
        """Tell whether a field has a value."""
        return self._content.get(name) is not None

    def text(self, name: str, *, most: int = MOST_TEXT) -> str:
        """Return a text, empty when absent."""
        value = self._content.get(name)
        return "" if value is None else self._text(name, value, most)

    def needed_text(self, name: str) -> str:
        """Return a text that is not empty."""
        text = self._text(name, self.required(name), MOST_TEXT)
        if not text.strip():
            raise FieldMissing(name=self._file, field=self.path_of(name))
        return text

    def texts(self, name: str, *, most: int) -> list[str]:
        """Return a list of texts, empty when absent."""
        return [self._text(name, item, MOST_TEXT) for item in self.items(name, most=most)]

    def items(self, name: str, *, most: int) -> list[Any]:
        """Return a list of values of any kind, empty when absent."""
        value = self._content.get(name)
        if value is None:
            return []
        if not isinstance(value, list) or len(value) > most:
            raise self.refused(name, value, f"danh sách tối đa {most} phần tử, ví dụ [a, b]")
        return value

    def whole_number(self, name: str, default: int, *, most: int) -> int:
        """Return a whole number from 1, the default when absent."""
        value = self._content.get(name)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
            raise self.refused(name, value, f"số nguyên từ 1 đến {most}")
        return value

    def instant(self, name: str) -> datetime:
        """Return an instant; one without its offset from UTC is refused, since it names no instant."""
        value = self.required(name)
        accepted = "ngày giờ kèm múi giờ, ví dụ 2026-11-20T08:00+07:00"
        if not isinstance(value, str) or not _INSTANT.fullmatch(value):
            raise self.refused(name, value, accepted)
        try:
            # In UTC, so that an instant which has none there (before the year 1, after 9999) is found here.
            return datetime.fromisoformat(value).astimezone(UTC)
        except (ValueError, OverflowError) as exc:
            raise self.refused(name, value, accepted) from exc

    def day(self, name: str) -> date | None:
        """Return a day, None when absent or empty."""
        value = self._content.get(name)
        if value in (None, ""):
            return None
        accepted = "ngày, ví dụ 2026-11-02"
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise self.refused(name, value, accepted)
        try:
            return date.fromisoformat(value)
        except ValueError as exc:
            raise self.refused(name, value, accepted) from exc

    def networks(self, name: str, *, most: int) -> tuple[Network, ...]:
        """Return a list of addresses and CIDR ranges; names, zone ids and ranges with host bits set are refused."""
        return tuple(self._network(name, value) for value in self.items(name, most=most))

    def network(self, name: str) -> Network:
        """Return one address or CIDR range, as `networks` does."""
        return self._network(name, self.required(name))

    def _network(self, name: str, value: object) -> Network:
        accepted = "địa chỉ IP hoặc dải CIDR, ví dụ 10.77.64.0/22; không nhận tên máy"
        if not isinstance(value, str) or not re.fullmatch(r"[0-9a-fA-F:.]+(/\d{1,3})?", value):
            raise self.refused(name, value, accepted)
        try:
            meant = ip_network(value, strict=False)
        except ValueError as exc:
            raise self.refused(name, value, accepted) from exc
        if "/" in value and int(meant.network_address) != int(ip_network(value.partition("/")[0]).network_address):
            raise self.refused(name, value, f"dải {meant}, hoặc riêng địa chỉ {value.partition('/')[0]}")
        if isinstance(meant, IPv6Network) and (inner := _mapped(meant)):
            raise self.refused(name, value, f"dải IPv4 viết thẳng: {inner}")
        return meant

    def _text(self, name: str, value: object, most: int) -> str:
        if not isinstance(value, str) or len(value) > most:
            raise self.refused(name, value, f"chữ, tối đa {most} ký tự, để trong dấu ngoặc kép")
        return value


def _mapped(network: IPv6Network) -> IPv4Network | None:
    """Return the IPv4 network that an IPv4-mapped one stands for."""
    inner = network.network_address.ipv4_mapped
    return IPv4Network((inner, network.prefixlen - 96)) if inner and network.prefixlen >= 96 else None


def _shown(value: object) -> str:
    """Return what was found, short enough for a sentence."""
    said = {None: "trống", True: "true", False: "false"}.get(value) if isinstance(value, bool | None) else None
    if said or isinstance(value, dict | list):
        return said or ("một nhóm mục" if isinstance(value, dict) else f"danh sách {len(value)} phần tử")  # type: ignore[arg-type]
    text = str(value)
    return f"“{text if len(text) <= 60 else text[:60] + '…'}”"
