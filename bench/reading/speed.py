"""`bench/reading`: how fast letters are read: one of ten pages, and a thousand in one call.

usage: speed.py [--letters 1000] [--few 200] [--at-most-s 1.0] [--growth 0.1]

The long letter is made of the labelled ones, the batch of their copies as .txt, .docx and .html. Each time stands
beside that of a peer in the same minute: python-docx taking the bare text out of the same letters in one process.
Memory is the most that the parent and each reader held (VmHWM), of a batch of a few letters and of all. It fails
when the long letter takes longer than allowed, or the memory of the large batch is more than a tenth above the small.
"""

import argparse
import contextlib
import io
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from functools import cache
from pathlib import Path

import docx
import psutil
from as_files import as_docx
from labelled import letters_of, without_tables
from packed import packed

from ancam.engines.reading.read import read_document

LETTERS_A_PAGE = 2_400  # of a full page in 14 points, with the spacing of an official letter
PAGES = 10
ROUNDS = 7
ENDINGS = ("txt", "docx", "html")
LOOKS_EVERY_S = 0.02


def main() -> int:
    asked = _arguments()
    texts = [without_tables(letter).text for letter in letters_of()]
    took = _long_letter(ten_pages(texts))
    small, large = (_batch(texts, count) for count in (asked.few, asked.letters))
    growth = max(large[role] / small[role] for role in ("parent", "worker")) - 1
    print(f"bộ nhớ nhiều nhất của {asked.letters} thư so với {asked.few} thư: {growth:+.1%}")
    return 0 if took <= asked.at_most_s and growth <= asked.growth else 1


def ten_pages(texts: list[str]) -> str:
    """Return one letter of ten pages: the head and foot of the first, and points of as many as it takes."""
    head, _, rest = texts[0].partition("\n1. ")
    points, foot_at = rest, rest.rfind("\nNơi nhận")
    body, foot = points[:foot_at], points[foot_at:]
    number = 1
    for text in texts[1:]:
        if len(head) + len(body) + len(foot) >= PAGES * LETTERS_A_PAGE:
            break
        _, found, points = text.partition("\n1. ")
        if found:
            number += 1
            body += f"\n{number}. " + points[: points.rfind("\nNơi nhận")]
    return f"{head}\n1. {body}{foot}"


def _long_letter(text: str) -> float:
    """Print and return the median time in which a long letter is read."""
    data, peer_data = text.encode(), as_docx(text.splitlines(), {})
    took, peer = [], []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        reading = read_document(data, "thu.txt")
        took.append(time.perf_counter() - began)
        began = time.perf_counter()
        _bare_text(peer_data)
        peer.append(time.perf_counter() - began)
    mine, other = statistics.median(took), statistics.median(peer)
    print(
        f"thư {len(text) / LETTERS_A_PAGE:.1f} trang, {len(reading.obligations)} nhiệm vụ: {mine:.3f} s"
        f" (python-docx lấy riêng chữ: {other:.3f} s, gấp {mine / other:.1f})"
    )
    return mine


def _bare_text(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


@cache
def _file(text: str, ending: str) -> bytes:
    return as_docx(text.splitlines(), {}) if ending == "docx" else packed(text, ending)


def _batch(texts: list[str], count: int) -> dict[str, float]:
    """Print how long so many letters take in one call, and return the most memory held, in MB, by role."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number in range(count):
            path = Path(folder) / f"{number:04}.{ENDINGS[number % len(ENDINGS)]}"
            path.write_bytes(_file(texts[number % len(texts)], path.suffix[1:]))
            paths.append(str(path))
        for text in texts:
            _file(text, "docx")  # made before anything is timed
        began = time.perf_counter()
        most = _most_memory(
            [sys.executable, "-m", "ancam", "read", *paths, "--format", "json"], Path(folder) / "ra.json"
        )
        took = time.perf_counter() - began
        peer_began = time.perf_counter()
        for number in range(count):
            _bare_text(_file(texts[number % len(texts)], "docx"))
        peer = time.perf_counter() - peer_began
    print(
        f"{count} thư một lượt: {took:.1f} s, {count / took:.0f} thư/s; nhiều nhất: tiến trình chính"
        f" {most['parent']:.0f} MB, mỗi tiến trình đọc {most['worker']:.0f} MB"
        f" (python-docx lấy riêng chữ, một tiến trình: {peer:.1f} s, gấp {took / peer:.1f})"
    )
    return most


def _most_memory(words: list[str], output: Path) -> dict[str, float]:
    """Run a command and return the most memory in MB that it held, and the most of those it started."""
    most = {"parent": 0.0, "worker": 0.0}
    ended = threading.Event()
    with output.open("wb") as out, subprocess.Popen(words, stdout=out) as process:
        watcher = threading.Thread(target=_watch, args=(process.pid, most, ended))
        watcher.start()
        process.wait()
        ended.set()
        watcher.join()
    assert process.returncode == 0, f"ancam read: {process.returncode}"
    return most


def _watch(pid: int, most: dict[str, float], ended: threading.Event) -> None:
    while not ended.wait(LOOKS_EVERY_S):
        most["parent"] = max(most["parent"], _peak_mb(pid))
        with contextlib.suppress(psutil.Error):
            for child in psutil.Process(pid).children():
                most["worker"] = max(most["worker"], _peak_mb(child.pid))


def _peak_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=1000)
    parser.add_argument("--few", type=int, default=200)
    parser.add_argument("--at-most-s", type=float, default=1.0)
    parser.add_argument("--growth", type=float, default=0.1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
