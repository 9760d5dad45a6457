"""Whether the signatures on papers can be checked against the roots of trust."""

from collections.abc import Iterator

from ancam.cli.checks.finding import Finding, fault, good, note
from ancam.cli.language import phrase
from ancam.engines.signing.errors import RootsUnfit
from ancam.engines.signing.roots import certificates_of, root_files


def roots(folder: str) -> Iterator[Finding]:
    """Yield a fault for each file of the trust folder that is no certificate; nothing when no folder is set."""
    if not folder:
        return
    name, count, faults = phrase("chứng thư gốc", "roots of trust"), 0, []
    for path in root_files(folder):
        try:
            count += len(certificates_of(path))
        except RootsUnfit:
            told = phrase(
                f"{path} không phải chứng thư đọc được: chưa nhận được bản đã ký nào",
                f"{path} is no readable certificate: no signed copy is taken",
            )
            line = phrase(
                "thay bằng chứng thư PEM hoặc DER, hoặc bỏ tệp", "put a PEM or DER certificate there, or remove it"
            )
            faults.append(fault(name, told, line))
    yield from faults
    if not faults and count:
        yield good(name, phrase(f"{count} chứng thư trong {folder}", f"{count} certificates in {folder}"))
    elif not faults:
        told = phrase(f"{folder} chưa có chứng thư nào", f"{folder} holds no certificate")
        yield note(
            name,
            told,
            phrase("chép chứng thư .crt, .cer, .pem hoặc .der vào đó", "copy .crt, .cer, .pem or .der files there"),
        )
