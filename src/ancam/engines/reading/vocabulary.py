"""Words that tell a body's name from what it is told to do: head nouns, verbs, and verbs that live inside names.

Each is a piece of a pattern over words in small letters, except heads, which are matched as the letter writes them.
"""

# The capital letters of Vietnamese, for a class of characters.
CAPITALS = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
# What stands after `các`, `những` and names many bodies at once.
GROUPED = (
    r"sở|cơ quan|đơn vị|doanh nghiệp|phòng|ban|ngành|địa phương|tổ chức|cá nhân|công ty|tổng công ty|tập đoàn|trường"
    r"|nhà trường|huyện"
    r"|xã|phường|quận|thị|thôn|ấp|bản|khu|tổ dân|thành viên|nhà mạng|hộ|chủ|khoa|trung tâm|chi nhánh|đồng chí|cấp|ông"
    r"|bộ|hội"
    r"|nhà thầu|cơ sở|báo|đài|đoàn thể|chi cục|cục|viện|ủy ban|ubnd|bệnh viện|ngân hàng|cán bộ|đội|văn phòng"
    r"|thủ trưởng|trưởng|công an|bên"
    r"|đại lý|nhà cung cấp|hợp tác xã|xí nghiệp|phân xưởng|nhà máy|tổ(?! chức)|lực lượng|chi bộ|cửa hàng|thợ"
    r"|hiệu trưởng|giám đốc|chủ tịch|người đứng đầu|trạm|sàn thương mại|nơi|bến (?:xe|tàu|phà)|cảng|bãi đỗ|chợ|siêu thị"
    r"|khách sạn|nhà (?:nghỉ|hàng|ga)|mobifone|viettel|vnpt|vinaphone|hải quan|thuế|kho bạc|quỹ"
)
# How a name of a body begins, as it is written inside a sentence.
HEADS = (
    r"[ỦU][ỷy] ban|Uỷ ban|ỦY BAN|UBND|UBMT\w*|Sở(?! hữu)|SỞ|Ban(?! hành)|Phòng(?! ngừa|,? chống|,? tránh)|Công an"
    r"|CÔNG AN|Cục|Chi cục|Tổng cục|Chi nhánh"
    r"|Viện|Báo(?! cáo| động| gồm| hiệu| bằng| ngay| cho| về| lên| với| trước| kịp)|Đồn|Hiệp hội|Người đại diện"
    r"|Đài|Trung tâm|Văn phòng|Chánh|Giám đốc|Phó|Thủ trưởng|Trưởng|Chủ tịch"
    r"|Hiệu trưởng|Tổng [Gg]iám đốc"
    r"|Tổng công ty|Tổng Công ty|Tổng [Bb]iên tập|Người đứng đầu|Bộ (?:Chỉ huy|Công an|Khoa|Thông tin|Quốc|Tài"
    r"|Công Thương|Văn|Nội|Tư|Y tế|Xây|Giáo|Nông)"
    r"|BCH|Bộ đội|Tòa án|Toà án|Kho bạc|Thuế|Hải quan|Ngân hàng|Bưu điện|Điện lực|Công ty|Tập đoàn"
    r"|Viễn thông(?! và)|VNPT"
    r"|Viettel|MobiFone|Mobifone|FPT|VNPost|CMC"
    r"|Liên đoàn|Liên minh|Hội (?:Nông|Liên|Cựu|Phụ|Người|Chữ|đồng|Khuyến|Doanh|Sinh|Luật)"
    r"|Tỉnh đoàn|Thành đoàn|Huyện đoàn|Thị đoàn|Xã đoàn|Tỉnh ủy|Thành ủy|Huyện ủy|Đảng ủy|Mặt trận"
    r"|Đoàn (?:TN|Thanh|Đại|kiểm tra|công tác|liên ngành)|Nhân viên|Trường(?! hợp)|Nhà trường|Bệnh viện|Trạm|Hạt"
    r""
    r"|Tổ (?:công|dân|giúp|ứng|kỹ|truyền|hỗ|quản|bảo|vận)"
    rf"|Tổ(?= [{CAPITALS}])(?! [Cc]hức)"
    r"|Đội|Thanh tra (?:tỉnh|huyện|thành|Sở|Chính|Bộ)|Viện kiểm|Khoa(?! học)|Cổng|Học viện"
    r"|Đại học|Bên [A-Z]"
    r"|Cơ quan|Đơn vị|Doanh nghiệp|Nhà mạng|Chủ (?:đầu tư|quản|sở hữu)|Đồng chí|Ông|Bà|Lãnh đạo|Nhà (?:thầu|cung)"
    r"|Kiểm lâm|Cảng|Bến (?:xe|tàu|phà)|Bảo tàng|Thư viện|Nhà (?:hát|văn hóa|thiếu nhi|xuất bản|khách)|Quỹ|Vườn quốc"
    r"|Khu (?:di tích|bảo tồn|du lịch)|Siêu thị|Tổ trưởng|Chi đội|Câu lạc bộ"
    r"|Hợp tác xã|Cán bộ|Công chức|Toàn thể|Bí thư|Bộ phận|Quản đốc|Xí nghiệp|Phân xưởng|Nhà máy"
    r"|PA\d\d|A05|Tổ chức(?=,? cá nhân|,? doanh|,? chính)|Lực lượng|Thành viên|Đảng bộ|Chi bộ|Chi đoàn|Công đoàn"
)
# These begin a name in small letters, after an order such as `Giao …` only.
SMALL_HEADS = (
    r"cơ quan(?! có thẩm)|đơn vị|doanh nghiệp|nhà mạng|thủ trưởng|trưởng|giám đốc|chủ tịch|người đứng đầu|công an"
    r"|đồng chí|chủ đầu tư"
    r"|(?:đội|tổ|nhóm) trưởng|phòng (?=[A-ZĐÂÁỦỨ])|bộ phận|toàn thể|lãnh đạo|cán bộ|hiệu trưởng"
    r"|cơ sở(?! dữ liệu| hạ tầng| vật chất| pháp| trên| để)"
)

