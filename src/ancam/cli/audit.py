"""`ancam audit verify`: prove that the ledger is whole."""

import argparse

from ancam.cli.django_setup import require_prepared_instance, set_up_django
from ancam.cli.language import phrase


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verify = phrase("kiểm tra toàn bộ sổ nhật ký", "verify the whole ledger")
    parser.add_argument("act", metavar="verify", choices=["verify"], help=verify)
    kept = phrase("mốc SỐ:MÃ đã giữ từ trước, sổ phải còn chứa", "a head N:DIGEST kept earlier, still to be found")
    parser.add_argument("--head", metavar="N:DIGEST", help=kept)


def run(arguments: argparse.Namespace) -> int:
    """Print the ledger's head; a broken chain is raised and told."""
    set_up_django()
    require_prepared_instance()
    from ancam.audit.selectors import verify_ledger

    print(verify_ledger(arguments.head))
    return 0
