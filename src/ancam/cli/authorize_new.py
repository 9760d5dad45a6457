"""`ancam authorize new`: a complete authorisation with comments, to be filled in from the paper that permits it."""

import argparse
import json
from datetime import datetime, timedelta
from pathlib import Path

from ancam.cli.language import phrase
from ancam.cli.sinks import sink
from ancam.engines.probing.permission.authorisation import MODES, SCHEMA, read_authorisation
from ancam.engines.probing.permission.ceilings import LONGEST, MOST_ADDRESSES, Limits
from ancam.engines.probing.permission.windows import VIETNAM
from ancam.kit.errors import AnCamError

_USUAL_DAYS = 7
_FORM = """\
# Văn bản cho phép kiểm tra camera trên mạng. Điền theo đúng văn bản giấy, xem lại bằng: ancam authorize show
# Rồi mỗi bên ký một chữ ký bằng: ancam authorize sign. Sửa bất cứ giá trị nào sau khi ký thì phải ký lại.
schema: {schema}

# Văn bản giấy cho phép việc này: số, ngày, cơ quan ban hành, người ký và chức vụ.
document:
  number: {number}
  issued_on: {issued_on}
  issuer: {issuer}
  signer: {signer}
  signer_role: {signer_role}

# Chủ quản của mạng được kiểm tra, đúng tên như khi đăng ký khóa; các hệ thống trong phạm vi.
owner:
  unit: {owner}
  systems: {systems}

# Bên kiểm tra. contact đi kèm từng yêu cầu gửi đến thiết bị, để người giữ thiết bị biết gọi ai.
assessor:
  unit: {assessor}
  person: {person}
  contact: {contact}

# Từ lúc nào đến lúc nào, không quá {most_days} ngày. daily: các khung giờ trong ngày theo giờ Việt Nam, qua đêm được
# (22:00-05:00); để trống là mọi giờ.
valid:
  from: {valid_from}
  to: {valid_to}
  daily: {daily}

# Địa chỉ hoặc dải CIDR được kiểm tra, tổng cộng không quá {most_addresses} địa chỉ; để trống là không được gì.
# Địa chỉ công cộng chỉ được nhận trong dải đã đăng ký cho chủ quản.
allow: {allow}

# Địa chỉ hoặc dải không được động đến dù nằm trong allow.
deny: {deny}

# discovery: tìm thiết bị. readonly: đọc không đăng nhập. owner_credential: đọc bằng tài khoản chủ quản cấp.
# default_credential: đăng nhập đoán, mỗi thiết bị một lần duy nhất trong đời: tài khoản mặc định của hãng, không có thì
# FTP ẩn danh, không có nữa thì SNMP public.
checks: {checks}

# Tài khoản chủ quản cấp để đọc; mật khẩu đặt trong biến môi trường nêu ở đây, không ghi vào tệp.
credentials: {credentials}

# Nhịp kiểm tra; thiết bị cũ dễ treo thì hạ thấp. Trần của phần mềm, không nới được: 5000 kết nối mỗi giây cả đợt;
# mỗi thiết bị 4 kết nối cùng lúc và 40 kết nối mỗi giây.
limits:
  connections_per_s: {limits.connections_per_s}
  per_host_connections: {limits.per_host_connections}
  per_host_per_s: {limits.per_host_per_s}
  per_host_bytes: {limits.per_host_bytes}
  per_host_s: {limits.per_host_s}

# Do lệnh ancam authorize sign thêm vào.
signatures: []
"""
# name of the option: (name in the form, Vietnamese, English)
_TEXTS = {
    "--number": ("number", "số, ký hiệu văn bản giấy", "number of the paper"),
    "--issued-on": ("issued_on", "ngày văn bản giấy, NĂM-THÁNG-NGÀY", "day of the paper, YEAR-MONTH-DAY"),
    "--issuer": ("issuer", "cơ quan ban hành", "who issued it"),
    "--signer": ("signer", "người ký văn bản giấy", "who signed the paper"),
    "--signer-role": ("signer_role", "chức vụ người ký", "in what capacity"),
    "--owner": ("owner", "đơn vị chủ quản của mạng", "the unit whose network it is"),
    "--assessor": ("assessor", "đơn vị kiểm tra", "the unit that assesses"),
    "--person": ("person", "người kiểm tra", "who assesses"),
    "--contact": ("contact", "thư hoặc điện thoại của người kiểm tra", "mail or telephone"),
}
_LISTS = {
    "--system": ("systems", "hệ thống trong phạm vi; nêu nhiều lần được", "a system; may be repeated"),
    "--daily": ("daily", "khung giờ, ví dụ 08:00-17:30; nêu nhiều lần được", "hours of the day; may be repeated"),
    "--allow": ("allow", "địa chỉ hoặc dải được kiểm tra; nêu nhiều lần được", "address or range; may be repeated"),
    "--deny": ("deny", "địa chỉ hoặc dải không được động đến; nêu nhiều lần được", "left out; may be repeated"),
}


