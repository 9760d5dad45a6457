"""The bench of the reader: its scores mean what they say, and its noise keeps text and label together."""

import json
import random
import re
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import check_labels
import learn_kinds
import pytest
from changes import changed
from damage import DAMAGES, LOOKS
from labelled import LETTERS, Letter, letters_of, noisy_letters, without_tables
from measure import learnable_without, scored, scored_letter, unmet
from noise import damaged, recipe
from scoring import COUNTED, clause_nearness, figures, leads_found, score

from ancam.engines.reading.decode import decode
from ancam.engines.reading.read import read_document

MEASURE = LETTERS.parent / "measure.py"
BY_NAME = {letter.name: letter for letter in letters_of()}
PLAIN = BY_NAME["chi-thi-ubnd-tinh-hoanh-thuy-2023"]
WITH_TABLES = BY_NAME["cong-van-ubnd-tinh-lac-ha-2024"]
ENCODINGS = ("tcvn3", "vni", "cp1258", "utf-16", "nfd")


def answer_of(label: dict[str, Any]) -> dict[str, Any]:
    """Return what a reader gives that reads a letter as its label does."""
    obligations = [
        {
            **deepcopy(one),
            "leads": [{"text": name, "kind": None} for name in one["leads"]],
            "supports": [{"text": name, "kind": None} for name in one["supports"]],
            "anomalies": [{"code": code, "message": "", "spans": []} for code in one["anomalies"]],
        }
        for one in label["obligations"]
    ]
    return {"document": deepcopy(label["document"]), "obligations": obligations}


def dice(seed: object) -> random.Random:
    return random.Random(str(seed))


def scored_figures(label: dict[str, Any], answer: dict[str, Any] | None) -> dict[str, Any]:
    return figures(score(label, answer).counts)


def sentences(text: str) -> list[str]:
    """Return the lines long enough to tell an old encoding by, in small letters: TCVN3 has no capitals with marks."""
    return [line.casefold() for line in text.strip("\ufeff").splitlines() if len(line.split()) > 5]


@pytest.fixture
def answer() -> dict[str, Any]:
    return answer_of(PLAIN.label)


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_a_perfect_answer_scores_one_everywhere_and_has_no_fault(name: str) -> None:
    label = BY_NAME[name].label

    made = score(label, answer_of(label))

    seen = figures(made.counts)
    shares = {figure: value for figure, value in seen.items() if figure not in COUNTED}
    assert {figure for figure, value in shares.items() if value not in (None, 1)} == set()
    assert (seen["f1"], seen["invented"], seen["refused"], made.faults) == (1, 0, 0, [])


def test_a_duty_missed_and_a_duty_too_many_cost_recall_and_precision(answer: dict[str, Any]) -> None:
    missed, more = deepcopy(answer), deepcopy(answer)
    del missed["obligations"][0]
    more["obligations"].append({**more["obligations"][0], "clause": "9"})

    without, beyond = scored_figures(PLAIN.label, missed), scored_figures(PLAIN.label, more)

    duties = len(PLAIN.label["obligations"])
    assert (without["precision"], without["recall"]) == (1, pytest.approx((duties - 1) / duties))
    assert (beyond["precision"], beyond["recall"]) == (pytest.approx(duties / (duties + 1)), 1)


def test_a_parents_clause_is_the_same_duty_but_not_strictly(answer: dict[str, Any]) -> None:
    answer["obligations"][0]["clause"] = "1"

    seen = scored_figures(PLAIN.label, answer)

    assert seen["f1"] == 1
    assert seen["strict_f1"] < 1


def test_a_date_of_no_duty_of_the_letter_is_invented_and_that_of_another_duty_only_wrong(
    answer: dict[str, Any],
) -> None:
    borrowed = deepcopy(answer)
    answer["obligations"][0]["deadline"]["date"] = "2023-08-16"
    borrowed["obligations"][0]["deadline"]["date"] = "2023-12-31"

    invented, wrong = scored_figures(PLAIN.label, answer), scored_figures(PLAIN.label, borrowed)

    assert invented["invented"] == 1
    assert wrong["invented"] == 0
    assert invented["deadlines"] == wrong["deadlines"] < 1


