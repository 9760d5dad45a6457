"""Whether a device's picture is described to anyone, how RTSP signs in, and what it says of itself."""

import re
from functools import cache

from ancam.engines.probing.facts import Ask, RtspAnswer
from ancam.engines.probing.identity import services_of
from ancam.engines.probing.judging.answers import (
    Answer,
    Judge,
    Look,
    NotSeen,
    fails,
    listed,
    nothing_at,
    possible,
    supports,
    unsure,
)
from ancam.engines.probing.judging.headers import schemes
from ancam.engines.probing.judging.owner import owner_reason
from ancam.engines.probing.wire.auth import challenges
from ancam.engines.probing.wire.rtsp import media_of
from ancam.reference import reference

RTSP_PORTS = (554, 8554, 10554)
RTSPS_PORT = 322

# A product with its version, a serial behind "Login to", a hardware address.
_NAMES_DEVICE = re.compile(
    r"/v?\d{1,4}(?:\.\d{1,6})+|login to \w{4,}|(?<![0-9a-f])[0-9a-f]{12}(?![0-9a-f])", re.IGNORECASE
)
_SHORTEST_NAME = 3
_SHORT_NAME = 4


def _described(look: Look, ask: Ask) -> list[RtspAnswer]:
    return [answer for answer in look.facts.rtsp if answer.ask is ask and answer.method == "DESCRIBE"]


def _shows_video(answer: RtspAnswer) -> bool:
    return answer.status == 200 and _has_media(answer, "video")


def _has_media(answer: RtspAnswer, kind: str) -> bool:
    return any(media.split(" ")[0] == kind for media in media_of(answer.body))


def _no_auth(look: Look) -> Answer:
    asked = _described(look, Ask.STREAM)
    shown = [answer for answer in asked if _shows_video(answer)]
    if shown:
        return _open_stream(look, shown)
    if any(answer.status == 401 for answer in asked):
        return supports("DESCRIBE không đăng nhập → RTSP/1.0 401", 0.95)
    statuses = [answer.status for answer in asked if answer.status]
    if statuses:
        return unsure(f"DESCRIBE không đăng nhập → RTSP/1.0 {statuses[0]}, không có SDP của hình ảnh", 0.6)
    if asked:
        return NotSeen("unclear")
    if look.facts.rtsp:
        return NotSeen("not-asked" if look.identity.vendor else "unknown-platform")
    return nothing_at(look.facts, RTSP_PORTS)


def _open_stream(look: Look, shown: list[RtspAnswer]) -> Answer:
    """Judge a described picture: a device that describes whatever it is asked for proves nothing by one path."""
    wrong = _described(look, Ask.NO_SUCH_PATH)
    paths = {read.path for read in services_of(look.identity.vendor).rtsp} if look.identity.vendor else set()
    documented = [answer for answer in shown if answer.path in paths]
    evidence = f"cổng {shown[0].port}: DESCRIBE không đăng nhập → RTSP/1.0 200, SDP có m=video"
    if not any(answer.status == 200 for answer in wrong):
        return fails("rtsp_no_auth", evidence, 0.97 if documented or wrong else 0.8)
    if documented:
        return fails("rtsp_no_auth", f"{evidence}; đường dẫn không có thật cũng được 200", 0.85)
    return unsure("DESCRIBE được 200 cả với đường dẫn không có thật; chưa hỏi được đường dẫn theo tài liệu", 0.5)


def _basic_only(look: Look) -> Answer:
    refused = [
        answer
        for answer in (*_described(look, Ask.STREAM), *_described(look, Ask.NO_SUCH_PATH))
        if answer.status == 401 and not answer.is_tls
    ]
    for answer in refused:
        if schemes(answer) == {"basic"}:
            return fails("rtsp_basic_auth", f"cổng {answer.port}: RTSP 401, WWW-Authenticate: chỉ có Basic", 0.97)
    if refused:
        return NotSeen("not-seen")
    return NotSeen("no-challenge") if look.facts.rtsp else nothing_at(look.facts, RTSP_PORTS)


def _unencrypted(look: Look) -> Answer:
    facts = look.facts
    plain = [answer for answer in facts.rtsp if not answer.is_tls and answer.status]
    if not plain:
        return nothing_at(facts, RTSP_PORTS)
    if any(answer.is_tls for answer in facts.rtsp) or any(one.port == RTSPS_PORT for one in facts.tls):
        return NotSeen("not-seen")
    rtsps = nothing_at(facts, [RTSPS_PORT])
    if rtsps.why != "not-offered":
        return rtsps
    ports = listed(answer.port for answer in plain)
    return possible("rtsp_unencrypted", f"{ports}: RTSP không mã hóa; cổng {RTSPS_PORT} (RTSPS) đóng", 0.9)


def _discloses(look: Look) -> Answer:
    who = look.identity
    own = [name.casefold() for name in (who.model, who.serial) if len(name) >= _SHORTEST_NAME]
    for answer in look.facts.rtsp:
        if answer.ask is not Ask.OWNER_READ:
            realms = [one.params.get("realm", "") for one in challenges(answer.every("www-authenticate"))]
            said = ", ".join(dict.fromkeys(text for text in (answer.header("server"), *realms) if text))
            is_own = any(name in said.casefold() for name in own)
            if is_own or _NAMES_DEVICE.search(said) or _maker_names().search(said):
                return possible("rtsp_info_disclosed", f"cổng {answer.port}: {said}", 0.85)
    return NotSeen("not-seen") if look.facts.rtsp else nothing_at(look.facts, RTSP_PORTS)


@cache
def _maker_names() -> re.Pattern[str]:
    """Return a pattern of all makers and brands, as words; a short one must end where its word ends."""
    items = reference("fingerprints")["fingerprints"]
    names = sorted({name for item in items for name in (item["vendor"], *item["brands"]) if name})
    words = (re.escape(name) + (r"(?![a-z])" if len(name) <= _SHORT_NAME else "") for name in names)
    return re.compile(rf"(?<![a-z])(?:{'|'.join(words)})", re.IGNORECASE)


def _audio(look: Look) -> Answer:
    described = (*_described(look, Ask.OWNER_READ), *_described(look, Ask.STREAM))
    read = [answer for answer in described if answer.status == 200 and media_of(answer.body)]
    if not read:
        return owner_reason(look)
    if any(_has_media(answer, "audio") for answer in read):
        return unsure("SDP có m=audio; cần đối chiếu với tài liệu và thông báo", 0.9)
    return NotSeen("not-seen")


CHECKS: dict[str, Judge] = {
    "CHK-RTSP-01": _no_auth,
    "CHK-RTSP-02": _basic_only,
    "CHK-RTSP-03": _unencrypted,
    "CHK-RTSP-04": _discloses,
    "CHK-RTSP-05": _audio,
}
