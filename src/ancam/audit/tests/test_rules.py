"""The seal and the chain, over plain values."""

from hypothesis import given
from hypothesis import strategies as st

from ancam.audit.rules import GENESIS, SEALED, first_break, seal

LINE = {name: "" for name in SEALED} | {"number": 1, "change": {"tên": "Đông Sơn"}, "previous_digest": GENESIS}


def chain(length: int) -> list[dict[str, object]]:
    lines: list[dict[str, object]] = []
    for number in range(1, length + 1):
        line = {**LINE, "number": number, "previous_digest": lines[-1]["digest"] if lines else GENESIS}
        lines.append({**line, "digest": seal(line)})
    return lines


def test_the_seal_is_what_an_auditor_can_repeat_elsewhere() -> None:
    assert seal({**LINE, "not sealed": 1}) == seal(LINE)
    assert len(seal(LINE)) == 64


@given(
    st.sampled_from([name for name in SEALED if name not in ("number", "change", "previous_digest")]),
    st.text(min_size=1),
)
def test_every_sealed_field_changes_the_seal(field: str, value: str) -> None:
    assert seal({**LINE, field: value}) != seal(LINE)


@given(st.integers(1, 8), st.data())
def test_the_first_line_that_was_touched_is_named(length: int, data: st.DataObject) -> None:
    lines = chain(length)
    at = data.draw(st.integers(0, length - 1))
    lines[at] = {**lines[at], "actor_name": "khác"}

    assert first_break(lines) == at + 1


def test_a_whole_chain_has_no_break_and_two_lines_exchanged_have() -> None:
    lines = chain(4)

    assert first_break(lines) is None
    assert first_break([]) is None
    assert first_break([lines[0], lines[2], lines[1], lines[3]]) == 2
