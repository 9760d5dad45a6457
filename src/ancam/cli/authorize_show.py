"""`ancam authorize show`: what a file permits, who signed it, and whether it permits it now."""

import argparse
from datetime import datetime
from pathlib import Path

from ancam.cli.authorisation_files import read_bytes
from ancam.cli.authorisation_words import signer_told, told
from ancam.cli.language import phrase
from ancam.engines.probing.permission.authorisation import read_authorisation
from ancam.engines.probing.permission.ceilings import bounded
from ancam.engines.probing.permission.guard import permit
from ancam.engines.probing.permission.scope import Scope
from ancam.engines.probing.permission.surroundings import read_surroundings
from ancam.engines.probing.permission.trust import read_trust
from ancam.engines.probing.permission.windows import VIETNAM, closes_at, instant_in_words
from ancam.kit.data_folder import TRUST_FILE, data_folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the act's arguments."""
    file = phrase("TỆP", "FILE")
    parser.add_argument("file", type=Path, metavar=file, help=phrase("văn bản cho phép", "the authorisation"))
    add_trust(parser)
    unsigned = phrase("xét như chạy trong phòng thí nghiệm, không cần chữ ký", "as in a laboratory, without signatures")
    parser.add_argument("--unsigned", action="store_true", help=unsigned)


def add_trust(parser: argparse.ArgumentParser) -> None:
    """Declare `--trust`."""
    told_trust = phrase("tệp khóa tin cậy; mặc định $ANCAM_DATA/trust.yaml", "enrolled keys; $ANCAM_DATA/trust.yaml")
    parser.add_argument("--trust", type=Path, metavar=phrase("TỆP", "FILE"), help=told_trust)


def trust_file(arguments: argparse.Namespace) -> Path:
    """Return where the enrolled keys are."""
    return Path(arguments.trust) if arguments.trust else data_folder() / TRUST_FILE


def run(arguments: argparse.Namespace) -> int:
    """Say what the file permits; 0 when it permits it now, else the reason is raised."""
    data = read_bytes(arguments.file)
    authorisation = read_authorisation(data)
    path = trust_file(arguments)
    trust = read_trust(path) if path.exists() else None
    enrolled = trust.prefixes_of(authorisation.owner.unit) if trust else ()
    scope = Scope.of(authorisation.allow, authorisation.deny, enrolled)
    for line in told(authorisation, scope, bounded(authorisation.limits, unsigned=arguments.unsigned)):
        print(line)
    for signature in authorisation.signatures:
        print(phrase("Chữ ký của", "Signature of"), signer_told(signature, trust))
    now = datetime.now(VIETNAM)
    permit(data, trust=trust, now=now, unsigned=arguments.unsigned, surroundings=read_surroundings())
    until = instant_in_words(closes_at(authorisation, now))
    print(phrase(f"Đang có hiệu lực, liên tục đến {until}", f"In force, without a pause until {until}"))
    return 0
