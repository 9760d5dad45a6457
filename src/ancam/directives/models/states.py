"""The states of letters, obligations and assignments, in the words a person reads."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentState(models.TextChoices):
    """How far the holder has come with a letter."""

    IN_REVIEW = "in_review", _("Đang rà soát")
    TRACKED = "tracked", _("Đang theo dõi")


class ObligationState(models.TextChoices):
    """Whether a person stands behind an obligation."""

    PROPOSED = "proposed", _("Chờ xác nhận")
    CONFIRMED = "confirmed", _("Đã xác nhận")
    DROPPED = "dropped", _("Đã bỏ")


class AssignmentState(models.TextChoices):
    """Whether an assignment stands, was taken back, or went on to another agency with what was left of it."""

    STANDING = "standing", _("Đang giao")
    WITHDRAWN = "withdrawn", _("Đã thu hồi")
    TRANSFERRED = "transferred", _("Đã chuyển giao")


SEEN = [AssignmentState.STANDING, AssignmentState.TRANSFERRED]
"""The states in which the agency sees its assignment: what was transferred keeps what that agency reported."""


class PeriodState(models.TextChoices):
    """How far the work of a period is, as declared by the agency and answered by the holder."""

    NOT_STARTED = "not_started", _("Chưa thực hiện")
    IN_PROGRESS = "in_progress", _("Đang thực hiện")
    SUBMITTED = "submitted", _("Chờ xác nhận")
    ACCEPTED = "accepted", _("Hoàn thành")
    RETURNED = "returned", _("Trả lại")
    NOT_APPLICABLE = "not_applicable", _("Không áp dụng")


WORKING = [PeriodState.NOT_STARTED, PeriodState.IN_PROGRESS, PeriodState.RETURNED]
"""The states in which the agency has something left to do."""

FINISHED = [PeriodState.ACCEPTED, PeriodState.NOT_APPLICABLE]
"""The states after which nothing follows."""


class Sign(models.TextChoices):
    """How a period stands on a day, each in exactly one: the state, unless work is left and the last day is past.

    In the order of what presses most: where several stand together, the first of them is shown.
    """

    OVERDUE = "overdue", _("Quá hạn")
    RETURNED = "returned", _("Trả lại")
    SUBMITTED = "submitted", _("Chờ xác nhận")
    IN_PROGRESS = "in_progress", _("Đang thực hiện")
    NOT_STARTED = "not_started", _("Chưa thực hiện")
    ACCEPTED = "accepted", _("Hoàn thành")
    NOT_APPLICABLE = "not_applicable", _("Không áp dụng")
