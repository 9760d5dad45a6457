"""Part `costs`: processor, memory, connections and bytes for each device."""

from pathlib import Path

from accuracy import DEVICES, NETWORK, SEEDS
from goals import Goal, at_most
from simulated import Run, assess, laboratory

MOST_MEMORY_MB = 200


def measured(folder: Path) -> list[Goal]:
    """Print what a run over the dense laboratory costs, and return the goals."""
    with laboratory(folder, NETWORK, DEVICES, SEEDS[0]) as lab:
        run = assess(lab, "run")
    print_costs(run)
    return [at_most("bộ nhớ nhiều nhất, MB", run.most_memory_mb, MOST_MEMORY_MB, ".0f")]


def print_costs(run: Run) -> None:
    """Print what a run cost for each device, the start of the process included."""
    rows = run.rows.values()
    devices = len(rows) or 1
    each = sorted(row["connections"] for row in rows)
    print(
        f"{devices} thiết bị trong {run.wall_s:.1f} s; CPU {run.cpu_s:.1f} s, {1000 * run.cpu_s / devices:.0f} ms mỗi"
        f" thiết bị; bộ nhớ nhiều nhất {run.most_memory_mb:.0f} MB;"
        f" mỗi thiết bị {sum(each) / devices:.0f} kết nối (nhiều nhất {each[-1] if each else 0}),"
        f" {sum(row['bytes_in'] for row in rows) / devices / 1000:.1f} kB nhận"
    )
    costs = run.costs
    print(
        f"lỗi của máy này {costs['local_failures']}, lần mất trả lời {costs['losses']},"
        f" chậm nhất {costs['slowest_per_s']:.0f}/s"
    )
