"""`ancam authorize keys`: a signer makes a key; an administrator enrols and revokes, as a separate act."""

import argparse
from collections.abc import Callable, Iterator
from datetime import datetime
from ipaddress import ip_network
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ancam.cli import passphrase
from ancam.cli.authorisation_files import read_public_key, write_key
from ancam.cli.authorisation_words import side_in_words
from ancam.cli.authorize_show import add_trust, trust_file
from ancam.cli.language import phrase
from ancam.engines.probing.errors import PrefixRefused
from ancam.engines.probing.permission.addresses import Network
from ancam.engines.probing.permission.authorisation import SIDES
from ancam.engines.probing.permission.signatures import raw_public
from ancam.engines.probing.permission.trust import EnrolledKey, PublicPrefix, Trust, change_trust, key_id, read_trust
from ancam.engines.probing.permission.windows import VIETNAM, instant_in_words
from ancam.kit.errors import AnCamError
from ancam.kit.folding import squeeze


class NotSaid(AnCamError):
    """An option that this act needs is not there, or is empty. Values: `options`."""

    what = "Lệnh chưa đủ: cần {options}"
    next_step = "Xem cách dùng: ancam authorize keys --help"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the acts with keys, each with its own arguments."""
    acts = parser.add_subparsers(prog=parser.prog, dest="key_act", required=True, metavar=phrase("VIỆC", "ACT"))
    for name, (vi, en, declare, _) in _ACTS.items():
        told = phrase(vi, en)
        declare(acts.add_parser(name, help=told, description=told))


def run(arguments: argparse.Namespace) -> int:
    """Do one act; 0, refusals are raised."""
    _ACTS[arguments.key_act][3](arguments)
    return 0


def _declare_new(parser: argparse.ArgumentParser) -> None:
    told = phrase(
        "tệp khóa riêng sẽ tạo; khóa công khai ghi vào TỆP.pub", "the private key to make; FILE.pub beside it"
    )
    parser.add_argument("file", type=Path, metavar=phrase("TỆP", "FILE"), help=told)
    passphrase.add_arguments(parser)


def _new(arguments: argparse.Namespace) -> None:
    secret = passphrase.new_passphrase(arguments.passphrase_file, passphrase.SIGNING_KEY)
    key = Ed25519PrivateKey.generate()
    public = write_key(arguments.file, key, secret)
    made = phrase(
        f"Khóa riêng: {arguments.file}, chỉ người ký giữ\nKhóa công khai: {public}, đưa cho quản trị đăng ký",
        f"Private key: {arguments.file}, for its signer alone, sealed\nPublic key: {public}, to be enrolled",
    )
    print(f"{made}\n{phrase('Mã khóa', 'Key id')}: {key_id(raw_public(key.public_key()))}")


def _declare_enroll(parser: argparse.ArgumentParser) -> None:
    file = phrase("khóa công khai (.pub); bỏ trống khi chỉ đăng ký dải", "a public key (.pub); none to enrol a prefix")
    parser.add_argument("file", nargs="?", type=Path, metavar=phrase("TỆP", "FILE"), help=file)
    parser.add_argument("--as", dest="side", choices=SIDES, help=phrase("khóa dùng cho bên nào", "for which side"))
    parser.add_argument("--person", metavar=phrase("NGƯỜI", "PERSON"), help=phrase("người giữ khóa", "who holds it"))
    prefix = phrase("dải địa chỉ công cộng của đơn vị, thay cho khóa", "public addresses of the unit, instead of a key")
    parser.add_argument("--public-prefix", metavar=phrase("DẢI", "PREFIX"), help=prefix)
    _declare_act(parser)


def _enroll(arguments: argparse.Namespace) -> None:
    at, by = datetime.now(VIETNAM).replace(microsecond=0), _needed(arguments.by, "--by")
    unit = _needed(arguments.unit, "--unit")
    if arguments.public_prefix:
        held = PublicPrefix(unit, _prefix(arguments.public_prefix), at, by)
        _changed(arguments, lambda trust: trust.with_prefix(held))
        print(phrase(f"Đã đăng ký dải {held.prefix} cho {unit}", f"Enrolled {held.prefix} for {unit}"))
        return
    if not (arguments.file and arguments.side):
        raise NotSaid(options=phrase("TỆP và --as, hoặc --public-prefix", "FILE and --as, or --public-prefix"))
    person = _needed(arguments.person, "--person")
    public = raw_public(read_public_key(arguments.file))
    key = EnrolledKey(key_id(public), public, arguments.side, unit, person, at, by)
    _changed(arguments, lambda trust: trust.with_key(key))
    side = side_in_words(key.side)
    vi = f"Đã đăng ký khóa {key.id} cho {side}: {person}, {unit}\nĐề nghị đọc mã này cho {person} nghe và đối chiếu."
    print(phrase(vi, f"Enrolled {key.id} for {side}: {person}, {unit}\nRead this id to {person} and compare."))


def _declare_revoke(parser: argparse.ArgumentParser) -> None:
    told = phrase("mã khóa; bỏ trống khi thu hồi dải", "the key's id; none to revoke a prefix")
    parser.add_argument("key", nargs="?", metavar=phrase("MÃ", "ID"), help=told)
    prefix = phrase("dải địa chỉ công cộng thôi đăng ký", "public addresses no longer enrolled")
    parser.add_argument("--public-prefix", metavar=phrase("DẢI", "PREFIX"), help=prefix)
    _declare_act(parser)


def _revoke(arguments: argparse.Namespace) -> None:
    at, by = datetime.now(VIETNAM).replace(microsecond=0), _needed(arguments.by, "--by")
    if arguments.public_prefix:
        unit, prefix = _needed(arguments.unit, "--unit"), _prefix(arguments.public_prefix)
        _changed(arguments, lambda trust: trust.without_prefix(unit, prefix))
        print(phrase(f"Đã thôi đăng ký dải {prefix} cho {unit}", f"{prefix} is no longer enrolled for {unit}"))
        return
    key = _needed(arguments.key, phrase("MÃ hoặc --public-prefix", "ID or --public-prefix"))
    _changed(arguments, lambda trust: trust.without_key(key, at=at, by=by))
    vi = f"Đã thu hồi khóa {key}; mọi văn bản ký bằng khóa này hết giá trị từ lần kiểm tra kế tiếp"
    print(phrase(vi, f"Revoked {key}; what it signed permits nothing from the next run on"))


def _list(arguments: argparse.Namespace) -> None:
    for line in _listed(read_trust(trust_file(arguments))):
        print(line)


def _listed(trust: Trust) -> Iterator[str]:
    for key in trust.keys:
        yield f"{key.id}  {side_in_words(key.side)}: {key.person}, {key.unit}"
        yield "  " + _enrolled_by(key.enrolled_at, key.enrolled_by)
        if key.revoked_at:
            at, by = instant_in_words(key.revoked_at), key.revoked_by
            yield phrase(f"  ĐÃ THU HỒI lúc {at}, do {by}", f"  REVOKED at {at} by {by}")
    for held in trust.public_prefixes:
        yield f"{held.prefix}  {held.unit}"
        yield "  " + _enrolled_by(held.enrolled_at, held.enrolled_by)


def _enrolled_by(at: datetime, by: str) -> str:
    return phrase(f"đăng ký lúc {instant_in_words(at)}, do {by}", f"enrolled at {instant_in_words(at)} by {by}")


def _declare_act(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--unit", metavar=phrase("ĐƠN VỊ", "UNIT"), help=phrase("đơn vị", "the unit"))
    parser.add_argument(
        "--by", metavar=phrase("NGƯỜI", "PERSON"), help=phrase("quản trị làm việc này", "who does this")
    )
    add_trust(parser)


def _needed(said: str | None, option: str) -> str:
    if not (name := squeeze(said or "")):
        raise NotSaid(options=option)
    return name


def _prefix(said: str) -> Network:
    try:
        return ip_network(said)
    except ValueError as exc:
        raise PrefixRefused(prefix=said, reason="không phải dải CIDR, ví dụ 113.160.10.0/24") from exc


def _changed(arguments: argparse.Namespace, change: Callable[[Trust], Trust]) -> None:
    change_trust(trust_file(arguments), change)


_ACTS: dict[str, tuple[str, str, Callable[[argparse.ArgumentParser], None], Callable[[argparse.Namespace], None]]] = {
    "new": ("tạo khóa để ký", "make a key to sign with", _declare_new, _new),
    "enroll": ("đăng ký khóa hoặc dải công cộng", "enrol a key or a public prefix", _declare_enroll, _enroll),
    "revoke": ("thu hồi khóa hoặc dải công cộng", "revoke a key or a public prefix", _declare_revoke, _revoke),
    "list": ("xem các khóa và dải đã đăng ký", "list what is enrolled", add_trust, _list),
}
