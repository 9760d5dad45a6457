"""`ancam check`: does this instance stand as it should, and if not, which line to add."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict

from ancam.cli.checks import folders, machine, mail, records, serving, signatures
from ancam.cli.checks.finding import Finding, Verdict, fault
from ancam.cli.django_setup import set_up_django
from ancam.cli.language import phrase
from ancam.site.environment import SettingRefused

SIGNS = {Verdict.GOOD: "✓", Verdict.NOTE: "•", Verdict.FAULT: "✗"}
EXIT_FAULTS = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `--json` and `--mail-to`."""
    parser.add_argument("--json", action="store_true", help=phrase("in ra JSON", "print JSON"))
    sent = phrase("gửi một thư thử tới địa chỉ này", "send a test message to this address")
    parser.add_argument("--mail-to", metavar="EMAIL", default="", help=sent)


def run(arguments: argparse.Namespace) -> int:
    """Print how each thing stands; 0 when nothing is wrong, 1 when something is."""
    findings = list(_findings(arguments.mail_to))
    faults = sum(found.verdict is Verdict.FAULT for found in findings)
    if arguments.json:
        print(
            json.dumps(
                {"ok": not faults, "checks": [asdict(found) for found in findings]}, ensure_ascii=False, indent=1
            )
        )
        return EXIT_FAULTS if faults else 0
    for found in findings:
        print(f"{SIGNS[found.verdict]} {found.name}: {found.told}")
        if found.line:
            print(f"    → {found.line}")
    notes = sum(found.verdict is Verdict.NOTE for found in findings)
    print(phrase(f"{faults} lỗi, {notes} điều nên biết", f"{faults} faults, {notes} notes"))
    return EXIT_FAULTS if faults else 0


def _findings(mail_to: str) -> Iterator[Finding]:
    """Yield what is found, side by side; a wrong setting keeps the rest from being looked at."""
    yield from machine.versions()
    try:
        set_up_django()
    except SettingRefused as refused:
        yield fault(phrase("thiết lập", "settings"), f"{refused.explain().what}", refused.line)
        return
    from django.conf import settings

    from ancam.web import clock

    at = clock.now()
    yield from folders.permissions(settings.DATA_FOLDER, settings.TLS_KEY)
    yield from machine.disk(settings.DATA_FOLDER)
    yield from machine.synchronisation()
    yield from records.records(at)
    yield from serving.address(settings)
    yield from serving.public_url(settings)
    yield from serving.certificate(settings.TLS_CERT, settings.TLS_KEY, at)
    yield from signatures.roots(settings.SIGNATURE_ROOTS)
    yield from mail.mail(settings, mail_to)
    yield from machine.tools()
