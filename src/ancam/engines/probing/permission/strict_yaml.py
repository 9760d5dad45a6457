"""YAML that every program reads alike: bounded, without aliases, tags, repeated keys, or scalars of two meanings."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from ancam.engines.probing.errors import DocumentUnreadable

MOST_BYTES = 1_000_000
MOST_DEPTH = 8
MOST_VALUES = 100_000
MOST_DIGITS = 12
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER: Any = yaml.SafeLoader("")
_TEXT = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp")
_NOTHING = "tag:yaml.org,2002:null"
# Text to YAML 1.1, a number to YAML 1.2: a telephone number that begins with 0, 1e3, 0o17.
_NUMBER_TO_OTHERS = re.compile(r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?|0o[0-7]+", re.ASCII)
_WORDS = {"true": True, "false": False}
# Line ends, escapes and marks that turn the direction of writing could show a reader something else than what is there.
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come; `key` waits for its value."""

    value: dict[str, Any] | list[Any]
    key: str | None = None


def read_strictly(data: bytes, name: str) -> dict[str, Any]:
    """Return a YAML mapping as plain values: text, whole numbers, true and false, None, lists and mappings.

    Dates and times stay the text they are in the file. Raises `DocumentUnreadable`, which names the file as `name`.
    """
    if len(data) > MOST_BYTES:
        raise DocumentUnreadable(name=name, reason=f"tệp dài quá {MOST_BYTES} byte")
    try:
        content = _built(yaml.parse(data.decode("utf-8"), Loader=_Loader), name)
    except UnicodeDecodeError as exc:
        raise DocumentUnreadable(name=name, reason=f"byte thứ {exc.start + 1} không phải chữ UTF-8") from exc
    except yaml.MarkedYAMLError as exc:
        line = exc.problem_mark.line if exc.problem_mark else 0
        raise _trouble(name, line, "không đúng cú pháp YAML") from exc
    except yaml.YAMLError as exc:
        raise DocumentUnreadable(name=name, reason="có ký tự mà YAML không nhận") from exc
    if not isinstance(content, dict):
        raise DocumentUnreadable(name=name, reason="tệp không gồm các mục “tên: giá trị”")
    return content


def _built(events: Iterator[Any], name: str) -> Any:
    """Return the value of the only document of the events; without recursion, so that depth cannot exhaust a stack."""
    root: list[Any] = []
    stack = [_Open(root)]
    documents = values = 0
    for event in events:
        line = event.start_mark.line
        documents += isinstance(event, DocumentStartEvent)
        values += isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent)
        _require_plain(event, name, line, documents, values, len(stack))
        if isinstance(event, ScalarEvent):
            _put(stack[-1], _scalar(event, name, line), name, line)
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            opened: dict[str, Any] | list[Any] = {} if isinstance(event, MappingStartEvent) else []
            _put(stack[-1], opened, name, line)
            stack.append(_Open(opened))
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            stack.pop()
    return root[0] if root else None


def _require_plain(event: Any, name: str, line: int, documents: int, values: int, depth: int) -> None:
    if documents > 1:
        raise _trouble(name, line, "chỉ được có một phần, không có dấu --- thứ hai")
    if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
        raise _trouble(name, line, "không được dùng neo (&) và bí danh (*)")
    if getattr(event, "tag", None):
        raise _trouble(name, line, "không được dùng thẻ kiểu (!)")
    if values > MOST_VALUES:
        raise _trouble(name, line, f"nhiều hơn {MOST_VALUES} giá trị")
    if depth > MOST_DEPTH:
        raise _trouble(name, line, f"lồng sâu quá {MOST_DEPTH} tầng")


def _put(into: _Open, value: Any, name: str, line: int) -> None:
    if isinstance(into.value, list):
        into.value.append(value)
    elif into.key is None:
        if not isinstance(value, str):
            raise _trouble(name, line, "tên mục phải là chữ")
        if value in into.value:
            raise _trouble(name, line, f"mục {value} ghi hai lần")
        into.key = value
    else:
        into.value[into.key] = value
        into.key = None


def _scalar(event: ScalarEvent, name: str, line: int) -> str | int | bool | None:
    """Return what a scalar means; refused when YAML 1.1 and 1.2 would differ over it."""
    said = event.value
    if unseen := next((letter for letter in said if unicodedata.category(letter) in _UNSEEN), ""):
        raise _trouble(name, line, f"có ký tự không nhìn thấy được (U+{ord(unseen):04X})")
    kind = _RESOLVER.resolve(yaml.ScalarNode, said, event.implicit) if event.implicit[0] else _TEXT[0]
    if kind in _TEXT and not (event.implicit[0] and _NUMBER_TO_OTHERS.fullmatch(said)):
        return said
    if kind == _NOTHING:
        return None
    if said in _WORDS:
        return _WORDS[said]
    if said.isdecimal() and said.isascii() and (said == "0" or said[0] != "0") and len(said) <= MOST_DIGITS:
        return int(said)
    raise _trouble(name, line, f"“{said[:40]}” có thể hiểu nhiều cách, cần để trong dấu ngoặc kép")


def _trouble(name: str, line: int, reason: str) -> DocumentUnreadable:
    return DocumentUnreadable(name=name, reason=f"dòng {line + 1}: {reason}")
