"""Logins: with the owner's account until its first refusal, and the one guess a device may meet in its life."""

import os
import re
import secrets
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from ancam.engines.probing.detail import Identity
from ancam.engines.probing.facts import (
    Ask,
    HttpAnswer,
    LoginAttempt,
    LoginResult,
    OnvifAnswer,
    RtspAnswer,
    SettingAnswer,
    SoapKind,
)
from ancam.engines.probing.identity import services_of
from ancam.engines.probing.looking.asking import Asker, Talk, Web
from ancam.engines.probing.looking.cameras import ask_documented, main_web, rtsp_line
from ancam.engines.probing.looking.guesses import ANONYMOUS, greets_as_ftp, log_in_anonymously, read_as_public
from ancam.engines.probing.recording.logins import DeviceIdentity, GuessedLogins
from ancam.engines.probing.wire import auth, onvif
from ancam.engines.probing.wire.errors import Garbled
from ancam.engines.probing.wire.switches import switches

DEFAULT_CHECK, FTP_CHECK, SNMP_CHECK = "CHK-CRED-01", "CHK-FTP-02", "CHK-SNMP-01"
_OWNER_CHECK = "owner"
_FEW_ATTEMPTS = 3
_REFUSALS = frozenset({LoginResult.REFUSED, LoginResult.LOCKED})
_LEFT = re.compile(rb"(?i)(?:retryLoginTime|remainLockTimes|remainTimes|attemptsLeft)\W{1,6}(\d{1,3})")


@dataclass(frozen=True, slots=True)
class Account:
    """A name and a password that is never shown, kept or logged."""

    username: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Door:
    """Where an account can be tried: a documented read that asked for one, or the ONVIF device service."""

    web: Web
    path: str
    refused: HttpAnswer | None  # the answer that asked for an account; None for ONVIF


@dataclass(frozen=True, slots=True)
class _Guess:
    """What a guess would show: the check that it answers, as whom it comes, and how it is sent."""

    check: str
    username: str
    send: Callable[[], Awaitable[LoginResult]]


async def ask_as_owner(asker: Asker, vendor: str, account: Account) -> None:
    """Read with the owner's account what its checks need; ends at the first refusal, of whatever is read.

    Nothing is sent to a device that says few attempts remain: an account that it does not know would lock it.
    """
    met = list(_doors(asker, vendor))
    doors = [door for door in met if door.refused is None or _offers_digest(door.refused)] or met
    if not doors:
        _note(asker, account, LoginResult.NOT_OFFERED)
    elif await _has_few_left(asker, vendor, doors[0]):
        _note(asker, account, LoginResult.FEW_LEFT)
    else:
        for read in _reads_of_owner(asker, vendor, account, doors):
            result = await read()
            _note(asker, account, result)
            if result is not LoginResult.ACCEPTED:
                return


def _offers_digest(refused: HttpAnswer) -> bool:
    return any(one.scheme == "digest" for one in auth.challenges(refused.every("www-authenticate")))


def _note(asker: Asker, account: Account, result: LoginResult) -> None:
    """Keep how logins with the owner's account ended, each way once."""
    attempt = LoginAttempt(_OWNER_CHECK, False, result, account.username)
    if attempt not in asker.facts.logins:
        asker.facts.logins.append(attempt)


def _reads_of_owner(
    asker: Asker, vendor: str, account: Account, doors: list[_Door]
) -> Iterator[Callable[[], Awaitable[LoginResult]]]:
    """Yield what is read, each as a call that says how its logins ended; last the one that ought to be refused."""
    yield partial(_try, asker, doors[0], account, Ask.OWNER_READ)
    web = doors[0].web if doors[0].refused is not None else main_web(asker) or doors[0].web
    yield partial(_read_settings, asker, web, vendor, account)
    for door in doors[1:]:
        yield partial(_try, asker, door, account, Ask.OWNER_READ)
    onvif_door = next((door for door in doors if door.refused is None), None)
    if onvif_door is not None:
        yield partial(_ask_time_server, asker, onvif_door, account)
    yield partial(_describe_stream, asker, account)
    if onvif_door is not None and not onvif_door.web.is_tls:
        yield partial(_offer_password_as_text, asker, onvif_door, account)


async def _read_settings(asker: Asker, web: Web, vendor: str, account: Account) -> LoginResult:
    """Ask for each setting that the maker documents and keep whether it is on, nothing else of the answer.

    What is not there is no refusal. Silence may be a lock, and ends the reading too.
    """
    with Talk(asker, web) as talk:
        for read in services_of(vendor).owner_reads:
            form = [("Accept", read.accept)] if read.accept else []
            answer = await asker.get(talk, Ask.SETTING, read.path, headers=form)
            if answer is not None and answer.status == 401:
                header = _authorization(answer, account, may_show_password=False)
                if not header:
                    return LoginResult.UNANSWERED
                login = [*form, ("Authorization", header)]
                answer = await asker.get(talk, Ask.OWNER_SETTING, read.path, headers=login)
            result = _result_of(answer)
            if answer is None or (result in _REFUSALS and not _is_not_there(answer)):
                return result
            states = switches(answer.body, read.switches) if answer.status == 200 else ()
            asker.facts.settings.append(SettingAnswer(read.setting, read.path, answer.status, states, read.confidence))
    return LoginResult.ACCEPTED


