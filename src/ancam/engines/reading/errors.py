"""Why a file cannot be read; each refusal is one sentence for the person who sent the file."""

from typing import ClassVar

from ancam.kit.errors import AnCamError


class ReadingRefused(AnCamError):
    """The base of the reader's refusals. Values: `name`, the file's name."""

    what = "Không đọc được {name}"


class EmptyFile(ReadingRefused):
    """No bytes, or no letters in them."""

    what = "Tệp {name} không có nội dung"
    next_step = "Đề nghị kiểm tra rồi gửi lại tệp đầy đủ"


class FileTooLarge(ReadingRefused):
    """More bytes than the limit. Values: `limit`, in words."""

    what = "Tệp {name} vượt quá giới hạn {limit}"
    next_step = "Đề nghị tách hoặc nén ảnh trong tệp rồi gửi lại"


class DocumentTooLong(ReadingRefused):
    """More pages, characters or clauses than the limit. Values: `measure` (Vietnamese), `limit`."""

    what = "Văn bản trong {name} dài quá {limit} {measure}"
    next_step = "Đề nghị tách thành nhiều tệp"


class UnsupportedType(ReadingRefused):
    """A known type that the reader does not take yet. Values: `kind` (Vietnamese)."""

    what = "Loại tệp của {name} ({kind}) chưa hỗ trợ"
    next_step = "Đề nghị gửi bản .docx, .doc, .odt, .pdf, .html, .txt, .md hoặc ảnh .png, .jpg, .tif"


class WrongType(ReadingRefused):
    """The bytes are not what the name promises. Values: `promised`, `found` (Vietnamese)."""

    what = "Tệp {name} mang đuôi {promised} nhưng nội dung là {found}"
    next_step = "Đề nghị gửi đúng tệp văn bản"


class UnreadableText(ReadingRefused):
    """Bytes that are no text in any encoding the reader knows."""

    what = "Tệp {name} không phải văn bản đọc được"
    next_step = "Đề nghị lưu lại với bảng mã UTF-8 rồi gửi lại"


class DamagedFile(ReadingRefused):
    """A .docx or .pdf whose inside is broken."""

    what = "Tệp {name} bị hỏng"
    next_step = "Đề nghị mở bằng phần mềm đã tạo ra tệp, lưu lại rồi gửi lại"


class UnsafeArchive(ReadingRefused):
    """A .docx that unpacks beyond the bounds, or whose XML declares entities."""

    what = "Tệp {name} có cấu trúc nén không an toàn nên không được mở"
    next_step = "Đề nghị lưu lại thành .docx mới rồi gửi lại"


class EncryptedFile(ReadingRefused):
    """A file that asks for a password."""

    what = "Tệp {name} đặt mật khẩu"
    next_step = "Đề nghị bỏ mật khẩu rồi gửi lại"


class RecognitionMissing(ReadingRefused):
    """A picture, or a .pdf made of pictures, on a machine that cannot read pictures."""

    what = "Tệp {name} là bản quét hoặc ảnh, nhưng máy chủ chưa cài phần mềm nhận dạng chữ tiếng Việt"
    next_step = (
        "Đề nghị người vận hành cài bằng lệnh: sudo apt install tesseract-ocr tesseract-ocr-vie;"
        " hoặc gửi bản .docx hay .pdf xuất từ phần mềm soạn thảo"
    )


class RecognitionTooLong(ReadingRefused):
    """The words of the pictures could not be had within the bounds of time. Values: `page`, from 1."""

    what = "Nhận dạng chữ trong {name} quá lâu, dừng ở trang {page}"
    next_step = "Đề nghị tách thành nhiều tệp, hoặc quét lại đen trắng ở 300 dpi"


class PictureTooLarge(ReadingRefused):
    """A picture of more pixels than the bound. Values: `page`, from 1."""

    what = "Ảnh trang {page} trong {name} có kích thước quá lớn"
    next_step = "Đề nghị quét lại ở 300 dpi rồi gửi lại"


class ConverterMissing(ReadingRefused):
    """A .doc on a machine that has no program to open it."""

    what = "Tệp {name} là Word kiểu cũ (.doc), nhưng máy chủ chưa cài phần mềm mở được loại này"
    next_step = (
        "Đề nghị lưu lại thành .docx rồi gửi; hoặc người vận hành cài bằng lệnh:"
        " sudo apt install libreoffice-writer-nogui"
    )


class ConversionTooLong(ReadingRefused):
    """A .doc that the program did not open within its time."""

    what = "Mở tệp {name} (.doc) quá lâu"
    next_step = "Đề nghị lưu lại thành .docx rồi gửi"


class NestedTooDeep(ReadingRefused):
    """A web page whose elements stand in one another beyond the bound."""

    what = "Trang web trong {name} lồng quá nhiều tầng nên không được mở"
    next_step = "Đề nghị lưu văn bản thành .docx hoặc .txt rồi gửi lại"


class SpoiltText(ReadingRefused):
    """Vietnamese that lost its diacritics or was badly recognised from a scan."""

    what = "Chữ trong {name} mất dấu hoặc nhận dạng sai nhiều, chưa hỗ trợ"
    next_step = "Đề nghị gửi bản .docx hoặc .pdf xuất từ phần mềm soạn thảo"


class NotVietnamese(ReadingRefused):
    """Text in another language."""

    what = "Văn bản trong {name} không phải tiếng Việt"
    next_step = "Đề nghị gửi bản tiếng Việt"


class StateSecret(ReadingRefused):
    """A document stamped MẬT, TỐI MẬT or TUYỆT MẬT. Carries nothing of its text."""

    source: ClassVar[str] = "Luật Bảo vệ bí mật nhà nước"
    what = "Tệp {name} đóng dấu độ mật nên không được đọc"
    ground = source
    next_step = (
        "Phần mềm không giữ lại gì của tệp. Đề nghị gỡ tệp khỏi máy này và chuyển sang mạng và máy"
        " dành cho bí mật nhà nước của cơ quan để xử lý"
    )
