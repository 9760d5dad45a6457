"""`ancam audit verify --file`: an export is checked where there is no instance and no database."""

from ancam.audit.exports import export_rows
from ancam.audit.rules import GENESIS, SEALED, seal
from ancam.cli.main import main


def write_export(path, numbers):
    lines, previous = [], GENESIS
    for number in range(1, 6):
        line = {name: "" for name in SEALED} | {"number": number, "change": {}, "previous_digest": previous}
        previous = seal(line)
        lines.append({**line, "digest": previous})
    chosen = [line for line in lines if line["number"] in numbers]
    path.write_text("".join(export_rows(chosen, head="", made_at="", filters="")), encoding="utf-8")
    return lines


def test_it_says_which_lines_the_file_holds_and_prints_the_head(tmp_path, capsys):
    lines = write_export(tmp_path / "so.jsonl", {1, 2, 3, 4, 5})

    assert main(["audit", "verify", "--file", str(tmp_path / "so.jsonl")]) == 0

    told = capsys.readouterr().out
    assert "trọn vẹn từ dòng đầu tiên" in told
    assert f"5:{lines[4]['digest']}" in told


def test_a_part_and_filtered_lines_are_told_apart(tmp_path, capsys):
    for numbers, words in (({2, 3}, "một đoạn liền mạch"), ({1, 4}, "1, 4"), (set(), "không có dòng")):
        write_export(tmp_path / "so.jsonl", numbers)

        assert main(["audit", "verify", "--file", str(tmp_path / "so.jsonl")]) == 0
        assert words in capsys.readouterr().out


def test_a_cut_file_a_missing_file_and_a_wrong_head_are_refused_in_one_sentence(tmp_path, capsys):
    path = tmp_path / "so.jsonl"
    write_export(path, {1, 2})
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")

    for words in ([str(path)], [str(tmp_path / "none.jsonl")], [str(path), "--head", "x"]):
        assert main(["audit", "verify", "--file", *words]) == 2
        assert "Đề nghị" in capsys.readouterr().err
