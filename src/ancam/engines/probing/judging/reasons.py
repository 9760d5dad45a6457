"""Why a check gave no answer, in the words of the screens."""

REASONS: dict[str, str] = {
    # nothing came back, or nothing that concludes
    "silent": "Thiết bị không trả lời hoặc bị lọc; im lặng không phải là đạt",
    "not-offered": "Thiết bị không có dịch vụ này ở các cổng đã hỏi",
    "not-asked": "Lần này chưa hỏi",
    "not-seen": "Đã hỏi, không thấy điều cần tìm; như vậy chưa đủ để nói là đạt",
    "not-told": "Thiết bị trả lời nhưng không nêu điều này",
    "unclear": "Có trả lời nhưng không hiểu được",
    "no-challenge": "Không có câu trả lời nào đòi đăng nhập để xem cách đăng nhập",
    "no-page": "Không có trang nào được trả về để xem",
    "no-cookie": "Thiết bị không đặt cookie nào trước khi đăng nhập",
    "no-banner": "Máy chủ web không nêu tên phần mềm",
    "other-service": "Cổng này đang nói giao thức khác, không phải dịch vụ riêng của hãng",
    # what the device is
    "unknown-platform": "Chưa rõ nền tảng của thiết bị nên không biết đường dẫn theo tài liệu",
    "not-documented": "Chưa biết đường dẫn theo tài liệu của hãng để đọc thiết đặt này",
    "not-there": "Thiết bị không có thiết đặt này ở đường dẫn theo tài liệu",
    "other-platform": "Phép này dành cho nền tảng của hãng khác",
    "not-a-camera": "Không phải camera, đầu ghi",
    "trap": "Thiết bị mở nhiều cổng hơn mọi camera thật; có thể là bẫy nên không kết luận gì",
    "version-unknown": "Chưa biết phiên bản firmware",
    "no-build-date": "Phiên bản không nêu ngày dựng",
    # what was permitted, and what it takes
    "mode-not-authorised": "Văn bản cho phép không nêu loại phép kiểm tra này",
    "needs-owner-account": "Cần tài khoản do chủ quản cấp",
    "owner-refused": "Tài khoản do chủ quản cấp bị từ chối; đã dừng ở lần đầu",
    "owner-unanswered": "Tài khoản do chủ quản cấp không được trả lời, hoặc không gửi được mà giấu mật khẩu",
    "manual-evidence": "Chỉ kết luận được bằng bằng chứng do người kiểm tra nhập",
    "outside-capture": "Cần bắt gói thụ động trên mạng của chủ quản; công cụ này không bắt gói",
    "other-viewpoint": "Cần kiểm tra từ một vị trí mạng khác",
    "router-consent": "Cần sự đồng ý của chủ bộ định tuyến",
    "needs-register": "Cần đối chiếu với kho kiểm kê và hồ sơ hợp quy",
    "needs-support-table": "Chưa có bảng thời hạn hỗ trợ của model này",
    "needs-fleet": "Chỉ kết luận được khi so nhiều thiết bị trong cùng đợt",
    "one-device": "Trong đợt này không có thiết bị thứ hai để so",
    # logins
    "locked": "Thiết bị đang khóa đăng nhập",
    "few-left": "Thiết bị báo còn ít lượt đăng nhập nên không gửi",
    "already-spent": "Lượt đăng nhập đoán duy nhất của thiết bị này đã dùng",
    "guess-went-elsewhere": "Lượt đăng nhập đoán duy nhất của thiết bị này đã dành cho phép kiểm tra khác",
    "public-address": "Không bao giờ đăng nhập đoán với địa chỉ công cộng",
    "no-documented-default": "Không có tài khoản mặc định nào của hãng được ghi nhận để thử",
    "no-login-offered": "Không thấy chỗ nào đòi đăng nhập để thử",
    # the look was cut short
    "budget-time": "Hết thời gian dành cho một thiết bị",
    "budget-bytes": "Hết số byte dành cho một thiết bị",
    "budget-connections": "Hết số kết nối dành cho một thiết bị",
    "stopped-answering": "Thiết bị thôi trả lời giữa chừng nên đã dừng",
    "local-failure": "Máy kiểm tra gặp lỗi của chính nó; thiết bị cần được hỏi lại",
    "stopped-window-closed": "Hết khung giờ được phép",
    "stopped-signal": "Đợt kiểm tra bị dừng theo lệnh",
    "stopped-stop-file": "Đợt kiểm tra bị dừng theo lệnh",
    "stopped-disk-full": "Đợt kiểm tra bị dừng vì hết chỗ ghi",
    "stopped-canary-hung": "Đợt kiểm tra bị dừng vì thiết bị thử đầu tiên bị treo",
    "stopped-local-failure": "Đợt kiểm tra bị dừng vì máy kiểm tra không mở được kết nối",
    "stopped-failure": "Đợt kiểm tra bị dừng vì lỗi",
}


def reason_in_words(why: str) -> str:
    """Return a reason as the screens say it; a reason that is not in the table is shown as it is."""
    return REASONS.get(why, why)
