"""What the ledger's lines say of letters, duties and assignments, in words."""

from django.utils.translation import gettext_lazy as _

from ancam.audit.words import ThingWords, Values, describe_thing
from ancam.directives.models import (
    AssignmentState,
    Cadence,
    DocumentState,
    DutyKind,
    ExampleField,
    ObligationState,
    Operator,
    Part,
    PeriodState,
)


def describe_things() -> None:
    """Tell the ledger the words of this room's things."""
    duty = {
        "action": _("Nội dung nhiệm vụ"),
        "clause": _("Điều khoản"),
        "kind": _("Loại"),
        "leads": _("Chủ trì"),
        "supports": _("Phối hợp"),
        "deadline_operator": _("Cách tính thời hạn"),
        "deadline_on": _("Ngày trong văn bản"),
        "deadline_text": _("Thời hạn theo văn bản"),
        "last_day": _("Ngày cuối còn kịp"),
        "cadence": _("Lặp lại"),
        "condition": _("Điều kiện"),
        "report_to": _("Nơi nhận báo cáo"),
        "confirm": _("Xác nhận luôn"),
        "confirmed": _("Đã xác nhận"),
        "from": _("Từ"),
        "into": _("Thành"),
        "parts": _("Các phần"),
        "obligation": _("Mã nhiệm vụ"),
    }
    letter = {
        **duty,
        "number": _("Số"),
        "symbol": _("Ký hiệu"),
        "signed_on": _("Ngày ban hành"),
        "issuer": _("Cơ quan ban hành"),
        "subject": _("Trích yếu"),
        "regime": _("Khung pháp lý"),
        "parent": _("Văn bản cấp trên"),
        "obligations": _("Nhiệm vụ"),
        "anomalies": _("Điểm bất thường"),
        "settled": _("Điểm đã xem"),
        "agencies": _("Cơ quan"),
        "part": _("Vai trò"),
        "count": _("Số lượt giao"),
        "pairs": _("Giao cho"),
        "agency_count": _("Số cơ quan"),
        "pairs_digest": _("Mã băm của danh sách giao"),
        "every_months": _("Cách nhau, tháng"),
        "begins_on": _("Theo dõi từ ngày"),
        "ends_on": _("Đến hết ngày"),
        "due_days": _("Hạn trong kỳ"),
        "agency": _("Cơ quan"),
        "happened_on": _("Ngày xảy ra"),
        "days": _("Số ngày"),
        "working_days": _("Tính ngày làm việc"),
        "ground": _("Căn cứ"),
        "figures": _("Biểu số liệu"),
        "field": _("Trường"),
    }
    values: dict[str, Values] = {
        "state": lambda: {**dict(DocumentState.choices), **dict(ObligationState.choices)},
        "kind": lambda: dict(DutyKind.choices),
        "part": lambda: dict(Part.choices),
        "cadence": lambda: dict(Cadence.choices),
        "deadline_operator": lambda: dict(Operator.choices),
        "field": lambda: dict(ExampleField.choices),
    }
    describe_thing("directives.document", ThingWords(_("Văn bản"), letter, values, "document"))
    describe_thing("directives.obligation", ThingWords(_("Nhiệm vụ"), duty, values, "obligation"))
    offline = {
        "expires_on": _("Nhận lại đến hết ngày"),
        "signed_by": _("Người ký"),
        "verdicts": _("Các dòng"),
    }
    describe_thing("directives.offline_workbook", ThingWords(_("Tệp ngoại tuyến"), offline, {}, "offline_workbook"))
    assignment = {
        "signed_by": _("Người ký"),
        "percentage": _("Tỷ lệ hoàn thành, %"),
        "name": _("Tên tệp"),
        "due_on": _("Ngày đến hạn"),
        "wanted_to": _("Đề nghị gia hạn đến ngày"),
        "answer": _("Ý kiến trả lời"),
        "done_on": _("Hoàn thành ngày"),
        "ground": _("Căn cứ"),
        "answering_agency": _("Cơ quan nay trả lời"),
        "candidates": _("Cơ quan kế thừa theo việc tổ chức lại"),
        "grounds": _("Căn cứ"),
        "part": _("Vai trò"),
        "words": _("Phần việc"),
        "days_earlier": _("Sớm hơn hạn chung, ngày"),
        "agencies": _("Cơ quan"),
        "agency": _("Cơ quan"),
        "count": _("Số đơn vị"),
        "pairs_digest": _("Mã băm của danh sách giao"),
        "from": _("Từ"),
        "into": _("Thành"),
        "moved_on": _("Từ ngày"),
        "question": _("Câu hỏi"),
    }
    states: dict[str, Values] = {
        "state": lambda: {**dict(PeriodState.choices), **dict(AssignmentState.choices)},
        "part": lambda: dict(Part.choices),
    }
    describe_thing("directives.assignment", ThingWords(_("Phân công"), assignment, states, "assignment"))
    describe_thing("directives.examples", ThingWords(_("Ví dụ đọc văn bản")))
    reference = {"added": _("Thêm"), "closed": _("Đóng")}
    describe_thing("directives.reference", ThingWords(_("Dữ liệu tham chiếu"), reference))
