"""The sentences of an urging letter. Neutral and exact: what the records say, what is asked for, by when, where."""

from collections.abc import Sequence

from ancam.engines.drafting.open_periods import OpenPeriod, agencies_of
from ancam.engines.drafting.sentences import short_title
from ancam.engines.drafting.text import cleaned, counted, unstopped
from ancam.engines.drafting.urging_values import UrgingLetter

LISTED_IN_LETTER = 10
"""How many rows the letter lists and how many agencies `Kính gửi` names; an appendix has more. A bound of our own."""


def subject(letter: UrgingLetter) -> str:
    """Return what stands after `V/v`."""
    return f"đôn đốc thực hiện {short_title(letter.directive_title)}"


def addressees(letter: UrgingLetter) -> Sequence[str]:
    """Return the lines of `Kính gửi`: those given, else the late agencies, else the appendix that names them."""
    late = agencies_of(letter.rows)
    if letter.addressees or len(late) <= LISTED_IN_LETTER:
        return letter.addressees or late
    return ("Các cơ quan, đơn vị có tên tại Phụ lục kèm theo",)


def opening(letter: UrgingLetter, *, in_appendix: bool) -> str:
    """Return the sentence that says what the records show, and where the list stands."""
    where = " (chi tiết tại Phụ lục kèm theo)." if in_appendix else ":"
    return (
        f"Qua theo dõi việc thực hiện {unstopped(letter.directive_title)}, tính đến hết ngày "
        f"{letter.as_of:%d/%m/%Y}, theo khai báo của cơ quan, đơn vị thực hiện, {_late_in_words(letter.rows)}{where}"
    )


def _late_in_words(rows: Sequence[OpenPeriod]) -> str:
    """Return who is late with how much; each duty of an agency counts once in each period."""
    late, duties = agencies_of(rows), len({row.duty for row in rows})
    if len(late) == 1:
        periods = f" ở {counted(len(rows))} kỳ" if len(rows) > duties else ""
        return f"{cleaned(late[0])} còn {counted(duties)} nhiệm vụ quá hạn chưa hoàn thành{periods}"
    return (
        f"{counted(len(late))} cơ quan, đơn vị còn nhiệm vụ quá hạn chưa hoàn thành, tổng số {counted(len(rows))} "
        "lượt, mỗi nhiệm vụ của một cơ quan, đơn vị trong một kỳ tính một lượt"
    )


def requests(letter: UrgingLetter) -> list[str]:
    """Return what is asked for, point by point."""
    by, where = f"chậm nhất ngày {letter.finish_by:%d/%m/%Y}", unstopped(letter.report_to)
    said = [
        f"{cleaned(letter.agency)} đề nghị {_those_asked(letter)}:",
        f"1. Tổ chức thực hiện, hoàn thành các nhiệm vụ nêu trên và báo cáo kết quả về {where} {by}.",
        "2. Trường hợp đã hoàn thành, báo cáo ngày hoàn thành kèm theo tài liệu chứng minh; trường hợp chưa thể hoàn "
        "thành, báo cáo rõ nguyên nhân, khó khăn, vướng mắc và ngày dự kiến hoàn thành, trong thời hạn nêu tại mục 1.",
        "Ngày nêu tại mục 1 không thay thế thời hạn đã giao; số ngày quá hạn tiếp tục tính từ thời hạn đã giao.",
    ]
    return [*said, f"Đầu mối liên hệ: {unstopped(letter.contact)}."] if cleaned(letter.contact) else said


def _those_asked(letter: UrgingLetter) -> str:
    late = agencies_of(letter.rows)
    return cleaned(late[0]) if len(late) == 1 else "các cơ quan, đơn vị"


def closing(letter: UrgingLetter) -> str:
    """Return the closing sentence without its mark."""
    return f"{cleaned(letter.agency)} đề nghị {_those_asked(letter)} quan tâm, thực hiện"


def appendix_title(letter: UrgingLetter) -> str:
    """Return the title of the list."""
    return f"Nhiệm vụ quá hạn chưa hoàn thành tính đến hết ngày {letter.as_of:%d/%m/%Y}"
