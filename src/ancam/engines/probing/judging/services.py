"""Services that a camera seldom needs: Telnet, FTP, SSH, SNMP and ports for debugging."""

import re

from ancam.engines.probing.facts import Banner, SshFacts
from ancam.engines.probing.judging.answers import (
    Answer,
    Judge,
    Look,
    NotSeen,
    fails,
    listed,
    nothing_at,
    open_among,
    possible,
    unsure,
)
from ancam.engines.probing.judging.login import login_answer
from ancam.engines.probing.wire.banners import is_shell_without_login

TELNET_PORTS = (23, 2323, 9527)
FTP_PORTS = (21,)
SSH_PORTS = (22, 2222)
ADB_PORT = 5555
DEBUG_PORTS = (9527, 9530, 6666, 19999, 12345)
DEVELOPER_PORTS = (1234, 2331, 8888)

_ASKS_WHO = re.compile(r"login|user|password|account|tài khoản", re.IGNORECASE)
_CONSOLE_MENU = re.compile(r"^\s{0,9}(?:\[?\d\]?[.):-]|main menu|console menu)", re.IGNORECASE | re.MULTILINE)

_DROPBEAR = re.compile(r"dropbear_(\d{1,4})", re.IGNORECASE)
_LAST_OLD_DROPBEAR = 2016
_NO_EXCHANGE = re.compile(r"ext-info|kex-strict", re.IGNORECASE)
_WEAK_EXCHANGE = "diffie-hellman-group1-sha1"
_WEAK_OFFER = re.compile(r"ssh-dss|arcfour\w{0,9}|3des-cbc|des-cbc|none", re.IGNORECASE)
_DEVELOPER = re.compile(r"gdb|jtag|debug|busybox|simplehttp|werkzeug|telnetd|openocd", re.IGNORECASE)


def _banners(look: Look, service: str) -> list[Banner]:
    return [banner for banner in look.facts.banners if banner.service == service]


def _telnet(look: Look) -> Answer:
    seen = _banners(look, "telnet")
    if seen:
        return fails("telnet_open", f"cổng {seen[0].port}: Telnet, {seen[0].text}", 0.97)
    answer = nothing_at(look.facts, TELNET_PORTS)
    if answer.why == "unclear":
        return unsure(f"{listed(open_among(look.facts, TELNET_PORTS))} mở nhưng không có lời chào Telnet", 0.6)
    return answer


def _telnet_without_password(look: Look) -> Answer:
    seen = _banners(look, "telnet")
    for banner in seen:
        has_menu = _CONSOLE_MENU.search(banner.text) and not _ASKS_WHO.search(banner.text)
        if is_shell_without_login(banner.text) or has_menu:
            return fails("telnet_no_password", f"cổng {banner.port}: vào tới dấu nhắc, {banner.text[-60:]}", 0.95)
    return NotSeen("not-seen") if seen else nothing_at(look.facts, TELNET_PORTS)


def _ftp(look: Look) -> Answer:
    seen = _banners(look, "ftp")
    if seen:
        return fails("ftp_open", f"cổng {seen[0].port}: FTP, {seen[0].text}", 0.97)
    return nothing_at(look.facts, FTP_PORTS)


def _ftp_anonymous(look: Look) -> Answer:
    if not _banners(look, "ftp"):
        return nothing_at(look.facts, FTP_PORTS)
    return login_answer(
        look,
        "CHK-FTP-02",
        accepted=fails("ftp_anonymous", "cổng 21: FTP nhận đăng nhập ẩn danh", 0.97),
        refused=NotSeen("not-seen"),
    )


def _ssh(look: Look) -> Answer:
    if look.facts.ssh:
        seen = look.facts.ssh[0]
        return possible("ssh_open", f"cổng {seen.port}: {seen.version}", 0.97)
    return nothing_at(look.facts, SSH_PORTS)


def _weak_ssh(look: Look) -> Answer:
    for seen in look.facts.ssh:
        weak = _weaknesses(seen)
        if weak:
            return fails("ssh_weak_crypto", f"cổng {seen.port}: {', '.join(weak)}", 0.95)
    return NotSeen("not-seen") if look.facts.ssh else nothing_at(look.facts, SSH_PORTS)


def _weaknesses(seen: SshFacts) -> list[str]:
    weak = [seen.version] if seen.version.upper().startswith("SSH-1.") else []
    dropbear = _DROPBEAR.search(seen.version)
    if dropbear and int(dropbear.group(1)) <= _LAST_OLD_DROPBEAR:
        weak.append(dropbear.group())
    exchanges = {name for name in seen.key_exchanges if not _NO_EXCHANGE.search(name)}
    if exchanges == {_WEAK_EXCHANGE}:
        weak.append(_WEAK_EXCHANGE)
    weak.extend(name for name in (*seen.host_key_types, *seen.ciphers) if _WEAK_OFFER.fullmatch(name))
    return weak


def _shared_host_key(look: Look) -> Answer:
    if look.facts.ssh:
        return NotSeen("needs-fleet")
    return nothing_at(look.facts, SSH_PORTS)


def _snmp_public(look: Look) -> Answer:
    return login_answer(
        look,
        "CHK-SNMP-01",
        accepted=fails("snmp_public_community", "UDP 161: SNMP v2c nhận cộng đồng mặc định, trả lời sysDescr", 0.97),
        refused=NotSeen("not-seen"),
    )


def _snmp_legacy(look: Look) -> Answer:
    return login_answer(
        look,
        "CHK-SNMP-02",
        accepted=fails("snmp_legacy_version", "UDP 161: SNMP v1/v2c trả lời cộng đồng của chủ quản", 0.97),
        refused=NotSeen("silent"),
        is_guess=False,
    )


def _adb(look: Look) -> Answer:
    for banner in look.facts.banners:
        if banner.service == "adb":
            return fails("adb_open", f"cổng {banner.port}: ADB trả lời, {banner.text}", 0.97)
    return nothing_at(look.facts, [ADB_PORT])


def _debug_ports(look: Look) -> Answer:
    found = open_among(look.facts, DEBUG_PORTS)
    if found:
        return possible("debug_port_open", f"{listed(found)} mở", 0.8)
    return nothing_at(look.facts, DEBUG_PORTS)


def _developer_ports(look: Look) -> Answer:
    facts = look.facts
    told = [(banner.port, banner.text) for banner in facts.banners if banner.port in DEVELOPER_PORTS]
    told += [(answer.port, answer.header("server")) for answer in facts.http if answer.port in DEVELOPER_PORTS]
    for port, text in told:
        if _DEVELOPER.search(text):
            return fails("debug_port_open", f"cổng {port}: {text}", 0.85)
    answer = nothing_at(facts, DEVELOPER_PORTS)
    return NotSeen("not-seen") if told and answer.why == "unclear" else answer


CHECKS: dict[str, Judge] = {
    "CHK-TELNET-01": _telnet,
    "CHK-TELNET-02": _telnet_without_password,
    "CHK-FTP-01": _ftp,
    "CHK-FTP-02": _ftp_anonymous,
    "CHK-SSH-01": _ssh,
    "CHK-SSH-02": _weak_ssh,
    "CHK-SSH-03": _shared_host_key,
    "CHK-SNMP-01": _snmp_public,
    "CHK-SNMP-02": _snmp_legacy,
    "CHK-DBG-01": _adb,
    "CHK-DBG-02": _debug_ports,
    "CHK-DBG-03": _developer_ports,
}
