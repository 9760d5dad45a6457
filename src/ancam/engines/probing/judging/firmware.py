"""What a device's version says: advisories, its age, and whether it is told before a login."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ancam.engines.probing.detail import Grade, Verdict
from ancam.engines.probing.facts import Ask
from ancam.engines.probing.judging.answers import (
    Answer,
    Judge,
    Look,
    NotSeen,
    Seen,
    body_text,
    possible,
    unsure,
)

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
OUTDATED_YEARS = 2

# How far a version can be relied on by where it was read.
_TRUST = {Grade.A: 1.0, Grade.B: 0.9, Grade.C: 0.7, Grade.D: 0.4}

_BUILD_FIELDS = ("builddate", "buildtime", "firmwarereleaseddate")
_NUMBERS = re.compile(r"\d+(?:\.\d+)+|\d{6,8}", re.ASCII)
_MIN_PARTS = 3


def _vulnerable(look: Look) -> Answer:
    told = look.advisories(look.identity)
    hits = [advice for advice in told if advice.verdict is not Verdict.SUPPORTS_PASS]
    if hits:
        named = any(advice.verdict is Verdict.FAIL for advice in hits)
        trust = _TRUST[look.identity.grade_of("firmware") or Grade.D]
        return Seen(
            Verdict.FAIL if named else Verdict.INCONCLUSIVE,
            f"{look.identity.model} {look.identity.firmware}: {', '.join(advice.id for advice in hits)}",
            round(max(advice.confidence for advice in hits) * trust, 2),
            "firmware_vulnerable",
            tuple(advice.id for advice in hits),
        )
    return NotSeen("not-seen" if look.identity.firmware else "version-unknown")


def _outdated(look: Look) -> Answer:
    texts = [look.identity.firmware]
    texts += [answer.value(field) for answer in look.facts.discovered for field in _BUILD_FIELDS]
    built = next((day for text in texts if (day := look.built_on(look.identity.vendor, text)) is not None), None)
    if built is None:
        return NotSeen("no-build-date" if look.identity.firmware else "version-unknown")
    today = _day(look.now)
    if (built.year + OUTDATED_YEARS, built.month, built.day) < (today.year, today.month, today.day):
        return possible("firmware_outdated", f"bản dựng ngày {built:%d/%m/%Y}, quá 24 tháng", 0.85)
    return NotSeen("not-seen")


def _day(instant: datetime) -> date:
    return instant.astimezone(VIETNAM).date()


def _grade(look: Look) -> Answer:
    grade = look.identity.grade_of("firmware")
    if grade is None:
        return NotSeen("version-unknown")
    return unsure(f"phiên bản {look.identity.firmware}: nguồn hạng {grade}", 0.95)


def _disclosed(look: Look) -> Answer:
    facts = look.facts
    version = look.identity.firmware.strip()
    pages = [answer for answer in facts.http if answer.ask in (Ask.HOME, Ask.SCRIPT)]
    told = [(f"cổng {page.port}: {page.path}", f"{page.header('server')} {body_text(page.body)}") for page in pages]
    told += [(f"cổng {banner.port}: lời chào", banner.text) for banner in facts.banners]
    told += [(f"cổng {rtsp.port}: RTSP Server", rtsp.header("server")) for rtsp in facts.rtsp]
    if not version:
        return NotSeen("version-unknown")
    for where, text in told:
        if states_version(text, version):
            return possible("firmware_version_disclosed", f"{where} nêu {version} khi chưa đăng nhập", 0.85)
    return NotSeen("not-seen" if told else "no-page")


def states_version(text: str, version: str) -> bool:
    """Return whether a text states a device's exact version: all its numbers, the dotted one with three parts."""
    numbers = _NUMBERS.findall(version)
    if not any(number.count(".") + 1 >= _MIN_PARTS for number in numbers):
        return len(version) > 5 and version.casefold() in text.casefold()
    return all(re.search(rf"(?<![\d.]){re.escape(number)}(?!\d|\.\d)", text) for number in numbers)


CHECKS: dict[str, Judge] = {
    "CHK-FW-02": _vulnerable,
    "CHK-FW-03": _outdated,
    "CHK-FW-04": _grade,
    "CHK-ID-02": _disclosed,
}