def test_an_impossible_day_that_is_repaired_is_invented(answer: dict[str, Any]) -> None:
    one = next(one for one in answer["obligations"] if one["deadline"]["raw"])
    one["deadline"] |= {"raw": None, "date": "2023-06-30", "last_day": "2023-06-29"}

    seen = scored_figures(PLAIN.label, answer)

    assert seen["invented"] == 1
    assert seen["deadlines"] < 1


@pytest.mark.parametrize(
    ("field", "value", "figure"),
    [
        ("leads", [{"text": "Sở Nội vụ", "kind": None}], "leads"),
        ("supports", [{"text": "Công an tỉnh", "kind": None}], "supports_f1"),
        ("report_to", ["Công an tỉnh"], "report_to_f1"),
        ("cadence", "monthly", "cadence"),
        ("anomalies", [{"code": "past_deadline"}], "anomalies_precision"),
    ],
)
def test_a_wrong_field_lowers_its_own_figure_alone(answer: dict[str, Any], field: str, value: Any, figure: str) -> None:
    answer["obligations"][0][field] = value

    seen = scored_figures(PLAIN.label, answer)

    assert seen[figure] < 1
    assert seen["f1"] == seen["deadlines"] == 1


def test_a_wrong_field_of_the_head_is_told_beside_the_right_ones(answer: dict[str, Any]) -> None:
    answer["document"]["signer"] = None

    made = score(PLAIN.label, answer)

    assert (figures(made.counts)["signer"], figures(made.counts)["number"]) == (0, 1)
    assert made.faults == ["signer: đọc None, nhãn 'Vi Đình Thạc'"]


def test_a_refused_letter_misses_all_its_duties() -> None:
    made = scored_letter(Letter("a", b"\xff\x00", PLAIN.label), "clean")

    seen = figures(made.counts)
    assert (seen["refused"], seen["recall"], seen["f1"], seen["document"]) == (1, 0, 0, 0)
    assert made.faults[0].startswith("không đọc được: ")


def test_a_reader_that_crashes_scores_nothing_and_stops_nothing() -> None:
    def broken(data: bytes, name: str) -> Any:
        raise ZeroDivisionError

    made = scored_letter(PLAIN, "clean", broken)

    assert figures(made.counts)["f1"] == 0
    assert "ZeroDivisionError" in made.faults[0]


def test_a_duty_that_may_be_merged_is_split_or_merged_freely(answer: dict[str, Any]) -> None:
    label = deepcopy(PLAIN.label)
    for one in label["obligations"]:
        one["merge_ok"] = one["clause"] == "5"
    merged, split = deepcopy(answer), deepcopy(answer)
    merged["obligations"] = [one for one in answer["obligations"] if one["kind"] != "telecom_notify"]
    split["obligations"].append({**answer["obligations"][-3], "clause": "5", "kind": "telecom_check"})

    assert scored_figures(label, merged)["f1"] == scored_figures(label, split)["f1"] == 1
    assert scored_figures(PLAIN.label, merged)["f1"] < 1


def test_clauses_and_bodies_are_compared_as_people_do() -> None:
    assert clause_nearness("1.Đ)", "1.đ") == 1
    assert clause_nearness("1", "1.b") > clause_nearness("1.a", "1.b") > clause_nearness("1", "11") == 0
    assert leads_found(["UBND tinh"], ["Ủy ban nhân dân tỉnh"]) == 1
    assert leads_found(["Sở Y tế"], ["Sở Y tế", "Công an tỉnh"]) == 0.5


def test_an_issuers_letters_are_read_by_what_was_learned_from_the_others() -> None:
    taught: list[set[str]] = []

    def learn(texts: Any) -> Any:
        taught.append(set(texts))
        return read_document

    own = [letter for letter in letters_of() if letter.issuer == PLAIN.issuer]
    scores = list(scored("clean", [without_tables(one) for one in own], learn))

    assert [one.name for one in scores] == [one.name for one in own]
    assert taught == [set(learnable_without(PLAIN.issuer))]
    assert PLAIN.text not in taught[0]
    assert len(taught[0]) == len(BY_NAME) - len(own)