def _is_not_there(answer: HttpAnswer) -> bool:
    """Whether a 403 says that the device has no such function, as ISAPI does, and not that the account is refused."""
    return answer.status == 403 and b"notsupport" in answer.body.lower()


async def _ask_time_server(asker: Asker, door: _Door, account: Account) -> LoginResult:
    with Talk(asker, door.web) as talk:
        told = await _signed_call(asker, talk, door.path, "GetNTP", account)
    return LoginResult.ACCEPTED if told.kind is SoapKind.FAULT else _result_of_call(told)


async def _describe_stream(asker: Asker, account: Account) -> LoginResult:
    """Have a stream described that wants an account, to see whether it has sound; nothing is set up or played."""
    asked = (one for one in asker.facts.rtsp if one.ask is Ask.STREAM and one.method == "DESCRIBE")
    refused = next((one for one in asked if one.status == 401), None)
    line = await rtsp_line(asker, refused.port) if refused is not None else None
    if refused is None or line is None:
        return LoginResult.ACCEPTED
    with line:
        fresh = await asker.rtsp(line, Ask.STREAM, "DESCRIBE", refused.path, 2)
        address = asker.stream_address(line.port, refused.path)
        header = _authorization(fresh, account, uri=address, may_show_password=False) if fresh is not None else ""
        if not header:
            return LoginResult.ACCEPTED
        login = [("Authorization", header)]
        answer = await asker.rtsp(line, Ask.OWNER_READ, "DESCRIBE", refused.path, 3, headers=login)
    if answer is None:
        return LoginResult.UNANSWERED
    return LoginResult.REFUSED if answer.status in (401, 403) else LoginResult.ACCEPTED


async def _offer_password_as_text(asker: Asker, door: _Door, account: Account) -> LoginResult:
    """Sign in with the password as it is: a device ought to refuse that, which says nothing of the account."""
    with Talk(asker, door.web) as talk:
        await _signed_call(asker, talk, door.path, "GetDeviceInformation", account, as_text=True)
    return LoginResult.ACCEPTED


async def guess_once(asker: Asker, identity: Identity, guesses: GuessedLogins, *, is_public: bool) -> None:
    """Make the one guess if the device was never guessed at; it is written down before it is sent.

    It goes to the first that the device offers: the maker's documented login, anonymous FTP, SNMP's `public`. What an
    earlier guess gave is kept under the check that it went to.
    """
    door = next(_doors(asker, identity.vendor), None)
    guess = _first_guess(asker, identity.vendor, door)
    device = _device(asker, identity)
    check, username = guess.check, guess.username
    if is_public:
        result = LoginResult.PUBLIC_ADDRESS
    elif await _has_few_left(asker, identity.vendor, door):
        result = LoginResult.FEW_LEFT
    elif (earlier := guesses.spend(device, check)) is not None:
        username = username if earlier.check == check else ""
        check, result = earlier.check, earlier.result
    else:
        result = await guess.send()
        guesses.learn(device, result)
    asker.facts.logins.append(LoginAttempt(check, True, result, username))


def _first_guess(asker: Asker, vendor: str, door: _Door | None) -> _Guess:
    """Return what the guess goes to. Whether SNMP is there at all shows only in its answer, so it comes last."""
    login = services_of(vendor).default_login
    if login is not None and door is not None:
        account = Account(login.username, login.password)
        return _Guess(DEFAULT_CHECK, login.username, partial(_try, asker, door, account, Ask.LOGIN))
    asker.facts.unasked[DEFAULT_CHECK] = "no-documented-default" if login is None else "no-login-offered"
    if greets_as_ftp(asker.facts):
        return _Guess(FTP_CHECK, ANONYMOUS, partial(log_in_anonymously, asker))
    return _Guess(SNMP_CHECK, "", partial(read_as_public, asker))


def _device(asker: Asker, identity: Identity) -> DeviceIdentity:
    facts = asker.facts
    keys = [seen.certificate.key_sha256 for seen in facts.tls if seen.certificate]
    keys += [seen.host_key_sha256 for seen in facts.ssh if seen.host_key_sha256]
    return DeviceIdentity(identity.serial, identity.mac, keys[0] if keys else "", facts.ip)


