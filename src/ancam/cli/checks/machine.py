"""The machine: versions, room on the disk, the clock, the tools that some work needs."""

import platform
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from ancam.cli.checks.finding import Finding, fault, good, note
from ancam.cli.language import phrase
from ancam.engines.reading.scans import can_recognise
from ancam.kit.bounds import size_in_words
from ancam.kit.office import has_office

LEAST_FREE, LITTLE_FREE = 1_000_000_000, 5_000_000_000
SYNCHRONISED = Path("/run/systemd/timesync/synchronized")
ANSWERS_WITHIN_S = 10


def versions() -> Iterator[Finding]:
    """Yield what runs here."""
    import django

    from ancam import __version__

    told = f"AnCam {__version__}, Python {platform.python_version()}, Django {django.__version__}"
    yield good(phrase("phiên bản", "versions"), told)


def disk(data_folder: Path) -> Iterator[Finding]:
    """Yield how much room is left where the data lies."""
    name = phrase("ổ đĩa", "disk")
    usage = shutil.disk_usage(data_folder)
    told = phrase(
        f"còn {size_in_words(usage.free)} trên {size_in_words(usage.total)} tại {data_folder}",
        f"{size_in_words(usage.free)} of {size_in_words(usage.total)} free at {data_folder}",
    )
    if usage.free < LEAST_FREE:
        line = phrase("dọn ổ đĩa, hoặc chuyển ANCAM_DATA sang ổ khác", "make room, or move ANCAM_DATA to another disk")
        yield fault(name, told, line)
    elif usage.free < LITTLE_FREE:
        yield note(name, told)
    else:
        yield good(name, told)


def synchronisation() -> Iterator[Finding]:
    """Yield whether the machine says that it sets its clock by the network."""
    name = phrase("đồng hồ", "clock")
    if SYNCHRONISED.exists() or _printed("timedatectl", "show", "--property=NTPSynchronized", "--value") == "yes":
        yield good(name, phrase("được đồng bộ qua mạng", "set by the network"))
    else:
        told = phrase("không rõ có được đồng bộ qua mạng không", "not known to be set by the network")
        yield note(name, told, "sudo timedatectl set-ntp true")


def tools() -> Iterator[Finding]:
    """Yield which optional tools are there, each with the line that installs it."""
    yield _office()
    yield _recognition()


def _recognition() -> Finding:
    """Return whether scans are read here."""
    name, packages = "tesseract", "tesseract-ocr tesseract-ocr-vie"
    if can_recognise():
        return good(name, phrase("đọc bản quét và ảnh", "scans and photos"))
    if shutil.which(name):
        return note(name, phrase("chưa có tiếng Việt", "lacks Vietnamese"), "sudo apt install tesseract-ocr-vie")
    told = phrase("chưa cài: bản quét và ảnh bị từ chối", "not installed: scans and photos are refused")
    return note(name, told, f"sudo apt install {packages}")


def _office() -> Finding:
    """Return whether papers are made into PDF here."""
    if has_office():
        return good("soffice", phrase("tạo bản PDF của văn bản phát hành", "papers as PDF"))
    told = phrase(
        "chưa cài: văn bản phát hành chỉ có bản .docx, không có bản PDF",
        "not installed: papers are there as .docx alone, not as PDF",
    )
    return note("soffice", told, "sudo apt install libreoffice-writer-nogui fonts-liberation2")


def _printed(*words: str) -> str:
    """Return what a program prints, empty when it is not there or fails."""
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=ANSWERS_WITHIN_S, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