def test_a_row_that_is_taken_out_is_not_asked_though_the_body_says_the_same() -> None:
    letter = BY_NAME["thong-bao-bql-khu-kinh-te-son-pho-2024"]

    asked = [one["clause"] for one in without_tables(letter).label["obligations"]]

    assert asked == [one["clause"] for one in letter.label["obligations"] if one.get("location") != "appendix"]


def test_the_kinds_are_learnt_without_the_letters_that_are_read() -> None:
    own = BY_NAME["thong-bao-van-phong-ubnd-luong-xuyen-2024"]

    learnt = learn_kinds.table_of(one for one in learn_kinds.passages() if one.letter.issuer != own.issuer)

    # This pair of words stands in that letter alone.
    assert "\nkhai xong\t" in learn_kinds.TABLE.read_text(encoding="utf-8")
    assert "\nkhai xong\t" not in learnt
    read = learn_kinds.reader_of(learnable_without(own.issuer))(own.data, "thu.txt")
    assert len(read.obligations) == len(own.label["obligations"])


def test_the_words_that_come_with_the_reader_are_those_of_the_letters() -> None:
    kept = set(learn_kinds.TABLE.read_text(encoding="utf-8").splitlines())
    learnt = set(learn_kinds.table_of(learn_kinds.passages()).splitlines())

    # A rule of the reader that moves where a task begins changes some rows; new letters change many.
    assert len(kept & learnt) > 0.95 * len(learnt), "python bench/reading/learn_kinds.py"


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_a_changed_letter_agrees_with_its_changed_label(name: str, tmp_path: Path) -> None:
    made = changed(BY_NAME[name], dice(name))

    (tmp_path / "a.txt").write_bytes(made.data)
    (tmp_path / "a.json").write_text(json.dumps(made.label), encoding="utf-8")
    assert list(check_labels.faults_of(tmp_path / "a.json")) == []
    head = made.label["document"]
    assert re.search(rf"{head['number'] or ''}[/-]{head['symbol']}", made.text.replace(" ", ""))
    assert head["signer"] in made.text
    assert head["signer"] != BY_NAME[name].label["document"]["signer"]


def test_a_change_leaves_no_place_number_or_year_of_the_letter() -> None:
    made = changed(PLAIN, dice(1))

    assert not re.search("Hoành Thủy|HOÀNH THỦY|Cồn Mây|Vi Đình Thạc|11/CT|2023", made.text + json.dumps(made.label))
    assert "23/CT-TTg" in made.text


def test_a_changed_letter_is_read_as_the_label_says() -> None:
    was, made = PLAIN, changed(PLAIN, dice(1))

    dates = {
        one.deadline.date.isoformat() for one in read_document(made.data, "a.txt").obligations if one.deadline.date
    }

    labelled = {one["deadline"]["date"] for one in made.label["obligations"]}
    assert dates & labelled
    assert not dates & {one["deadline"]["date"] for one in was.label["obligations"]}


@pytest.mark.parametrize("level", DAMAGES)
def test_a_damage_is_the_same_from_the_same_seed_and_keeps_the_label(level: str) -> None:
    letters = [PLAIN, WITH_TABLES]

    first, again = damaged(level, letters, 7), damaged(level, letters, 7)

    assert [one.data for one in first] == [one.data for one in again]
    for one in first:
        whole = BY_NAME[one.name].label["obligations"]
        assert [duty["words"] for duty in one.label["obligations"]] == [
            duty["words"] for duty in whole if level == "torn" or duty.get("location") != "appendix"
        ]


@pytest.mark.parametrize("level", ENCODINGS)
def test_an_encoded_letter_decodes_to_itself(level: str) -> None:
    made = damaged(level, [PLAIN], 1)[0]

    assert made.data != PLAIN.data
    assert sentences(decode(made.data, "a.txt")[0]) == sentences(PLAIN.text)


