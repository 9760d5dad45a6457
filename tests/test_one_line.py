"""Every door that changes something leaves a line; every protected reading stands in the documents."""

import ast
from pathlib import Path

import pytest

import ancam.site.urls  # noqa: F401 - loads every room's views, and with them every act they declare
from ancam.audit.services import declared_acts, declared_readings
from ancam.audit.words import thing_names

SOURCE = Path(__file__).parent.parent / "src" / "ancam"
RECORDERS = {"record_all", "record", "record_reading"}
# Doors that change nothing an auditor asks about, each with its reason.
WITHOUT_LINE = {
    "ask_pdf": "the making of the PDF has its line",
    "enter_number": "the issue that takes the number has its line",
    "check_progress": "stores nothing",
    "draft_progress_report": "stores nothing",
    "held_attachments": "stores nothing",
    "letter_preview": "stores nothing",
    "plan_giving": "stores nothing",
    "progress_workbook": "stores nothing",
    "open_due_periods": "nobody acts: a period opens by its day, and what gave the duty has its line",
    "open_some_due_periods": "nobody acts: a period opens by its day, and what gave the duty has its line",
    "remind": "nobody acts: what is due is due by its own line",
    "remind_some": "nobody acts: what is due is due by its own line",
    "resume_reading_runs": "nobody acts: a reading goes on, and the letter has its line when it is kept",
    "stop_reading_run": "nothing of the file was taken in; the waiting file goes",
    "mark_read": "what somebody has read of their own list is their own",
    "progress_report_values": "stores nothing",
    "begin_email_change_mail": "the act that asked for the mail has its line",
    "begin_link_mail": "the act that asked for the mail has its line",
    "begin_old_address_mail": "the act that asked for the mail has its line",
    "forget_applied_rows": "nobody acts: rows go by their age, and what they wrote has its lines",
    "leave_undecided_imports": "nobody acts: a list goes by its age, and that it came has its line",
    "first_administrator_link": "nobody is there yet; the registration that uses it is the first line",
}


def services_of(room: str) -> list[Path]:
    folder = SOURCE / room / "services"
    return sorted(folder.glob("*.py")) if folder.is_dir() else [SOURCE / room / "services.py"]


ROOMS = sorted(p.name for p in SOURCE.iterdir() if (p / "services.py").exists() or (p / "services").is_dir())


def functions(rooms: list[str]) -> dict[str, set[str]]:
    """Return, for each function of the rooms' services, the names it calls."""
    extra = [SOURCE / "audit" / "checks.py"]
    calls: dict[str, set[str]] = {}
    for path in [*extra, *(path for room in rooms for path in services_of(room))]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                called = {
                    call.func.id
                    for call in ast.walk(node)
                    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
                }
                calls.setdefault(node.name, set()).update(called)
    return calls


def doors(room: str) -> set[str]:
    """Return the public functions that a room's services offer and that are told who acts, or when."""
    found = [node for path in services_of(room) for node in ast.parse(path.read_text(encoding="utf-8")).body]
    public = [node for node in found if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    return {node.name for node in public if {word.arg for word in node.args.kwonlyargs} & {"by", "at"}}


def records(name: str, calls: dict[str, set[str]], seen: frozenset[str] = frozenset()) -> bool:
    if name in RECORDERS:
        return True
    return any(records(called, calls, seen | {name}) for called in calls.get(name, ()) if called not in seen)


@pytest.mark.parametrize("room", ROOMS)
def test_every_door_that_changes_something_leaves_a_line(room):
    calls = functions(ROOMS)

    silent = {name for name in doors(room) if not records(name, calls)} - WITHOUT_LINE.keys()

    assert doors(room)
    assert not silent, f"{room}: record these acts, or say in WITHOUT_LINE why they need no line"


def test_every_kind_of_thing_in_a_line_has_words():
    sources = [path for path in SOURCE.rglob("*.py") if "tests" not in path.parts]
    nodes = [node for path in sources for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    calls = [node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    types = [call.args[0] for call in calls if call.func.id == "Subject"]
    used = {type.value for type in types if isinstance(type, ast.Constant)}

    assert used
    assert used <= thing_names().keys(), "describe these in the room's ledger_words.py"


def test_acts_are_declared_in_words():
    assert "papers.issue_paper" in declared_acts()
    assert all(name and "_" not in name for name in declared_acts().values())


def test_every_protected_reading_stands_in_the_threat_model_and_the_auditors_guide():
    root = SOURCE.parent.parent
    documents = [(root / name).read_text(encoding="utf-8") for name in ("THREAT_MODEL.md", "docs/kiem-tra.md")]
    real = [reading for reading in declared_readings() if not reading.action.code.startswith("tests.")]

    assert real
    for reading in real:
        assert all(reading.action.name in text for text in documents), reading.action.code
