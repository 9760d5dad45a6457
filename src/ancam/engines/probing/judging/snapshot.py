"""Whether a picture or a moving picture is given to anyone over HTTP. No picture is kept, 16 bytes at most are read."""

from ancam.engines.probing.facts import Ask, HttpAnswer
from ancam.engines.probing.judging.answers import Answer, Judge, Look, NotSeen, fails, nothing_at
from ancam.engines.probing.judging.http import WEB_PORTS

_JPEG = b"\xff\xd8\xff"
_STREAM_TYPES = ("multipart/x-mixed-replace", "application/vnd.apple.mpegurl", "application/x-mpegurl", "audio/mpegurl")


def _is_picture(answer: HttpAnswer) -> bool:
    """Return whether an answer is a picture: its first bytes decide when any were read, else its type."""
    if answer.status not in (200, 206):
        return False
    if len(answer.body) >= len(_JPEG):
        return answer.body.startswith(_JPEG)
    return answer.header("content-type").lower().startswith("image/jpeg")


def _snapshot(look: Look) -> Answer:
    asked = list(look.facts.answers(Ask.SNAPSHOT))
    got = [answer for answer in asked if answer.method != "HEAD"]
    for answer in got:
        if _is_picture(answer):
            told = "FF D8 FF" if answer.body else "image/jpeg"
            return fails("snapshot_open", f"cổng {answer.port}: GET ảnh → HTTP {answer.status}, {told}", 0.97)
    answered = {(answer.port, answer.path) for answer in got}
    for answer in asked:
        # A HEAD may be let through where the GET is refused, so it counts only where no GET was answered.
        if answer.method == "HEAD" and (answer.port, answer.path) not in answered and _is_picture(answer):
            return fails("snapshot_open", f"cổng {answer.port}: HEAD ảnh → HTTP {answer.status}, image/jpeg", 0.85)
    return NotSeen("not-seen") if asked else _unasked(look)


def _stream(look: Look) -> Answer:
    asked = list(look.facts.answers(Ask.STREAM))
    for answer in asked:
        kind = answer.header("content-type").lower()
        if answer.status == 200 and (kind.startswith(_STREAM_TYPES) or answer.body.startswith(b"#EXTM3U")):
            return fails("stream_open", f"cổng {answer.port}: HTTP 200, {kind} không đăng nhập", 0.95)
    return NotSeen("not-seen") if asked else _unasked(look)


def _unasked(look: Look) -> NotSeen:
    if not look.facts.http:
        return nothing_at(look.facts, WEB_PORTS)
    return NotSeen("not-asked" if look.identity.vendor else "unknown-platform")


CHECKS: dict[str, Judge] = {"CHK-SNAP-01": _snapshot, "CHK-SNAP-02": _stream}