def test_broken_lines_are_short_and_hold_every_word_beside_what_stands_at_page_ends() -> None:
    made = damaged("broken", [PLAIN], 3)[0].text

    assert max(map(len, made.splitlines())) < 96
    assert "\f" in made
    rest = iter(made.split())
    assert all(word in rest for word in PLAIN.text.split())


def test_torn_tables_give_every_cell_as_lines() -> None:
    made = " ".join(damaged("torn", [WITH_TABLES], 1)[0].text.split())

    assert "[[" not in made
    cells = [cell for row in WITH_TABLES.label["tables"]["BẢNG 1"]["rows"] for cell in row]
    assert all(" ".join(cell.split()) in made for cell in cells)
    assert damaged("torn", [PLAIN], 1) == []


def test_confusions_never_make_another_number_of_a_number() -> None:
    digits = {sign: looks for sign, looks in LOOKS.items() if sign.isdigit()}

    assert not [sign for sign, looks in digits.items() if any(look.isdigit() for look in looks)]
    assert damaged("confused", [PLAIN], 1)[0].text != PLAIN.text


@pytest.mark.parametrize("level", ["heavy", "medium"])
def test_the_scans_kept_are_those_of_the_recipe(level: str) -> None:
    letters, _ = noisy_letters(level)
    kept = json.loads((LETTERS.parent / "noisy" / level / "recipe.json").read_text(encoding="utf-8"))["letters"]

    assert {one.name for one in letters} <= set(kept)
    for name, made in kept.items():
        assert recipe(level, name, 1).items() <= made.items()
        assert (LETTERS.parent / "noisy" / level / f"{name}.txt").read_text(encoding="utf-8").strip()


def test_a_scan_of_a_letter_changed_since_is_set_aside(tmp_path: Path) -> None:
    folder = tmp_path / "heavy"
    folder.mkdir()
    (folder / f"{PLAIN.name}.txt").write_text("x", encoding="utf-8")
    old = {"letters": {PLAIN.name: {"letter_sha256": "0"}}}
    (folder / "recipe.json").write_text(json.dumps(old), encoding="utf-8")

    assert noisy_letters("heavy", tmp_path) == ([], [PLAIN.name])


def test_a_page_is_a4_and_a_long_letter_has_a_second_one() -> None:
    pytest.importorskip("PIL")
    from pages import pages_of

    made = pages_of(PLAIN.text, 60)

    assert [page.size for page in made] == [(496, 702)] * 2
    assert made[0].getextrema()[0] < 128


@pytest.mark.parametrize(("least", "fails"), [("0.01", 0), ("1.01", 1)])
def test_the_command_fails_when_a_requirement_is_not_met(least: str, fails: int) -> None:
    asked = [sys.executable, str(MEASURE), "clean", "--only", PLAIN.name, "--require", f"clean-f1={least}"]

    ran = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=60)

    assert ran.returncode == fails, ran.stderr
    assert ("Không đạt clean F1" in ran.stdout) == bool(fails)


def test_a_requirement_is_a_floor_for_a_share_and_a_ceiling_for_a_count() -> None:
    seen: dict[str, dict[str, float | None]] = {"clean": {"f1": 0.9, "invented": 2, "deadlines": None}}

    assert unmet("clean-f1=0.9", seen) == unmet("clean-invented=2", seen) == ""
    assert unmet("clean-f1=0.91", seen) == "Không đạt clean F1: 0.900, cần 0.91"
    assert unmet("clean-invented=1", seen) == "Không đạt clean bịa: 2, cần 1"


@pytest.mark.parametrize("requirement", ["clean-deadlines=0.1", "heavy-f1=0.1", "clean-beauty=0.1"])
def test_what_was_not_measured_is_not_met(requirement: str) -> None:
    seen: dict[str, dict[str, float | None]] = {"clean": {"deadlines": None}}

    assert "không đo được" in unmet(requirement, seen)