class DayRefused(AnCamError):
    """An option holds no day or instant. Values: `option`, `found`."""

    what = "{option} không dùng được: “{found}”"
    ground = "chấp nhận: ngày như 2026-11-20, hoặc ngày giờ như 2026-11-20T08:00, giờ Việt Nam"
    next_step = "Đề nghị nhập lại"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the act's arguments: a place to write to, and the fields that can be filled in at once."""
    file = phrase("tệp sẽ tạo; mặc định AUTH.yaml", "the file to make; default AUTH.yaml")
    parser.add_argument("file", nargs="?", default="AUTH.yaml", metavar=phrase("TỆP", "FILE"), help=file)
    for option, (name, vi, en) in _TEXTS.items():
        parser.add_argument(option, dest=name, default="", metavar=phrase("…", "…"), help=phrase(vi, en))
    for option, (name, vi, en) in _LISTS.items():
        parser.add_argument(option, dest=name, action="append", default=[], metavar="…", help=phrase(vi, en))
    checks = phrase("cách kiểm tra; mặc định discovery và readonly", "ways to assess; default discovery and readonly")
    parser.add_argument("--check", dest="checks", action="append", choices=MODES, help=checks)
    account = phrase("tài khoản chủ quản cấp; mật khẩu trong ANCAM_OWNER_PASSWORD", "account that the owner lends")
    parser.add_argument("--account", metavar="…", help=account)
    begins = phrase("từ ngày hoặc ngày giờ; mặc định 0 giờ ngày mai", "from; default tomorrow at midnight")
    parser.add_argument("--from", dest="valid_from", metavar="…", help=begins)
    ends = phrase(f"đến ngày hoặc ngày giờ; mặc định {_USUAL_DAYS} ngày sau", f"to; default {_USUAL_DAYS} days later")
    parser.add_argument("--to", dest="valid_to", metavar="…", help=ends)


def run(arguments: argparse.Namespace) -> int:
    """Write the file, which reads back; 0. Raises `DocumentRefused` for a value that would not be read."""
    data = _filled(arguments, datetime.now(VIETNAM)).encode()
    read_authorisation(data)
    with sink(arguments.file) as file:
        file.write(data)
    if arguments.file != "-":
        next_step = phrase("điền các mục còn trống rồi xem lại bằng", "fill in what is empty, then look at it with")
        print(phrase("Đã tạo", "Made") + f" {arguments.file}: {next_step}: ancam authorize show {Path(arguments.file)}")
    return 0


def _filled(arguments: argparse.Namespace, now: datetime) -> str:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    begins = _instant("--from", arguments.valid_from) or midnight + timedelta(days=1)
    ends = _instant("--to", arguments.valid_to) or begins + timedelta(days=_USUAL_DAYS)
    account = {"owner": {"username": arguments.account or "", "password_env": "ANCAM_OWNER_PASSWORD"}}
    texts = {name: _quoted(getattr(arguments, name)) for name, _, _ in _TEXTS.values()}
    lists = {name: _quoted(getattr(arguments, name)) for name, _, _ in _LISTS.values()}
    return _FORM.format(
        schema=SCHEMA,
        **texts,
        **lists,
        valid_from=_quoted(begins.isoformat(timespec="minutes")),
        valid_to=_quoted(ends.isoformat(timespec="minutes")),
        checks=f"[{', '.join(arguments.checks or ['discovery', 'readonly'])}]",
        credentials=_quoted(account if arguments.account else {}),
        limits=Limits(),
        most_days=LONGEST.days,
        most_addresses=MOST_ADDRESSES,
    )


def _instant(option: str, said: str | None) -> datetime | None:
    if not said:
        return None
    try:
        found = datetime.fromisoformat(said)
    except ValueError as exc:
        raise DayRefused(option=option, found=said) from exc
    return found if found.tzinfo else found.replace(tzinfo=VIETNAM)


def _quoted(value: object) -> str:
    """Return a value as YAML reads it back whatever it holds: JSON is YAML."""
    return json.dumps(value, ensure_ascii=False)
