"""What is answered by looking up, by another viewpoint or by a person, and the inventory of what was found."""

from ancam.engines.probing.judging.answers import Answer, Judge, Look, NotSeen, fails, listed, unsure


def _because(why: str) -> Judge:
    """Return a check that this engine never answers, for one reason."""

    def judge(look: Look) -> Answer:
        return NotSeen(why)

    return judge


def _ports(look: Look) -> Answer:
    tcp, udp = look.facts.open_ports, look.facts.answered_udp
    if not tcp and not udp:
        return NotSeen("silent")
    told = "; ".join(f"{name} {', '.join(map(str, ports))}" for name, ports in (("TCP", tcp), ("UDP", udp)) if ports)
    return unsure(f"đang mở {told}; chưa có danh mục khai báo để so", 0.95)


def _exposed(look: Look) -> Answer:
    if not look.is_exposed:
        return NotSeen("other-viewpoint")
    found = look.facts.open_ports
    where = listed(found) if found else f"UDP {', '.join(map(str, look.facts.answered_udp))}"
    return fails("internet_exposed", f"địa chỉ công cộng {look.facts.ip} trả lời, {where}", 0.97)


def _identified(look: Look) -> Answer:
    who = look.identity
    told = " ".join(text for text in (who.vendor, who.brand, who.model) if text)
    if not told:
        return NotSeen("unknown-platform")
    grade = who.grade_of("model") or who.grade_of("vendor")
    return unsure(f"{told}; nguồn hạng {grade or 'chưa rõ'}, chưa có nhãn để so", 0.9)


CHECKS: dict[str, Judge] = {
    "CHK-PORT-01": _ports,
    "CHK-PORT-02": _exposed,
    "CHK-PORT-03": _because("other-viewpoint"),
    "CHK-UPNP-01": _because("router-consent"),
    "CHK-ID-01": _identified,
    "CHK-ID-04": _because("needs-register"),
    "CHK-FW-01": _because("needs-support-table"),
    "CHK-FW-05": _because("outside-capture"),
    "CHK-P2P-01": _because("outside-capture"),
    "CHK-P2P-02": _because("outside-capture"),
    "CHK-BOT-01": _because("outside-capture"),
}
