"""An export proves itself, without an instance."""

import json

import pytest

from ancam.audit.errors import ExportBroken, ExportLacksHead, ExportRefused
from ancam.audit.exports import MOST_RUNS, check_export, export_rows
from ancam.audit.rules import GENESIS, SEALED, parse_head, seal


def chain(length: int) -> list[dict]:
    lines: list[dict] = []
    for number in range(1, length + 1):
        line = {name: "" for name in SEALED} | {"number": number, "change": {"tên": "Đông\u2028Sơn"}}
        line["previous_digest"] = lines[-1]["digest"] if lines else GENESIS
        lines.append({**line, "digest": seal(line)})
    return lines


def head_of(line: dict) -> str:
    return f"{line['number']}:{line['digest']}"


def exported(lines: list[dict]) -> list[str]:
    return list(export_rows(lines, head="9:x", made_at="2026-11-20", filters=""))


def check(rows: list[str], kept_head: str = ""):
    return check_export(rows, name="so.jsonl", kept_head=kept_head)


def test_a_whole_export_gives_its_head():
    lines = chain(5)

    found = check(exported(lines))

    assert (found.lines, found.numbers, found.is_whole, found.head) == (5, "1-5", True, head_of(lines[-1]))


def test_an_export_of_nothing_is_sound_and_not_whole():
    found = check(exported([]))

    assert (found.lines, found.is_whole, found.numbers) == (0, False, "")


def test_a_part_between_two_heads_is_tied_to_both():
    lines = chain(6)

    found = check(exported(lines[2:5]), head_of(lines[1]))

    assert (found.numbers, found.is_whole) == ("3-5", False)
    assert check(exported(lines[2:5]), head_of(lines[4])).run_count == 1


def test_a_filtered_export_says_which_lines_are_there():
    lines = chain(60)

    assert check(exported([lines[0], lines[3], lines[4], lines[8]])).numbers == "1, 4-5, 9"
    found = check(exported(lines[::2]))
    assert found.run_count == 30 and len(found.runs) == MOST_RUNS and found.numbers.endswith("…")


def test_a_head_that_is_not_there_is_told():
    lines = chain(6)

    with pytest.raises(ExportLacksHead):
        check(exported(lines[3:]), head_of(lines[0]))


@pytest.mark.parametrize("field", ["actor_name", "digest", "previous_digest", "at"])
def test_an_altered_line_is_named(field):
    rows = exported(chain(4))
    rows[3] = json.dumps({**json.loads(rows[3]), field: "0" * 64})

    with pytest.raises(ExportBroken) as found:
        check(rows)

    assert found.value.number == 3


def test_a_line_resealed_by_itself_is_out_of_its_chain():
    lines = chain(4)
    lines[1] = {**lines[1], "actor_name": "Người khác"}
    lines[1]["digest"] = seal(lines[1])

    with pytest.raises(ExportBroken) as found:
        check(exported(lines))

    assert found.value.number == 3


@pytest.mark.parametrize(
    "spoil",
    [
        lambda rows: rows[:-1],
        lambda rows: rows[1:],
        lambda rows: [],
        lambda rows: [*rows, rows[1]],
        lambda rows: [rows[0], rows[2], rows[1], *rows[3:]],
        lambda rows: [*rows[:2], *rows[3:]],
        lambda rows: [rows[0], "{", *rows[1:]],
        lambda rows: [rows[0], "[1]", *rows[1:]],
        lambda rows: [rows[0], " " * 4_000_001, *rows[1:]],
        lambda rows: [rows[0], "[" * 100_000, *rows[1:]],
        lambda rows: [rows[0], '{"number": "1"}', *rows[1:]],
        lambda rows: [*rows[:-1], '{"lines": 3, "last": ""}\n'],
    ],
)
def test_what_is_no_whole_export_is_refused(spoil):
    with pytest.raises((ExportRefused, ExportBroken)):
        check(spoil(exported(chain(4))))


def test_a_head_is_read_in_any_letter_case_and_nothing_else_is_one():
    assert parse_head(f" 12:{'AB' * 32}\n") == (12, "ab" * 32)
    assert parse_head("12:ab") is None


def test_affected_agencies_are_exported_where_there_are_any_and_proved():
    lines = chain(2)
    third = {**lines[1], "number": 3, "previous_digest": lines[1]["digest"], "affected": ["12"]}
    third["digest"] = seal(third)
    rows = exported([*lines, third])

    assert "affected" not in rows[2] and '"affected":["12"]' in rows[3]
    assert check(rows).head == head_of(third)
    with pytest.raises(ExportBroken):
        check([*rows[:3], rows[3].replace('"12"', '"13"'), rows[4]])
