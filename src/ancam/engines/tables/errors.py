"""Why a table cannot be read; each refusal is one sentence for the person who sent the file."""

from ancam.kit.errors import AnCamError


class TableRefused(AnCamError):
    """The base of the refusals of a table. Values: `name`, the file's name."""

    what = "Không đọc được {name}"


class EmptyTable(TableRefused):
    """No bytes, no cell that holds anything, or no row under the header."""

    what = "Tệp {name} không có dòng dữ liệu nào"
    ground = "dưới dòng tiêu đề phải có ít nhất một dòng"
    next_step = "Đề nghị điền danh sách rồi gửi lại"


class NotATable(TableRefused):
    """A type of file that is not read. Values: `kind`, in words."""

    what = "Chưa nhận tệp {name}"
    ground = "nội dung tệp là {kind}, dù tên tệp ghi đuôi nào; chỉ nhận .xlsx và .csv"
    next_step = "Đề nghị mở tệp bằng phần mềm bảng tính, chọn Lưu thành, kiểu Excel Workbook (.xlsx), rồi gửi lại"


class UnknownEncoding(TableRefused):
    """A delimited text in an encoding that is not read."""

    what = "Tệp {name} không đọc được đúng chữ"
    ground = "tệp .csv phải ở bảng mã UTF-8 hoặc UTF-16"
    next_step = (
        "Đề nghị mở tệp bằng phần mềm bảng tính, chọn Lưu thành, kiểu CSV UTF-8 hoặc Excel Workbook (.xlsx),"
        " rồi gửi lại"
    )


class DamagedTable(TableRefused):
    """A workbook whose inside is broken or locked."""

    what = "Tệp {name} bị hỏng hoặc đặt mật khẩu"
    next_step = "Đề nghị mở bằng phần mềm đã tạo ra tệp, bỏ mật khẩu nếu có, lưu lại rồi gửi lại"


class BrokenQuotes(TableRefused):
    """A delimited text whose quotation marks do not close. Values: `row`."""

    what = "Tệp {name} có dấu ngoặc kép không khép ở khoảng dòng {row}"
    ground = "từ chỗ đó không biết được ô nào kết thúc ở đâu"
    next_step = "Đề nghị lưu lại từ phần mềm bảng tính thành .xlsx rồi gửi lại"


class UnsafeTable(TableRefused):
    """A workbook that unpacks beyond the bounds or declares entities."""

    what = "Tệp {name} không được mở"
    ground = "khi giải nén, tệp quá lớn hoặc có cấu trúc không an toàn"
    next_step = "Đề nghị chép riêng vùng dữ liệu sang một bảng tính mới rồi gửi lại"


class TooManyRows(TableRefused):
    """Something stands below the last row that is taken. Values: `limit`."""

    what = "Tệp {name} có dữ liệu quá dòng thứ {limit}"
    ground = "mỗi tệp tối đa {limit} dòng"
    next_step = "Đề nghị tách thành nhiều tệp, hoặc xóa ô lạc ở cuối bảng"


class TooManyColumns(TableRefused):
    """Something stands to the right of the last column that is taken. Values: `limit`."""

    what = "Tệp {name} có dữ liệu quá cột thứ {limit}"
    ground = "mỗi bảng tối đa {limit} cột"
    next_step = "Đề nghị bỏ các cột không thuộc mẫu rồi gửi lại"


class LongCell(TableRefused):
    """A cell longer than any name is. Values: `cell`, `limit`."""

    what = "Ô {cell} trong {name} dài quá {limit} ký tự"
    next_step = "Đề nghị kiểm tra ô đó rồi gửi lại"


class TooMuchText(TableRefused):
    """All cells together hold more characters than are taken. Values: `limit`."""

    what = "Tệp {name} chứa quá nhiều chữ"
    ground = "cả tệp tối đa {limit} ký tự"
    next_step = "Đề nghị tách thành nhiều tệp"


class MergedCells(TableRefused):
    """Two cells are made one. Values: `sheet`, `cells`."""

    what = "Trang “{sheet}” trong {name} có ô gộp ({cells})"
    ground = "với ô gộp không biết được giá trị thuộc dòng nào"
    next_step = "Đề nghị bỏ gộp ô, điền đủ từng dòng rồi gửi lại"


class FormulaFound(TableRefused):
    """A cell is computed. Values: `sheet`, `cell`."""

    what = "Trang “{sheet}” trong {name} có công thức (ô {cell})"
    ground = "kết quả của công thức có thể đổi theo máy mở tệp"
    next_step = "Đề nghị chép vùng dữ liệu, dán lại dạng giá trị (Paste Values) rồi gửi lại"


class MissingHeaders(TableRefused):
    """The row of headers is not there, or lacks what must be. Values: `headings`."""

    what = "Tệp {name} thiếu cột: {headings}"
    ground = "dòng tiêu đề phải có đủ các cột bắt buộc, thứ tự tùy ý"
    next_step = "Đề nghị thêm cột theo tệp mẫu rồi gửi lại"


class UnknownHeaders(TableRefused):
    """Columns whose header is none of ours. Values: `headings`."""

    what = "Tệp {name} có cột không rõ: {headings}"
    ground = "mỗi cột có dữ liệu phải mang một tên có trong tệp mẫu"
    next_step = "Đề nghị sửa tên cột theo tệp mẫu, hoặc bỏ cột đó"


class DoubleHeaders(TableRefused):
    """Two columns that say the same. Values: `headings`."""

    what = "Tệp {name} có hai cột cùng nghĩa: {headings}"
    ground = "không biết được lấy giá trị của cột nào"
    next_step = "Đề nghị bỏ bớt một cột"


class SeveralSheets(TableRefused):
    """More than one sheet could be the table. Values: `sheets`."""

    what = "Tệp {name} có nhiều trang cùng chứa danh sách: {sheets}"
    ground = "mỗi lần chỉ nhập một danh sách"
    next_step = "Đề nghị để lại một trang trong tệp, hoặc ẩn các trang khác"
