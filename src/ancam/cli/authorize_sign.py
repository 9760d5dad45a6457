"""`ancam authorize sign`: one side's signature, made after what is signed was said in words."""

import argparse
from datetime import datetime
from pathlib import Path

from ancam.cli import passphrase
from ancam.cli.authorisation_files import open_key, read_bytes, with_signatures, write_whole
from ancam.cli.authorisation_words import side_in_words, told
from ancam.cli.language import phrase
from ancam.engines.probing.errors import TooManySignatures
from ancam.engines.probing.permission.authorisation import SIDES, read_authorisation
from ancam.engines.probing.permission.ceilings import bounded
from ancam.engines.probing.permission.guard import require_signable
from ancam.engines.probing.permission.scope import Scope
from ancam.engines.probing.permission.signatures import sign
from ancam.engines.probing.permission.windows import VIETNAM, instant_in_words


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the act's arguments."""
    file = phrase("TỆP", "FILE")
    parser.add_argument("file", type=Path, metavar=file, help=phrase("văn bản cho phép", "the authorisation"))
    side = phrase("ký cho bên nào: chủ quản hay bên kiểm tra", "for which side")
    parser.add_argument("--as", dest="side", required=True, choices=SIDES, help=side)
    key = phrase("khóa riêng của người ký, do keys new tạo", "the signer's private key, made by keys new")
    parser.add_argument("--key", type=Path, required=True, metavar=file, help=key)
    passphrase.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Say what is signed and for how long, then sign it and put the signature into the file; 0."""
    data = read_bytes(arguments.file)
    authorisation = read_authorisation(data)
    require_signable(authorisation, datetime.now(VIETNAM))
    if any(signature.by == arguments.side for signature in authorisation.signatures):
        raise TooManySignatures(side=side_in_words(arguments.side))
    # Whether public addresses are enrolled is not known here: they are counted as the signer sees them, all of them.
    scope = Scope.of(authorisation.allow, authorisation.deny, authorisation.allow)
    for line in told(authorisation, scope, bounded(authorisation.limits, unsigned=False)):
        print(line)
    ends = instant_in_words(authorisation.valid_to)
    side = side_in_words(arguments.side)
    print(phrase(f"Ký thay mặt {side}, có giá trị đến {ends}", f"Signing for {side}, good until {ends}"), flush=True)
    secret = passphrase.known_passphrase(arguments.passphrase_file, passphrase.SIGNING_KEY)
    signature = sign(authorisation, open_key(arguments.key, secret), by=arguments.side)
    write_whole(arguments.file, with_signatures(data, (*authorisation.signatures, signature)))
    print(phrase(f"Đã ký {arguments.file} bằng khóa {signature.key}", f"Signed {arguments.file} with {signature.key}"))
    return 0
