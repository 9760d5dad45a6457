"""Why a file is not taken for a signed copy, and why none can be checked."""

from enum import StrEnum

from ancam.kit.errors import AnCamError


class Fault(StrEnum):
    """What is wrong with a file."""

    NOT_A_PDF = "not_a_pdf"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    TOO_LONG = "too_long"
    TOO_MANY_OBJECTS = "too_many_objects"
    TOO_MANY_SIGNATURES = "too_many_signatures"
    ALTERED = "altered"
    BROKEN = "broken"
    NOT_WHOLE = "not_whole"
    CHANGED_AFTER = "changed_after"


class CopyUnfit(AnCamError):
    """The file is no sound signed copy. Values: `fault`, a `Fault`."""

    what = "Tệp không dùng được làm bản đã ký"


class RootsUnfit(AnCamError):
    """A file of the trust folder is no certificate: no fault of any copy. Values: `file`, its path."""

    what = "Tệp {file} không phải chứng thư đọc được"
    next_step = "Đề nghị thay bằng chứng thư PEM hoặc DER, hoặc bỏ khỏi thư mục"
