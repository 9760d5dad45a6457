"""What the doors of this room share: the role, the state, four eyes, the bounds; the paper, locked; its ledger line."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancam.accounts.models import Agency, Person
from ancam.accounts.selectors import bound_to
from ancam.audit.services import Action, record
from ancam.kit.folding import squeeze
from ancam.papers.errors import FieldRequired, OwnDraft, TooLong, WrongState
from ancam.papers.models import Paper, PaperState
from ancam.papers.rules import ACTS, may_decide
from ancam.web.clock import day_of
from ancam.web.replies import Forbidden

MAX_TEXT = 2_000

ACT_WORDS = {
    "redraft": gettext_lazy("lập lại dự thảo"),
    "discard": gettext_lazy("bỏ dự thảo"),
    "submit": gettext_lazy("trình duyệt"),
    "take_back": gettext_lazy("rút lại"),
    "approve": gettext_lazy("duyệt"),
    "return": gettext_lazy("trả lại"),
    "issue": gettext_lazy("phát hành"),
    "attach": gettext_lazy("đính bản đã ký"),
    "withdraw": gettext_lazy("thu hồi"),
    "supersede": gettext_lazy("thay thế"),
}


def is_another(person: Person, paper: Paper) -> bool:
    """Tell whether four eyes allow the person to decide on the paper. One query."""
    bound: Collection[int] = bound_to(person, day_of(paper.drafted_at))
    return may_decide(drafter_id=paper.drafted_by_id, person_id=person.pk, bound_to=bound)


def locked_for(paper: Paper, act: str, by: Person) -> Paper:
    """Return the paper as it stands now, locked, once the person may do this act on it. Raises as `require_act`.

    Without its values, which few acts read: saving it leaves them alone until somebody reads or sets them.
    """
    rows = Paper.objects.select_for_update(of=("self",)).select_related("agency", "drafted_by").defer("inputs")
    current: Paper = rows.get(pk=paper.pk)
    require_act(current, act, by)
    return current


def lock_in_order(*papers: Paper) -> None:
    """Lock several papers, always in one order, so that no two acts on the same ones wait for each other for ever."""
    rows = Paper.objects.select_for_update().filter(pk__in=[paper.pk for paper in papers]).order_by("pk")
    list(rows.values_list("pk", flat=True))


def record_on(
    paper: Paper, action: Action, *, by: Person, at: datetime, change: Mapping[str, Any] | None = None
) -> None:
    """Add the ledger's line of an act on the paper, in the name of its agency, within the act's transaction."""
    record(by=by.as_actor(paper.agency), action=action, subject=paper.as_subject(), change=change, at=at)


def require_act(paper: Paper, act: str, by: Person) -> None:
    """Raise `Forbidden`, `WrongState` or `OwnDraft` unless the person may do this act on the paper as it stands."""
    asked, words = ACTS[act], str(ACT_WORDS[act])
    if asked.by_leader:
        require_leader(by, paper.agency, words)
    else:
        require_issuer(by, paper.agency, words)
    if paper.state not in asked.states:
        raise WrongState(act=words, state=PaperState(paper.state).label)
    if asked.by_another and not is_another(by, paper):
        raise OwnDraft(act=words)


def require_issuer(by: Person, agency: Agency, act: str) -> None:
    """Raise `Forbidden` unless the person is leader or officer of exactly the agency."""
    if not by.has_perm("papers.issue", agency):
        raise Forbidden(act=act, who=_("lãnh đạo hoặc chuyên viên của chính cơ quan"))


def require_leader(by: Person, agency: Agency, act: str) -> None:
    """Raise `Forbidden` unless the person is leader of exactly the agency."""
    if not by.has_perm("papers.decide", agency):
        raise Forbidden(act=act, who=_("lãnh đạo của chính cơ quan"))


def bounded(text: str, *, field: str, label: str, most: int = MAX_TEXT, required: bool = False) -> str:
    """Return the text squeezed line by line; raise `TooLong`, or `FieldRequired` when it must not be empty."""
    lines = (squeeze(line) for line in text.splitlines())
    clean = "\n".join(line for line in lines if line)
    if len(clean) > most:
        raise TooLong(field=field, label=label, most=most)
    if required and not clean:
        raise FieldRequired(field=field, label=label[0].lower() + label[1:])
    return clean


def lock_register(agency: Agency) -> None:
    """Let nobody else give a number of this agency until the transaction ends."""
    Agency.objects.select_for_update(no_key=True).filter(pk=agency.pk).values_list("pk", flat=True).get()