# What a body is told to do begins with one of these.
VERBS = (
    "chủ trì|chủ động|phối hợp|có trách nhiệm|chịu trách nhiệm|tăng cường|bố trí|thực hiện|triển khai|tổ chức|tăng"
    "|rà soát|(?<!đầu tư )xây dựng"
    "|tham mưu|hướng dẫn|kiểm tra|theo dõi|đôn đốc|báo cáo|tổng hợp|tuyên truyền|phổ biến|quán triệt|đăng tải"
    "|khẩn trương|nghiên cứu"
    "|xác định|(?<!quyết định )phê duyệt|thẩm định|(?<!công )(?<!dân )(?<!độc )(?<!thành )"
    "lập(?= hồ| kế| danh| dự| báo| biên| tổ| đoàn|\\s*[;.,]|\\s*$)|(?<!công )(?<!chương )trình|cập nhật"
    "|(?<!viễn )thông báo|tiếp tục|đẩy mạnh|nghiêm túc|căn cứ|trên cơ sở|chỉ đạo|bảo đảm"
    "|đảm bảo|ban hành|công bố|công khai|gửi(?! kèm)|cử|áp dụng|đánh giá|(?<!camera )giám sát|phòng ngừa"
    "|đấu tranh|xử lý"
    "|ngăn chặn|phát hiện|khắc phục"
    "|hoàn thành|hoàn thiện|phát động|mở|duy trì|(?<!giáo dục )thường xuyên|lưu ý|định kỳ|h[ằà]ng (?=ngày|tuần|tháng"
    "|quý|năm)|kịp thời"
    "|hỗ trợ|tiếp nhận|phản ánh|thống kê|kê khai|nhắc nhở|cụ thể hóa"
    "|đăng ký|đề xuất|ưu tiên|lồng ghép|thiết lập|nâng cao|kiện toàn|phân công"
    "|giao(?! thông| thương| lưu| dịch| nhận)|yêu cầu|(?<!hồi sức )tích cực|quan tâm"
    "|chấp hành|tuân thủ"
    "|(?<!hàng )không|chỉ|phải|trân trọng"
    "|(?<!hậu )cần|sớm|nhanh chóng|ngay|khi|trước (?=khi|ngày|tháng|[0-9])|chậm nhất|sau khi|nếu|để"
    "|là|rút"
    "|đáp ứng|cân đối|tham gia|chuẩn bị|thay thế|đổi mật"
    "|cài đặt|ngắt|tắt|xem xét|quy định|tạm dừng|dừng|thu hồi|tập huấn|đào tạo|mua sắm|bổ sung|sửa đổi|phân loại"
    "|cấu hình|nộp|cam kết"
    "|biên soạn|sản xuất tin|đưa tin|dành|phát sóng|viết|chuyển (?=giao|hồ|về)|thẩm tra|thanh tra|làm đầu mối|làm"
    "|thành lập|ký|trang bị|nhắc|hợp tác|tạo điều kiện|vận động|gỡ|rà quét|quét|bàn giao"
    "|kiểm soát|tập trung|khuyến khích|nắm|lựa chọn|liên hệ|trao đổi|đưa|tích hợp|kết nối|chia sẻ|nghiêm cấm|cấm|tự"
    "|phân tích|cảnh báo|tháo gỡ"
    "|chấn chỉnh|xác minh|niêm yết|sao gửi|khai báo|bảo vệ|bảo trì|lưu trữ|lưu giữ|ứng cứu|vá|tạm ngừng|ngừng|loại bỏ"
    "|tháo dỡ|khóa|đề nghị|kiến nghị"
    "|theo (?=chức|thẩm|nhiệm|quy|phạm|lĩnh|phân|sự)|tìm hiểu|dò quét|xem|sẵn sàng|huy động|quyết toán|thu thập"
    "|nhắn tin|gặp|đối chiếu|soát xét|thử nghiệm|kiểm định"
    "|truyền thông|tập hợp|thời hạn(?= (?:làm|hoàn|thực|là|gửi|nộp|chậm|trước))"
    "|thông tin (?=nội dung|kết quả|rộng|kịp|đầy|đến|tới)"
)
# Acts that seldom open a duty but, when they do, would otherwise be read as part of the name before them.
ACTS = (
    "soạn|sửa|dự thảo|gọi|kê|điểm|nói|cân nhắc|(?<!người )đứng|triệt|soi|liệt kê|đếm|gom|trích|cài|kéo|khai|hẹn|hỏi"
    "|(?<!khoa học )đăng(?! kiểm| cai)|phát (?=bản|tin|tờ|sổ|tài|động|thông|hành|cho|sóng|trên)"
    "|in (?=sổ|tờ|tài|ấn)|mời|lo|soát"
    "|rà|bóc|truy (?=nguồn|xuất|tìm|vết|quét)|siết|chặn|buộc|gán|che|quản trị|sao lưu|sao chép|phân quyền|chấm|bám sát"
    "|dựng|ra (?=văn bản|soát|quân|thông báo)|nâng cấp|báo (?=ngay|về|cho|lên|với|phòng|sở|công an|ubnd)"
    "|dứt điểm|chọn|dùng|đặt|chạy"
    "|lắp(?! đặt)|thuê|lấy"
    "|khoanh|cách ly|tách|xóa|xoá|(?<!buôn )(?<!mua )(?<!bày )bán(?! hàng| kèm| lẻ| buôn)|thay|vẽ|quay|ghi|dò"
    "|khảo sát|kiểm đếm|kiểm kê|trả lời|giải đáp"
    "|giải quyết|bồi dưỡng|đàm phán|gia hạn|thiết kế|tư vấn|điều tra|tuần tra|xin|nhờ|cho|hủy|thực thi|thi hành|bật"
    "|bịt|dán|treo (?=biển|bảng|băng|pa nô|áp phích|khẩu)"
    "|phủ|chốt|lên (?=kế|phương|danh|lịch|dự)|mã hóa|chống|trao|tiếp"
    "|đi|về (?=cơ sở)|có (?=văn bản|ý kiến)"
    "|cắt(?! may| tóc)|cũng|đều|vẫn|tuyệt đối|nhất thiết|giữ|thống nhất|thu xếp|họp (?=quán|phổ|triển|bàn)|tính"
    "|gỡ bỏ|vá|thẩm tra|rà lại"
    "|tháo (?=bỏ|gỡ|dỡ|xuống)|giúp|đảm nhận|lùi|kéo dài|đến (?=từng|tận)|đảm nhiệm|đảm trách|phụ trách|gộp"
    "|biên tập|nhập|kiểm thử|mỗi (?=ngày|tuần"
    "|tháng|quý|năm|khoa|phòng|đơn vị|xã|phường|trường|thôn|bên|nơi)|bỏ|liên đới|trông coi|(?<!người )đọc"
    "|chậm (?=tiến|trễ|hạn|khắc|thực|nộp|báo|triển)"
    "|tiếp tay|bốc|đổi (?=mật|thiết|camera|những|các|đầu)|sẽ"
    "|dừng|chỉnh|nhắn|lên tiếng|đo|hoàn tất|hoàn chỉnh|kết thúc|dùng|chia|mua|đấu nối|gắn|phá|lan tỏa|giảng"
    "|phối kết hợp|trưng cầu|tạm giữ|niêm phong|thu giữ|tịch thu|khám phá|từ chối|bảo lãnh|nghiệm thu"
    "|dự toán|phân bổ|cấp phát|cấp (?=kinh|tài|quyền|phép|riêng|cho|mới|đổi)|đôn|giục|thúc|ngăn|bắt|xét|lọc"
    "|tổng kết|sơ kết"
)
# Said of a group these describe it (`các đơn vị quản lý camera …`); said of one body they are its task.
DESCRIBING = (
    "quản lý|sử dụng|vận hành|khai thác|cung cấp|kinh doanh|sản xuất|hoạt động|nhập khẩu|lắp đặt|đầu tư|có|được"
    "|đang|buôn bán|mua bán|bày bán|bán (?=hàng|kèm|lẻ|buôn)|đã|bị|chưa|còn|giữ|tiến hành"
)
# Verbs that are part of what these bodies are called.
IN_NAMES = (
    "cảnh sát quản lý hành chính về trật tự xã hội", "cảnh sát quản lý hành chính", "cảnh sát điều tra",
    "an ninh điều tra", "giám sát an toàn thông tin", "hỗ trợ doanh nghiệp", "xúc tiến đầu tư",
    "tiếp công dân", "phục vụ hành chính công", "kiểm định xây dựng", "kiểm soát bệnh tật",
    "thăm dò chức năng", "chống độc",
    "quản lý và điều hành giao thông", "quản lý điều hành giao thông",
)  # fmt: skip
# After a name these go on with it (`Công an tỉnh và …`, `Sở Y tế thuộc …`); any other small word begins the action.
GOES_ON = (
    "thuộc|của|các|trên|tại|ở|trong|ngoài|cùng|và|hoặc|theo|về|cho|do|nêu|tương|trực|là|có|đang|được|đã|liên|hay|với"
    "|những|từng|mỗi|để|khi|nếu|sau|trước|từ|đến|qua|bằng"
)
# Words of place that may follow a known name and still belong to it.
PLACES = "tỉnh|thành phố|thị xã|thị trấn|huyện|quận|xã|phường|đặc khu|khu vực|nhà nước|cấp tỉnh|cấp huyện|cấp xã|sở"
# Nouns by which bodies named before are named again: `các Đội nêu trên`, `phòng này`.
NAMED_AGAIN = (
    "đơn vị|cơ quan|địa phương|doanh nghiệp|phòng|ban|sở|đội|trung tâm|công ty|trường|nhà trường|ngành|tổ chức"
    "|chi nhánh"
    "|nhà mạng|tổ|xã|phường|cơ sở|bệnh viện|bộ phận|chi cục|cục|văn phòng|trạm|báo|đài|bên|hội|huyện|viện|ngân hàng"
)
