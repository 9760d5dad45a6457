"""Part `nmap`: the whole job beside nmap, tuned, on the same laboratory and in the same minutes.

Each has the laboratory anew, so that what one did to the devices is not met by the other.
"""

import os
import shutil
import subprocess
from ipaddress import ip_network
from pathlib import Path

from accuracy import DEVICES, SEEDS
from goals import Goal, at_least
from nmap_words import NmapResult, named, read, signs_of
from simulated import Laboratory, Run, assess, laboratory
from truth_scores import NEVER

NETWORK = "127.90.8.0/22"
# Of the assessor's ports, the twenty of the port inventory (CHK-PORT-01) on which a camera or recorder is most met.
PORTS = (21, 22, 23, 80, 81, 82, 88, 443, 554, 8000, 8080, 8443, 8554, 8899, 9000, 9527, 34567, 37777, 37778, 49152)
TUNED = ("-n", "-sS", "-sV", "--version-intensity", "2", "-T4", "--min-parallelism", "200", "--max-hostgroup", "64")
SCRIPTS = ("--script", "rtsp-methods,http-title,http-auth,http-server-header,ssl-cert", "--script-timeout", "20s")
RUNS = {"nmap -sV": (), "nmap -sV --script": SCRIPTS}
FASTER = 25


def measured(folder: Path, *, saved: Path | None = None, skip: bool = False) -> list[Goal]:
    """Print both sides' hosts a second, recall and harm, and return the goals; nmap needs root for its -sS."""
    if skip or shutil.which("nmap") is None or os.geteuid() != 0:
        print("Bỏ qua: " + ("theo yêu cầu" if skip else "cần lệnh nmap và quyền root"))
        return []
    addresses = ip_network(NETWORK).num_addresses
    goals = []
    heads = ("s", "địa chỉ/s", "máy thấy", "camera thấy", "camera R", "camera P", "kết nối/máy", "nhiều nhất")
    print(f"{'':<24}{''.join(f'{head:>12}' for head in heads)}")
    for name, scripts in RUNS.items():
        before = _assessed(folder / f"{name}-before")
        result, lab, seconds = _scanned(folder / name, scripts, saved)
        after = _assessed(folder / f"{name}-after")
        found = named(result, signs_of(lab.truth.values()))
        recall = _row(name, lab, seconds, addresses, set(result.hosts), found)
        slower = max((before, after), key=lambda one: one[1].wall_s)
        mine, run = slower
        cameras = {ip for ip, row in run.rows.items() if row["is_camera"]}
        own = _row("ancam assess", mine, run.wall_s, addresses, set(run.rows), cameras)
        ratio = seconds / run.wall_s
        print(f"  gấp {ratio:.1f} lần {name} (hai lượt: {before[1].wall_s:.1f} s trước, {after[1].wall_s:.1f} s sau)")
        goals += [
            at_least(f"địa chỉ mỗi giây so với {name}", ratio, FASTER, ".1f"),
            at_least(f"recall của camera so với {name}", own - recall, 0),
        ]
    return goals


def _assessed(folder: Path) -> tuple[Laboratory, Run]:
    with laboratory(folder, NETWORK, DEVICES, SEEDS[0]) as lab:
        run = assess(lab, "run")
    return lab, run


def _scanned(folder: Path, scripts: tuple[str, ...], saved: Path | None) -> tuple[NmapResult, Laboratory, float]:
    """Return nmap's result, the laboratory it met and the seconds it took; a saved result says of when it is."""
    path = (saved or folder) / f"nmap-{len(scripts)}.xml"
    with laboratory(folder, NETWORK, DEVICES, SEEDS[0]) as lab:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            ports = ",".join(map(str, PORTS))
            unfinished = path.with_suffix(".part")
            command = ["nmap", *TUNED, *scripts, "-p", ports, "-oX", str(unfinished), NETWORK]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            unfinished.rename(path)
        else:
            print(f"  Kết quả nmap đã lưu, không phải của phút này: {path}")
    result = read(path)
    assert result.seconds is not None, f"{path}: a scan that was broken off"
    print(f"  {result.began}: {result.command}")
    return result, lab, result.seconds


def _row(name: str, lab: Laboratory, seconds: float, addresses: int, seen: set[str], found: set[str]) -> float:
    """Print what one side did, with the harm it did, and return its recall of cameras."""
    true = {ip for ip, row in lab.truth.items() if row["is_camera"]}
    recall = len(found & true) / len(true)
    precision = len(found & true) / len(found) if found else 1.0
    reached = [row["connections"] for row in lab.harm["devices"].values() if row["connections"]]
    cells = [f"{seconds:.1f}", f"{addresses / seconds:.1f}", str(len(seen)), f"{len(seen & true) / len(true):.3f}"]
    cells += [f"{recall:.3f}", f"{precision:.3f}"]
    # Nobody has reached the devices when the result was saved before.
    cells += [f"{sum(reached) / len(reached):.1f}", str(max(reached))] if reached else ["–", "–"]
    print(f"{name:<24}{''.join(f'{cell:>12}' for cell in cells)}")
    if reached:
        total = lab.harm["total"]
        print(f"  tổn hại: {', '.join(f'{what} {total[what]}' for what in (*NEVER, 'most_at_once'))}")
    return recall
