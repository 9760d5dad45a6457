"""The states of letters, obligations and assignments, in the words a person reads."""

from django.db import models


class DocumentState(models.TextChoices):
    """How far the holder has come with a letter."""

    IN_REVIEW = "in_review", "Đang rà soát"
    TRACKED = "tracked", "Đang theo dõi"


class ObligationState(models.TextChoices):
    """Whether a person stands behind an obligation."""

    PROPOSED = "proposed", "Chờ xác nhận"
    CONFIRMED = "confirmed", "Đã xác nhận"
    DROPPED = "dropped", "Đã bỏ"


class AssignmentState(models.TextChoices):
    """How far an assignment is, as declared by the agency and answered by the holder."""

    NOT_STARTED = "not_started", "Chưa thực hiện"
    IN_PROGRESS = "in_progress", "Đang thực hiện"
    SUBMITTED = "submitted", "Chờ xác nhận"
    ACCEPTED = "accepted", "Hoàn thành"
    RETURNED = "returned", "Trả lại"
    WITHDRAWN = "withdrawn", "Đã thu hồi"


LIVE = [state for state in AssignmentState if state != AssignmentState.WITHDRAWN]
"""The states of an assignment that stands."""

WORKING = [AssignmentState.NOT_STARTED, AssignmentState.IN_PROGRESS, AssignmentState.RETURNED]
"""The states in which the agency has something left to do."""
