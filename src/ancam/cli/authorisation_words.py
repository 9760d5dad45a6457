"""An authorisation told in words, for whoever signs it, reads it or carries it out."""

from collections.abc import Iterator

from ancam.cli.language import phrase
from ancam.engines.probing.permission.addresses import AddressSet, Network
from ancam.engines.probing.permission.authorisation import MODES, Authorisation, Signature
from ancam.engines.probing.permission.ceilings import Limits
from ancam.engines.probing.permission.scope import Scope
from ancam.engines.probing.permission.trust import Trust
from ancam.engines.probing.permission.windows import in_words, instant_in_words
from ancam.kit.bounds import size_in_words

_RANGES_TOLD = 20
_MODE_WORDS = {
    "discovery": ("tìm thiết bị: mở cổng rồi đóng, hỏi một gói tin", "discovery: connect, one datagram"),
    "readonly": ("đọc không đăng nhập, không sửa gì", "read without logging in, changing nothing"),
    "owner_credential": ("đọc bằng tài khoản chủ quản cấp", "read with the owner's account"),
    "default_credential": (
        "đăng nhập đoán đúng một lần: tài khoản mặc định của hãng, FTP ẩn danh hoặc SNMP public",
        "one guess, once: the maker's default login, anonymous FTP or SNMP public",
    ),
    "passive": ("nghe trên mạng của chủ quản, không gửi gì", "listen on the owner's network"),
}
_SIDES = {"owner": ("bên chủ quản", "the owner's side"), "assessor": ("bên kiểm tra", "the assessor's side")}


def side_in_words(side: str) -> str:
    """Return the name of a side."""
    return phrase(*_SIDES[side])


def told(authorisation: Authorisation, scope: Scope, limits: Limits) -> Iterator[str]:
    """Yield the lines that say what an authorisation permits, within its scope and under the ceilings."""
    yield from _who(authorisation)
    yield from _when(authorisation)
    yield from _where(authorisation, scope)
    yield from _how(authorisation, limits)
    yield phrase("Mã nội dung", "Digest") + f": {authorisation.digest}"


def signer_told(signature: Signature, trust: Trust | None) -> str:
    """Return who made a signature, as far as the enrolled keys tell; whether it holds is not asked."""
    key = trust.key(signature.key) if trust else None
    who = f"{key.person}, {key.unit}" if key else phrase("khóa chưa đăng ký", "a key that is not enrolled")
    return f"{side_in_words(signature.by)}: {who} ({phrase('khóa', 'key')} {signature.key})"


def _who(authorisation: Authorisation) -> Iterator[str]:
    paper, owner, assessor = authorisation.document, authorisation.owner, authorisation.assessor
    day = f" ngày {paper.issued_on:%d/%m/%Y}" if paper.issued_on else ""
    yield phrase("Văn bản", "Paper") + f": {_or_blank(paper.number)}{day}, {_or_blank(paper.issuer)}"
    yield phrase("Người ký văn bản", "Signed by") + f": {_or_blank(paper.signer)}, {_or_blank(paper.signer_role)}"
    yield phrase("Chủ quản", "Owner") + f": {_or_blank(owner.unit)}"
    if owner.systems:
        yield phrase("Hệ thống", "Systems") + f": {'; '.join(owner.systems)}"
    yield phrase("Bên kiểm tra", "Assessor") + f": {_or_blank(assessor.unit)}"
    yield phrase("Người kiểm tra", "In person") + f": {_or_blank(assessor.person)}, {_or_blank(assessor.contact)}"


def _when(authorisation: Authorisation) -> Iterator[str]:
    length = authorisation.valid_to - authorisation.valid_from
    days, rest = length.days, length.seconds
    lasts = phrase(f"{days} ngày", f"{days} days") + (
        phrase(f" {rest // 3600} giờ", f" {rest // 3600} h") if rest else ""
    )
    begins, ends = instant_in_words(authorisation.valid_from), instant_in_words(authorisation.valid_to)
    yield phrase(f"Hiệu lực: từ {begins} đến {ends} ({lasts})", f"Valid: from {begins} to {ends} ({lasts})")
    hours = in_words(authorisation.daily)
    yield phrase(f"Giờ trong ngày: {hours}, giờ Việt Nam", f"Hours of the day: {hours}, in Việt Nam")


def _where(authorisation: Authorisation, scope: Scope) -> Iterator[str]:
    yield phrase("Được kiểm tra", "May be assessed") + f": {_counted(scope.allowed.count)}"
    for network in authorisation.allow[:_RANGES_TOLD]:
        yield f"  {_named(network)} ({_counted(network.num_addresses)})"
    if (more := len(authorisation.allow) - _RANGES_TOLD) > 0:
        yield phrase(f"  và {more} dải nữa", f"  and {more} more")
    for network in authorisation.deny[:_RANGES_TOLD]:
        yield phrase("  trừ", "  without") + f" {_named(network)}"
    if (more := len(authorisation.deny) - _RANGES_TOLD) > 0:
        yield phrase(f"  và trừ {more} dải nữa", f"  and {more} more left out")
    taken = AddressSet.of(authorisation.allow) - AddressSet.of(authorisation.deny) - scope.allowed
    if taken:
        vi = f"  {_counted(taken.count)} trong các dải trên không được kiểm tra: luôn cấm, hoặc công cộng chưa đăng ký"
        yield phrase(vi, f"  {taken.count} of these are always denied, or public and not enrolled")


def _how(authorisation: Authorisation, limits: Limits) -> Iterator[str]:
    yield phrase("Cách kiểm tra", "In these ways") + ":"
    for mode in MODES:
        if mode in authorisation.modes:
            yield f"  {mode}: {phrase(*_MODE_WORDS[mode])}"
    if authorisation.owner_account:
        account, variable = authorisation.owner_account.username, authorisation.owner_account.password_env
        yield phrase(f"Tài khoản chủ quản cấp: {account}, mật khẩu trong {variable}", f"Account: {account}, {variable}")
    size = size_in_words(limits.per_host_bytes)
    vi = (
        f"Mỗi thiết bị: {limits.per_host_connections} kết nối cùng lúc, {limits.per_host_per_s} kết nối mỗi giây,"
        f" {size}, {limits.per_host_s} giây"
    )
    en = f"Each device: {limits.per_host_connections} at once, {limits.per_host_per_s}/s, {size}, {limits.per_host_s} s"
    yield phrase(vi, en)
    yield phrase(f"Cả đợt: {limits.connections_per_s} kết nối mỗi giây", f"In all: {limits.connections_per_s}/s")


def _or_blank(said: str) -> str:
    return said.strip() or "…"


def _named(network: Network) -> str:
    return str(network.network_address) if network.prefixlen == network.max_prefixlen else str(network)


def _counted(count: int) -> str:
    number = f"{count:,}".replace(",", phrase(".", ","))
    return phrase(f"{number} địa chỉ", f"{number} addresses")
