"""What is read with the owner's account: settings that are on or off, and why they could not be read."""

from ancam.engines.probing.facts import Ask, LoginResult
from ancam.engines.probing.identity import services_of
from ancam.engines.probing.judging.answers import Answer, Judge, Look, NotSeen, possible

# How the logins with the owner's account ended, what kept the reading from going on first.
_REASONS = {
    LoginResult.LOCKED: "locked",
    LoginResult.FEW_LEFT: "few-left",
    LoginResult.REFUSED: "owner-refused",
    LoginResult.UNANSWERED: "owner-unanswered",
    LoginResult.NOT_OFFERED: "no-login-offered",
    LoginResult.ACCEPTED: "not-asked",
}
_CONFIDENCE = {"high": 0.9, "medium": 0.85, "low": 0.6}
_NOT_THERE = frozenset({400, 403, 404, 405, 501})


def owner_reason(look: Look) -> NotSeen:
    """Return why nothing was read with the owner's account."""
    results = {one.result for one in look.facts.logins if not one.is_guess}
    for result, reason in _REASONS.items():
        if result in results:
            return NotSeen(reason)
    return NotSeen("not-asked" if any(look.facts.answers(Ask.OWNER_READ)) else "needs-owner-account")


def _setting(setting: str, finding: str, *, when_on: bool, evidence: str) -> Judge:
    """Return a check that reads whether a setting is on; where it has several entries, it is on when one is."""

    def judge(look: Look) -> Answer:
        read = [one for one in look.facts.settings if one.setting == setting]
        told = [one for one in read if one.switches]
        if told:
            is_on = any(state for one in told for state in one.switches)
            confidence = min(_CONFIDENCE[one.confidence] for one in told)
            return possible(finding, evidence, confidence) if is_on is when_on else NotSeen("not-seen")
        if any(one.status == 200 for one in read):
            return NotSeen("not-told")
        if read:
            return NotSeen("not-there" if all(one.status in _NOT_THERE for one in read) else "unclear")
        return _not_read(look, setting)

    return judge


def _not_read(look: Look, setting: str) -> NotSeen:
    vendor = look.identity.vendor
    if not vendor:
        return NotSeen("unknown-platform")
    documented = {one.setting for one in services_of(vendor).owner_reads}
    return owner_reason(look) if setting in documented else NotSeen("not-documented")


CHECKS: dict[str, Judge] = {
    "CHK-FW-06": _setting(
        "automatic_update",
        "auto_update_disabled",
        when_on=False,
        evidence="đọc bằng tài khoản chủ quản: tự động cập nhật đang tắt",
    ),
    "CHK-P2P-03": _setting(
        "p2p",
        "p2p_enabled",
        when_on=True,
        evidence="đọc bằng tài khoản chủ quản: P2P, nền tảng đám mây đang bật",
    ),
    "CHK-P2P-04": _setting("ddns", "ddns_enabled", when_on=True, evidence="đọc bằng tài khoản chủ quản: DDNS đang bật"),
    "CHK-LOG-01": _setting(
        "log",
        "logging_disabled",
        when_on=False,
        evidence="đọc bằng tài khoản chủ quản: nhật ký không gửi đi",
    ),
    "CHK-ADMIN-01": _setting(
        "ip_filter",
        "ip_filter_unused",
        when_on=False,
        evidence="đọc bằng tài khoản chủ quản: bộ lọc IP đang tắt",
    ),
}
