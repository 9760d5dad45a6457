"""`ancam lab`: a laboratory of simulated cameras, decoys and traps, with its truth and the harm that was done to it."""

import argparse
import asyncio
import json
import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import yaml

from ancam.cli.language import phrase
from ancam.engines.probing.lab.devices import GROUPS, kinds
from ancam.engines.probing.lab.laboratory import Laboratory
from ancam.engines.probing.lab.logins import Account
from ancam.engines.probing.lab.namespaces import joined, run_inside
from ancam.engines.probing.lab.placing import plan
from ancam.engines.probing.lab.truth import truth
from ancam.kit.errors import AnCamError

OWNER = "audit"
OWNER_PASSWORD_ENV = "ANCAM_OWNER_PASSWORD"  # noqa: S105 - where the password is found, not the password
_OWNER_PASSWORD = "lab-owner-password"  # noqa: S105 - opens nothing but this laboratory's devices


class WrongNetwork(AnCamError):
    """A network that is no network."""

    what = "Chưa hiểu mạng “{network}”"
    next_step = "Đề nghị ghi theo dạng 127.77.0.0/22"


class LoopbackApart(AnCamError):
    """Loopback addresses in a namespace, which no other namespace reaches."""

    what = "Mạng {network} không tới được từ không gian mạng khác"
    next_step = "Đề nghị dùng mạng như 10.77.64.0/22 khi có --namespace"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    usual = phrase("mạng đặt thiết bị, mặc định", "network of the devices, by default")
    parser.add_argument("--network", default="127.77.0.0/22", help=f"{usual} 127.77.0.0/22")
    parser.add_argument("--devices", type=_count, default=160, help=phrase("số thiết bị", "how many devices"))
    parser.add_argument("--seed", type=int, default=7, help=phrase("số gieo, cùng số thì cùng cách đặt", "seed"))
    known = phrase("nhóm hoặc loại thiết bị, cách nhau dấu phẩy", "groups or kinds, separated by commas")
    parser.add_argument("--mix", default=",".join(GROUPS), help=f"{known}: {', '.join([*GROUPS, *kinds()])}")
    parser.add_argument("--truth", type=Path, help=phrase("tệp ghi sự thật về từng thiết bị", "where the truth goes"))
    parser.add_argument(
        "--harm", type=Path, help=phrase("tệp ghi tổn hại khi dừng", "where harm is written at the end")
    )
    given = phrase("tệp ủy quyền chưa ký cho phòng này", "where an unsigned authorisation goes")
    parser.add_argument("--authorization", type=Path, help=given)
    apart = phrase(
        "đặt thiết bị trong không gian mạng riêng; đánh giá từ không gian mang tên này (cần root)",
        "put the devices into a network namespace; assess from the namespace of this name (needs root)",
    )
    parser.add_argument("--namespace", help=apart)


def run(arguments: argparse.Namespace) -> int:
    """Run the laboratory until it is told to stop, then write the harm."""
    try:
        placed = plan(arguments.network, arguments.devices, arguments.seed, mix=arguments.mix.split(","))
    except ValueError as error:
        raise WrongNetwork(network=arguments.network) from error
    if arguments.namespace:
        if ip_network(arguments.network).is_loopback:
            raise LoopbackApart(network=arguments.network)
        with joined(arguments.namespace, arguments.network, [one.ip for one in placed]) as lab:
            return run_inside(lab, [sys.executable, "-m", "ancam", "lab", *_without_namespace(arguments)])
    _write(arguments.truth, json.dumps(truth(placed), ensure_ascii=False, indent=1))
    _write(arguments.authorization, authorisation_for(arguments.network, datetime.now(UTC)))
    owner = Account(OWNER, os.environ.get(OWNER_PASSWORD_ENV) or _OWNER_PASSWORD)
    laboratory = Laboratory(placed, owner=owner)
    asyncio.run(_until_told(laboratory, arguments.network))
    _write(arguments.harm, json.dumps(laboratory.harm_report(), ensure_ascii=False, indent=1))
    return 0


def authorisation_for(network: str, now: datetime) -> str:
    """Return an unsigned authorisation for a laboratory, valid for a day around `now`."""
    content: dict[str, Any] = {
        "schema": "ancam/authorization/1",
        "document": {
            "number": "01/PTN",
            "issued_on": now.date(),
            "issuer": "Phòng thí nghiệm (giả định)",
            "signer": "Người ký giả định",
            "signer_role": "Trưởng phòng thí nghiệm",
        },
        "owner": {"unit": "Phòng thí nghiệm (giả định)", "systems": ["Mạng thiết bị mô phỏng"]},
        "assessor": {
            "unit": "Tổ đánh giá (giả định)",
            "person": "Người đánh giá giả định",
            "contact": "lab@example.invalid",
        },
        "valid": {
            "from": (now - timedelta(hours=1)).isoformat(timespec="minutes"),
            "to": (now + timedelta(days=1)).isoformat(timespec="minutes"),
        },
        "allow": [network],
        "deny": [],
        "checks": ["discovery", "readonly"],
        "credentials": {"owner": {"username": OWNER, "password_env": OWNER_PASSWORD_ENV}},
        "limits": {
            "connections_per_s": 500,
            "per_host_connections": 2,
            "per_host_per_s": 10,
            "per_host_bytes": 1_000_000,
            "per_host_s": 15,
        },
        "signatures": [],
    }
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)


async def _until_told(laboratory: Laboratory, network: str) -> None:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    async with laboratory:
        count = len(laboratory.devices)
        ready = phrase(
            f"Phòng thí nghiệm sẵn sàng: {count} thiết bị trên {network}. Dừng bằng Ctrl+C.",
            f"The laboratory is ready: {count} devices on {network}. Stop with Ctrl+C.",
        )
        print(ready, flush=True)
        await told.wait()


def _without_namespace(arguments: argparse.Namespace) -> list[str]:
    told = vars(arguments).items()
    return [f"--{name}={value}" for name, value in told if value is not None and name != "namespace"]


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(phrase("chỉ nhận số nguyên từ 1", "must be a whole number from 1"))
    return int(text)


def _write(path: Path | None, content: str) -> None:
    if path is not None:
        path.write_text(content + "\n", "utf-8")
