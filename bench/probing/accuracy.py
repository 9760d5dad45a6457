"""Part `accuracy`: cameras, findings, identity and harm on two laboratories, with each way of logging in."""

from collections.abc import Sequence
from pathlib import Path

from goals import Goal, at_least, at_most
from simulated import READ_ONLY, assess, laboratory
from truth_scores import NEVER, FieldTally, Score, score

NETWORK, DEVICES = "127.90.0.0/22", 160
SEEDS = (7, 2311)
MODES = {
    "chỉ đọc": READ_ONLY,
    "đoán mặc định": (*READ_ONLY, "default_credential"),
    "tài khoản chủ": (*READ_ONLY, "owner_credential"),
    "cả hai": (*READ_ONLY, "owner_credential", "default_credential"),
}


def measured(folder: Path, *, seeds: Sequence[int] = SEEDS, faults: bool = False) -> list[Goal]:
    """Print each run's scores and harm, and return the goals."""
    goals = []
    heads = ("camera R", "camera P", "phát hiện P", "R", "F1", "đoán", "chủ", "s")
    print(f"\n{'phòng thí nghiệm, chế độ':<30}{''.join(f'{head:>12}' for head in heads)}")
    for seed in seeds:
        for name, modes in MODES.items():
            with laboratory(folder / f"{seed}-{len(modes)}-{modes[-1]}", NETWORK, DEVICES, seed) as lab:
                run = assess(lab, "run", modes=modes)
            found, harm = score(lab.truth, run.rows, modes), lab.harm
            goals += _goals(f"gieo {seed}, {name}", found, harm["devices"], modes)
            cameras, findings, total = found.cameras, found.findings, harm["total"]
            shares = (cameras.recall, cameras.precision, findings.precision, findings.recall, findings.f1)
            counts = (total["guessed_logins"], total["owner_logins"])
            cells = [f"{value:.4f}" for value in shares] + [str(count) for count in counts] + [f"{run.wall_s:.1f}"]
            print(f"{f'gieo {seed}, {name}':<30}{''.join(f'{cell:>12}' for cell in cells)}")
            _print_fields(found.fields)
            print(f"  tổn hại: {', '.join(f'{name} {total[name]}' for name in (*NEVER, 'most_at_once'))}")
            print(*(f"  {line}" for line in found.differences if faults), sep="\n", end="\n" if faults else "")
    return goals


def _goals(name: str, found: Score, harm: dict[str, dict[str, int]], modes: Sequence[str]) -> list[Goal]:
    guesses = int("default_credential" in modes)
    owners = int("owner_credential" in modes)
    return [
        at_least(f"{name}: recall của camera", found.cameras.recall, 1.0),
        at_least(f"{name}: precision của camera", found.cameras.precision, 1.0),
        at_least(f"{name}: F1 của phát hiện", found.findings.f1, 0.99, ".4f"),
        *(at_most(f"{name}: {what}", sum(row[what] for row in harm.values()), 0, "d") for what in NEVER),
        at_most(f"{name}: lần đoán mỗi thiết bị", max(row["guessed_logins"] for row in harm.values()), guesses, "d"),
        at_most(f"{name}: lần chủ bị từ chối", max(row["owner_refusals"] for row in harm.values()), owners, "d"),
        at_most(f"{name}: kết nối cùng lúc", max(row["most_at_once"] for row in harm.values()), 2, "d"),
    ]


def _print_fields(fields: dict[str, FieldTally]) -> None:
    words = [
        f"{name} {one.right}/{one.right + one.wrong + one.missed}"
        + f" (sai {one.wrong})" * bool(one.wrong)
        + f" (thừa {one.invented})" * bool(one.invented)
        for name, one in fields.items()
    ]
    print(f"  nhận dạng đúng/phải có: {', '.join(words)}")