def _doors(asker: Asker, vendor: str) -> Iterator[_Door]:
    """Yield where an account is asked for: the maker's information, ONVIF, else its settings or the first page."""
    documented = {read.path for read in services_of(vendor).info if read.method == "GET"}
    informed = [one for one in _refusals(asker, Ask.INFO) if one.path in documented]
    calls = [told for told in asker.facts.onvif if told.call == "GetDeviceInformation"]
    refused = [told for told in calls if told.kind is SoapKind.NOT_AUTHORISED]
    others = [] if informed or refused else [*_refusals(asker, Ask.CONFIG), *_refusals(asker, Ask.HOME)]
    for answer in (*informed[:1], *others[:1]):
        yield _Door(Web(answer.port, answer.is_tls), answer.path, answer)
    for told in refused[:1]:
        yield _Door(Web(told.port, told.is_tls), told.path, None)


def _refusals(asker: Asker, ask: Ask) -> list[HttpAnswer]:
    """Return the reads of a kind that were refused for want of an account. A picture is no door: it would be shown."""
    return [one for one in asker.facts.answers(ask) if one.status == 401 and one.method == "GET"]


async def _try(asker: Asker, door: _Door, account: Account, ask: Ask) -> LoginResult:
    """Send one login with a read behind it, and say how it ended."""
    with Talk(asker, door.web) as talk:
        if door.refused is None:
            told = await _signed_call(asker, talk, door.path, "GetDeviceInformation", account)
            return _result_of_call(told)
        # What a challenge is good for may end with its connection, and a login that came too late counts as wrong.
        fresh = await asker.get(talk, Ask.INFO, door.path)
        challenged = fresh if fresh is not None and fresh.header("www-authenticate") else door.refused
        header = _authorization(challenged, account, may_show_password=ask is Ask.LOGIN)
        if not header:
            return LoginResult.UNANSWERED
        answer = await asker.get(talk, ask, door.path, "GET", [("Authorization", header)])
        return _result_of(answer)


def _authorization(
    refused: HttpAnswer | RtspAnswer, account: Account, *, may_show_password: bool, uri: str = ""
) -> str:
    """Answer the challenge of a 401, Digest before Basic; empty when it offers neither, or none that can be answered.

    uri: what the request names, where that is more than the path.
    Basic hands the password over: a device that is not what it seems would gather the owner's, which opens all others.
    """
    offered = auth.challenges(refused.every("www-authenticate"))
    for challenge in sorted(offered, key=lambda one: one.scheme != "digest"):
        if challenge.scheme == "digest":
            with suppress(Garbled):
                return auth.digest(
                    challenge,
                    method=refused.method,
                    uri=uri or refused.path,
                    username=account.username,
                    password=account.password,
                    cnonce=secrets.token_hex(8),
                )
        if challenge.scheme == "basic" and may_show_password:
            return auth.basic(account.username, account.password)
    return ""


async def _signed_call(
    asker: Asker, talk: Talk, path: str, name: str, account: Account, *, as_text: bool = False
) -> OnvifAnswer:
    """Make an ONVIF call signed with the device's own time: its clock may be wrong by hours, and it judges by it."""
    offset_s = next((clock.offset_s for clock in asker.facts.clocks if clock.source == "onvif"), 0.0)
    header = onvif.security_header(
        account.username,
        account.password,
        nonce=os.urandom(16),
        created=asker.now() + timedelta(seconds=offset_s),
        as_text=as_text,
    )
    body = onvif.envelope(name, service="device", security=header)
    return await asker.call(talk, path, name, body, with_credentials=True, password_as_text=as_text)


def _result_of_call(told: OnvifAnswer) -> LoginResult:
    if told.kind is SoapKind.RESPONSE:
        return LoginResult.ACCEPTED
    return LoginResult.REFUSED if told.kind is SoapKind.NOT_AUTHORISED else LoginResult.UNANSWERED


def _result_of(answer: HttpAnswer | None) -> LoginResult:
    if answer is None:
        return LoginResult.UNANSWERED
    said = answer.body.lower()
    if answer.status == 200 and not _is_locked(said):
        return LoginResult.ACCEPTED
    if answer.status in (423, 429) or _is_locked(said):
        return LoginResult.LOCKED
    return LoginResult.REFUSED if answer.status in (401, 403) else LoginResult.UNANSWERED


def _is_locked(said: bytes) -> bool:
    return b"<lockstatus>lock" in said or b"userlocked" in said or b"account locked" in said


async def _has_few_left(asker: Asker, vendor: str, door: _Door | None) -> bool:
    """Ask how many attempts the device still allows, where its maker documents that."""
    web = main_web(asker) or (door.web if door else None)
    if web is None:
        return False
    for read in services_of(vendor).login_state[:1]:
        with Talk(asker, web) as talk:
            answer = await ask_documented(asker, talk, Ask.LOGIN_STATE, read)
        if answer is not None and _attempts_left(answer.body) < _FEW_ATTEMPTS:
            return True
    return False


def _attempts_left(body: bytes) -> int:
    """Return how many attempts an answer says remain; many when it says nothing of it."""
    found = _LEFT.search(body)
    if _is_locked(body.lower()):
        return 0
    return int(found[1]) if found else _FEW_ATTEMPTS
