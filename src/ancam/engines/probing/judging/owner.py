"""What is read with the owner's account: settings that are on or off, and why they could not be read."""

import re

from ancam.engines.probing.facts import Ask, LoginResult
from ancam.engines.probing.judging.answers import Answer, Judge, Look, NotSeen, body_text, possible

_SWITCH = re.compile(
    r"<(?:enabled?|enable\w{0,20})>\s{0,9}(?P<element>true|false|1|0)\s{0,9}<"
    r"|\benabled?\s{0,9}=\s{0,9}(?P<line>true|false|1|0)\b"
    r'|"enabled?"\s{0,9}:\s{0,9}"?(?P<member>true|false|1|0)\b',
    re.IGNORECASE,
)

_REASONS = {
    LoginResult.ACCEPTED: "not-asked",
    LoginResult.LOCKED: "locked",
    LoginResult.FEW_LEFT: "few-left",
    LoginResult.REFUSED: "owner-refused",
}


def owner_reason(look: Look) -> NotSeen:
    """Return why nothing was read with the owner's account."""
    results = {one.result for one in look.facts.logins if not one.is_guess}
    for result, reason in _REASONS.items():
        if result in results:
            return NotSeen(reason)
    return NotSeen("not-asked" if any(look.facts.answers(Ask.OWNER_READ)) else "needs-owner-account")


def _setting(finding: str, path_parts: tuple[str, ...], *, when_on: bool, evidence: str) -> Judge:
    """Return a check that reads whether a setting is on; only answers whose path names the setting count."""

    def judge(look: Look) -> Answer:
        for answer in look.facts.answers(Ask.OWNER_READ):
            if answer.status == 200 and any(part in answer.path.lower() for part in path_parts):
                states = [_is_on(match) for match in _SWITCH.finditer(body_text(answer.body))]
                if not states:
                    return NotSeen("unclear")
                is_seen = any(states) if when_on else not any(states)
                return possible(finding, evidence, 0.85) if is_seen else NotSeen("not-seen")
        return owner_reason(look)

    return judge


def _is_on(match: re.Match[str]) -> bool:
    return next(text for text in match.groups() if text is not None).lower() in ("true", "1")


CHECKS: dict[str, Judge] = {
    "CHK-FW-06": _setting(
        "auto_update_disabled",
        ("autoupgrade", "autoupdate", "auto_upgrade", "onlineupgrade", "upgrade"),
        when_on=False,
        evidence="đọc bằng tài khoản chủ quản: tự động cập nhật đang tắt",
    ),
    "CHK-P2P-03": _setting(
        "p2p_enabled",
        ("p2p", "t2userver", "network/ezviz", "easycloud", "cloudservice"),
        when_on=True,
        evidence="đọc bằng tài khoản chủ quản: P2P, nền tảng đám mây đang bật",
    ),
    "CHK-P2P-04": _setting(
        "ddns_enabled", ("ddns",), when_on=True, evidence="đọc bằng tài khoản chủ quản: DDNS đang bật"
    ),
    "CHK-LOG-01": _setting(
        "logging_disabled",
        ("syslog", "logserver", "logconfig", "logsettings"),
        when_on=False,
        evidence="đọc bằng tài khoản chủ quản: nhật ký không gửi đi",
    ),
    "CHK-ADMIN-01": _setting(
        "ip_filter_unused",
        ("ipfilter", "accessfilter", "ipaddressfilter", "allowlist", "whitelist"),
        when_on=False,
        evidence="đọc bằng tài khoản chủ quản: bộ lọc IP đang tắt",
    ),
}
