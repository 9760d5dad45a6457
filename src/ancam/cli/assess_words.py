"""What `ancam assess` tells its operator: how far it is, what it found, why it stopped."""

from collections.abc import Iterator, Mapping
from typing import Any

from ancam.cli.language import phrase
from ancam.engines.probing.assess import Progress
from ancam.reference import reference

_REASONS = {
    "signal": ("có lệnh dừng", "a signal"),
    "stop-file": ("có tệp STOP", "a stop file"),
    "window-closed": ("hết giờ cho phép", "the window closed"),
    "local-failure": (
        "máy này một phút liền không mở được kết nối nào (hết cổng, hết bộ nhớ hay quá số tệp được mở)",
        "this machine could open no connection for a minute (no ports, memory or open files left)",
    ),
    "canary-hung": ("thiết bị hỏi đầu tiên không còn trả lời", "the first device that was asked stopped answering"),
}
_SHOWN = 12


def progress_in_words(progress: Progress) -> str:
    """Return how far a run is: addresses looked at first, devices found, devices finished."""
    return phrase(
        f"{progress.swept}/{progress.addresses} địa chỉ, {progress.found} thiết bị, {progress.finished} đã xong",
        f"{progress.swept}/{progress.addresses} addresses, {progress.found} devices, {progress.finished} done",
    )


def stopped_in_words(reason: str) -> str:
    """Return why a run stopped early, and how it goes on."""
    vi, en = _REASONS[reason]
    return phrase(
        f"Dừng sớm: {vi}. Những gì đã ghi vẫn còn; làm tiếp bằng --resume.",
        f"Stopped early: {en}. What was kept is there; --resume goes on.",
    )


def found_in_words(summary: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines that tell what a finished run found, the most frequent findings first."""
    swept, devices, cameras = summary["costs"]["swept"], summary["devices"], summary["cameras"]
    yield phrase(
        f"Xong: {swept} địa chỉ, {devices} thiết bị, trong đó {cameras} camera, đầu ghi.",
        f"Finished: {swept} addresses, {devices} devices, {cameras} of them cameras or recorders.",
    )
    names = {finding["id"]: finding["name"] for finding in reference("device-checks")["findings"]}
    most = sorted(summary["findings"].items(), key=lambda item: (-item[1], item[0]))
    for finding, count in most[:_SHOWN]:
        yield f"  {count:>6}  {phrase(names[finding], finding)}"
    if (more := len(most) - _SHOWN) > 0:
        yield phrase(f"          và {more} loại phát hiện khác", f"          and {more} other findings")
    if summary["incomplete"]:
        yield phrase(
            f"{summary['incomplete']} thiết bị chưa được hỏi hết, vì hết thời gian hoặc ngừng trả lời: xem cut_short.",
            f"{summary['incomplete']} devices were not asked everything, see cut_short.",
        )
