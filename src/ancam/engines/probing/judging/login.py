"""What the one guessed login showed, what the login tells beforehand, and what its page offers."""

import re

from ancam.engines.probing.facts import Ask, LoginResult
from ancam.engines.probing.judging.answers import (
    Answer,
    Judge,
    Look,
    NotSeen,
    body_text,
    fails,
    nothing_at,
    possible,
    supports,
    unsure,
)
from ancam.engines.probing.judging.http import WEB_PORTS
from ancam.engines.probing.judging.owner import owner_reason

_REASONS = {
    LoginResult.LOCKED: "locked",
    LoginResult.FEW_LEFT: "few-left",
    LoginResult.ALREADY_SPENT: "already-spent",
    LoginResult.PUBLIC_ADDRESS: "public-address",
    LoginResult.NOT_OFFERED: "no-login-offered",
    LoginResult.UNANSWERED: "silent",
}
_NOT_SENT = (LoginResult.FEW_LEFT, LoginResult.PUBLIC_ADDRESS)

_LOCK_SIGNS = re.compile(
    r"retry_?login_?time|lock_?status|unlock_?time|is_?locked|lock_?time|retry-?after|remain(?:ing|ed)?_?\w{0,20}"
    r"|max_?(?:retry|attempts?)|login_?attempts?",
    re.IGNORECASE,
)
_NO_SUCH_USER = re.compile(
    r"(?:user|account)(?:\s?name)?(?: or account)?[^.<]{0,20}(?:not exist|not found|unknown|invalid)"
    r"|(?:unknown|no such|invalid|nonexistent) ?user|usernotexist|không tồn tại",
    re.IGNORECASE,
)
_RESET = re.compile(
    r"forg[eo]t[\s_-]{0,3}(?:your[\s_-])?(?:pass|pwd)|reset[\s_-]{0,3}(?:pass|pwd)|passwd?[\s_-]?(?:find|reset)"
    r"|security[\s_-]{0,3}question|quên mật khẩu|khôi phục mật khẩu",
    re.IGNORECASE,
)


def login_answer(look: Look, check: str, *, accepted: Answer, refused: Answer, is_guess: bool = True) -> Answer:
    """Return what the login of one check showed; else why the device's only guess was not made, or not for this one."""
    results = [one.result for one in look.facts.logins if one.check == check and one.is_guess is is_guess]
    if LoginResult.ACCEPTED in results:
        return accepted
    if LoginResult.REFUSED in results:
        return refused
    if results:
        return NotSeen(_REASONS[results[-1]])
    if not is_guess:
        return owner_reason(look)
    others = [one.result for one in look.facts.logins if one.is_guess]
    if not others:
        return NotSeen("not-asked")
    return NotSeen(_REASONS[others[-1]] if others[-1] in _NOT_SENT else "guess-went-elsewhere")


def _default_credential(look: Look) -> Answer:
    return login_answer(
        look,
        "CHK-CRED-01",
        accepted=fails("default_credential", "đăng nhập mặc định theo tài liệu của hãng được chấp nhận", 0.97),
        refused=unsure("đăng nhập mặc định của hãng bị từ chối; không nói gì về mật khẩu khác", 0.9),
    )


def _shared_default(look: Look) -> Answer:
    return NotSeen("needs-fleet")


def _guest_account(look: Look) -> Answer:
    return NotSeen("manual-evidence")


def _lockout(look: Look) -> Answer:
    asked = [answer for answer in look.facts.answers(Ask.LOGIN_STATE) if answer.status in (200, 401, 403, 429)]
    for answer in asked:
        names = " ".join(name for name, _ in answer.headers)
        sign = _LOCK_SIGNS.search(body_text(answer.body)) or _LOCK_SIGNS.search(names)
        if sign:
            return supports(f"cổng {answer.port}: thách đố đăng nhập có trường {sign.group()}", 0.85)
    if asked:
        evidence = f"cổng {asked[0].port}: thách đố đăng nhập không nêu số lượt hay trạng thái khóa"
        return possible("login_lockout_not_evident", evidence, 0.5)
    if any(look.facts.answers(Ask.LOGIN_STATE)):
        return NotSeen("not-offered")
    if not look.facts.http:
        return nothing_at(look.facts, WEB_PORTS)
    return NotSeen("not-asked" if look.identity.vendor else "unknown-platform")


def _user_enumeration(look: Look) -> Answer:
    tried = [one for one in look.facts.logins if one.check == "CHK-CRED-06" and one.result is LoginResult.REFUSED]
    if any(_NO_SUCH_USER.search(one.excerpt) for one in tried):
        return fails("user_enumeration", "thông báo đăng nhập cho biết tên người dùng không tồn tại", 0.9)
    return login_answer(look, "CHK-CRED-06", accepted=NotSeen("unclear"), refused=NotSeen("not-seen"))


def _password_reset(look: Look) -> Answer:
    pages = [answer for answer in look.facts.http if answer.ask in (Ask.HOME, Ask.SCRIPT) and answer.status == 200]
    for page in pages:
        sign = _RESET.search(body_text(page.body))
        if sign:
            return possible("password_reset_exposed", f"cổng {page.port}: trang đăng nhập nêu “{sign.group()}”", 0.7)
    if pages:
        return NotSeen("not-seen")
    return NotSeen("no-page") if look.facts.http else nothing_at(look.facts, WEB_PORTS)


CHECKS: dict[str, Judge] = {
    "CHK-CRED-01": _default_credential,
    "CHK-CRED-02": _shared_default,
    "CHK-CRED-03": _guest_account,
    "CHK-CRED-05": _lockout,
    "CHK-CRED-06": _user_enumeration,
    "CHK-CRED-07": _password_reset,
}
