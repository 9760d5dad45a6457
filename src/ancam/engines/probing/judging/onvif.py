"""What a device's ONVIF services tell without credentials, or with a password in the clear."""

from ancam.engines.probing.facts import OnvifAnswer, SoapKind
from ancam.engines.probing.judging.answers import (
    Answer,
    Judge,
    Look,
    NotSeen,
    fails,
    nothing_at,
    supports,
)
from ancam.engines.probing.judging.owner import owner_reason

ONVIF_PORTS = (80, 8000, 8080, 8899, 2020)

_STREAM_CALLS = ("GetProfiles", "GetStreamUri", "GetSnapshotUri")


def _without_credentials(look: Look, *calls: str) -> list[OnvifAnswer]:
    return [answer for answer in look.facts.onvif if answer.call in calls and not answer.with_credentials]


def _answer(look: Look, asked: list[OnvifAnswer]) -> Answer:
    for answer in asked:
        if answer.kind is SoapKind.RESPONSE:
            return fails("onvif_no_auth", f"cổng {answer.port}: {answer.call}Response không đăng nhập", 0.97)
    if asked:
        return NotSeen("not-seen" if any(answer.kind is SoapKind.NOT_AUTHORISED for answer in asked) else "unclear")
    return NotSeen("not-asked") if look.facts.onvif else nothing_at(look.facts, ONVIF_PORTS)


def _device_information(look: Look) -> Answer:
    asked = _without_credentials(look, "GetDeviceInformation")
    answer = _answer(look, asked)
    if answer == NotSeen("not-seen"):
        return supports("GetDeviceInformation không đăng nhập → NotAuthorized hoặc 401", 0.95)
    return answer


def _streams(look: Look) -> Answer:
    return _answer(look, _without_credentials(look, *_STREAM_CALLS))


def _users(look: Look) -> Answer:
    return NotSeen("manual-evidence")


def _plain_password(look: Look) -> Answer:
    tried = [answer for answer in look.facts.onvif if answer.password_as_text and not answer.is_tls]
    if any(answer.kind is SoapKind.RESPONSE for answer in tried):
        return fails("onvif_plaintext_password", f"cổng {tried[0].port}: ONVIF nhận PasswordText qua HTTP", 0.95)
    if tried:
        return NotSeen("not-seen" if any(answer.kind is SoapKind.NOT_AUTHORISED for answer in tried) else "unclear")
    return owner_reason(look)


CHECKS: dict[str, Judge] = {
    "CHK-ONVIF-01": _device_information,
    "CHK-ONVIF-02": _users,
    "CHK-ONVIF-03": _streams,
    "CHK-ONVIF-05": _plain_password,
}
