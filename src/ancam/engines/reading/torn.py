"""Tables whose cells came apart into lines → rows again, as far as numbers, order and names allow.

Two ways are known: each cell as a run of lines, one after the other; or the lines of the page, each with a piece of
every column. In the second the cells are put together by the names of bodies and the words of time that begin in the
middle of a line. What was so put together is doubtful, and a cell that nothing was found for stays empty.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ancam.engines.reading.actors import starts_list, starts_with_verb
from ancam.engines.reading.agencies import known_names
from ancam.engines.reading.columns import Role, role_of
from ancam.engines.reading.model import Span
from ancam.engines.reading.script import Script, bared
from ancam.engines.reading.tables import Cell, Table

_HEAD_WORDS = re.compile(
    r"(?:số tt|stt|tt|(?:tên |các )?(?:nhiệm vụ|nội dung(?: công việc| thực hiện| nhiệm vụ)?|công việc)|(?:(?:cơ quan"
    r"|đơn vị)(?:,? (?:cơ quan|đơn vị))? )?(?:chủ trì|thực hiện|phối hợp)|(?:thời (?:gian|hạn)|hạn|tiến độ)(?: (?:hoàn"
    r" thành|thực hiện))?|sản phẩm|kết quả|ghi chú)(?!\w)"
)
_NUMBER = re.compile(r"[|\[(\s]*(?P<number>\d{1,2}(?:\.\d{1,2})?|[IVX]{1,4})[.)\]|\s]*(?:$|\s(?=\S))")
_END = re.compile(r"PHỤ LỤC\b|Phụ lục\s|Nơi nhận|NƠI NHẬN|(?:Mẫu|Biểu|MẪU|BIỂU)\s+(?:số|SỐ)")
_TIME = re.compile(
    r"(?:Hoàn thành|H[ằà]ng (?:tháng|quý|năm|tuần)|Thường xuyên|Định kỳ|Trước (?:ngày )?\d|Chậm nhất|Trong (?:tháng|quý"
    r"|năm)|Quý [IV1-4]+|Tháng \d|Năm \d{4}|Sau khi|\d{1,2} ngày (?:làm việc )?(?:sau|kể|từ)"
    r"|\d{1,2}/\d{1,2}(?:/\d{4})?$)"
)
# A name after one of these belongs to the sentence it stands in.
_WITHIN = re.compile(
    r"(?:^|\s)(?:của|cho|với|về|cáo|gửi|do|tại|từ|là|theo|và|các|thuộc|trước|bởi|đến|tới|cùng|trình|mưu|phối hợp|mà|như"
    r"|hoặc|tên|trên|trong|sang|\W)$",
    re.IGNORECASE,
)
_TIME_CUT = re.compile(r"(?:trong|(?<!hằng )(?<!hàng )(?:tháng|quý|năm|ngày)|trước|(?:sau|từ) khi)$", re.IGNORECASE)
_TIME_TAIL = re.compile(
    r"(?:^|\s)(?:(?:thang|quy|nam|ngay) (?:\d{1,4}|[ivx]+)(?:(?: nam | thang |[/.-])\d{1,4}){0,2}"
    r"|\d{1,2}/\d{1,2}(?:/\d{4})?|nhan (?:duoc |du )?ho so.{0,40})$"
)
_GOES_ON = re.compile(r"[,;]$|\s(?:và|các|của)$")
_HANGING = re.compile(r"(?<!\w)(?:ngày|tháng|năm|trước|đến|từ|và|số|hết)$")
_SENTENCE_ENDED = re.compile(r"[.;]\W{0,3}$")
_DITTO = re.compile(r"\W*(?:nt|như trên|\"|''|”|“|〃)\W*|[-–—]+", re.IGNORECASE)
_CARD = re.compile(r"(?:phiếu|thẻ|nhiệm vụ|việc)(?:\s+(?:giao việc\s+)?số)?\s*(?P<number>\d{1,3})?\W*", re.IGNORECASE)
_MOST_WORDS = 4
_ORDER: tuple[Role, ...] = ("number", "task", "lead", "support", "due", "result")
# Left of the lines between the cells, and noise.
_STRAY = " |‘'\"_"
_MOST_NOISE = 12  # letters of a head whose words recognition spoilt
_FEWEST_HEADS = 3
_MOST_LINES = 1_000
_MOST_TRIES = 20  # at cards, each of which may run to the letter's end
_LONGEST_LINE = 400


@dataclass(frozen=True, slots=True)
class Bit:
    """Words as they stand in a line, from an offset on."""

    words: str
    line: int
    start: int

    def part(self, start: int, end: int) -> "Bit":
        """Return the words between two offsets, without white space around them."""
        inside = self.words[start:end]
        return Bit(inside.strip(), self.line, self.start + start + len(inside) - len(inside.lstrip()))


@dataclass(slots=True)
class _Row:
    """A row while its lines are gathered: the words of each column.

    mixed: some came from lines of several columns.
    """

    cells: dict[Role, list[Bit]] = field(default_factory=dict)
    mixed: bool = False

    def add(self, role: Role, bit: Bit) -> None:
        if bit.words:
            self.cells.setdefault(role, []).append(bit)

    def last(self, role: Role) -> str:
        return self.cells[role][-1].words if role in self.cells else ""

    def words(self, role: Role) -> str:
        return " ".join(bit.words for bit in self.cells.get(role, []))


def mended(lines: Sequence[str]) -> tuple[list[tuple[Bit, ...]], list[Table]]:
    """Return tidy lines with those of torn tables in the order of their cells, and the tables over them.

    Each line is given as the bits of the former lines that it is made of; the heads of torn tables are left out.
    """
    made: list[tuple[Bit, ...]] = []
    tables: list[Table] = []
    at = tries = 0
    while at < len(lines):
        head = _head(lines, at)
        if head is None and tries < _MOST_TRIES and _opens_card(lines[at]):
            tries += 1
            if cards := _cards(lines, at):
                columns, rows, at = cards
                tables.append(_table(rows, columns, made))
                continue
        if head is None:
            made.append((Bit(lines[at], at, 0),))
            at += 1
            continue
        columns, start = head
        stop = next((n for n in range(start, len(lines)) if _END.match(lines[n])), len(lines))
        stop = min(stop, start + _MOST_LINES)
        again = (other[0] for number in range(start, stop) if (other := _head(lines, number)))
        columns = max([columns, *again], key=len)  # on one of the pages the head may be whole
        rows = _rows(lines, range(start, stop), columns)
        if len(rows) > 1 and any("due" in row.cells or "lead" in row.cells for row in rows):
            tables.append(_table(rows, columns, made))
        else:
            made.extend((Bit(lines[number], number, 0),) for number in range(at, stop))
        at = stop
    return made, tables


def worded(line: Sequence[Bit]) -> str:
    """Return the words of a line made of bits."""
    return " ".join(bit.words for bit in line)


def _label(line: str) -> Role | None:
    """Return what a short line alone heads."""
    words = " ".join(line.lower().split()).rstrip(":")
    return role_of(words) if len(words.split()) <= _MOST_WORDS and not words[0:1].isdigit() else None


def _opens_card(line: str) -> bool:
    return bool(_CARD.fullmatch(line.strip())) and _label(line) != "task"


def _cards(lines: Sequence[str], at: int) -> tuple[list[Role], list[_Row], int] | None:
    """Return the columns and the rows of cards, where each head stands on a line above its words, and their end."""
    rows: list[_Row] = []
    role: Role = "number"
    stop = min(len(lines), at + _MOST_LINES)
    while at < stop and not _END.match(lines[at]):
        words = lines[at].strip()
        card, label = _CARD.fullmatch(words), _label(words)
        if card and _opens_card(words):
            rows.append(_Row())
            role = "number"
            if card["number"]:
                rows[-1].add("number", Bit(lines[at], at, 0).part(*_in_line(card, lines[at])))
        elif label and label != "number" and label not in rows[-1].cells and label != role:
            role = label
        else:
            rows[-1].add(role, Bit(lines[at], at, 0).part(0, len(lines[at])))
        at += 1
    whole = [row for row in rows if "task" in row.cells and row.cells.keys() & {"lead", "due"}]
    return ([*_ORDER], whole, at) if whole and len(whole) == len(rows) else None


def _in_line(card: re.Match[str], line: str) -> Span:
    before = len(line) - len(line.lstrip())
    return before + card.start("number"), before + card.end("number")


def _head(lines: Sequence[str], at: int) -> tuple[list[Role], int] | None:
    """Return the columns that a line, or a run of short lines, heads, and where what is under them begins."""
    if not 0 < len(lines[at].strip()) <= _LONGEST_LINE:
        return None
    low = " ".join(lines[at].lower().split())
    in_line: list[Role] = [role for found in _HEAD_WORDS.findall(low) if (role := role_of(found))]
    if _is_head(in_line) and len(_HEAD_WORDS.sub("", low).strip(" |,-_")) <= _MOST_NOISE:
        return in_line, at + 1
    run: list[Role] = []
    for number in range(at, min(len(lines), at + 16)):
        words = " ".join(lines[number].lower().split())
        role = _label(words)
        if words and (role is None or role in run):
            return (run, number) if _is_head(run) else None
        if role:
            run.append(role)
    return (run, len(lines)) if _is_head(run) else None


def _is_head(roles: Sequence[Role]) -> bool:
    return (
        len(roles) >= _FEWEST_HEADS
        and len({*roles}) == len(roles)
        and "task" in roles
        and {"lead", "due"} & {*roles} != set()
    )


def _rows(lines: Sequence[str], within: range, columns: Sequence[Role]) -> list[_Row]:
    told = list(_told(lines, within))
    rows: list[_Row] = []
    last: Role = "task"
    coming = ""
    ahead: list[str] = []
    for bit in reversed(told):
        ahead.append(coming)
        coming = bit.words.rstrip(".") if bit.words.rstrip(".").isdigit() else coming
    for number, bit in enumerate(told):
        after = told[number + 1].words if number + 1 < len(told) else ""
        if not (rows and _is_next(ahead[-1 - number], rows, columns) and not _number(rows, bit.words)):
            last = _add(rows, bit, after, columns, last)
        else:
            last = _spread(rows[-1], bit, columns, last if rows[-1].cells.keys() - {"number"} else "task")
    return rows


def _is_next(coming: str, rows: Sequence[_Row], columns: Sequence[Role]) -> bool:
    """Return whether the next row has its number on a line of its own, so that nothing before it begins a row."""
    own = rows[-1].last("number")
    if not own.isdigit() or 2 * sum(row.mixed for row in rows) > len(rows):
        return False
    return coming == str(int(own) + 1) if coming else "result" in columns


def _told(lines: Sequence[str], within: range) -> Iterator[Bit]:
    """Yield the lines that say something, without the head that each page repeats."""
    at = within.start
    while at < within.stop:
        if head := _head(lines, at):
            at = head[1]
            continue
        inside = lines[at].strip() if _DITTO.fullmatch(lines[at].strip()) else lines[at].strip(_STRAY)
        if inside:
            yield Bit(inside, at, lines[at].index(inside))
        at += 1


def _add(rows: list[_Row], bit: Bit, after: str, columns: Sequence[Role], last: Role) -> Role:
    """Put one line into the rows; return the column in which it ended. after: the next line."""
    number = _number(rows, bit.words)
    rest = bit.part(number.end(), len(bit.words)) if number else bit
    opens = _opens_task(rest.words or after)
    if not rows or (_numbers_new(rows[-1], rest, opens) if number else opens and _is_told(rows[-1], columns)):
        rows.append(_Row())
    if number:
        rows[-1].add("number", bit.part(*number.span("number")))
    if rest.words:
        return _spread(rows[-1], rest, columns, last if rows[-1].cells.keys() - {"number"} else "task")
    return last if "task" in rows[-1].cells else "task"


def _numbers_new(row: _Row, rest: Bit, opens: bool) -> bool:
    """Return whether a number begins a row; in the middle of one it stands beside the further words of its task."""
    return opens or "number" in row.cells or not (rest.words or row.mixed)


def _opens_task(words: str) -> bool:
    """Return whether a line may open a task: with a verb in a capital letter, which is neither a body nor a time."""
    line = Script.of([words[:_LONGEST_LINE]])
    verb = bool(words) and words[0].isupper() and starts_with_verb(line, 0)
    return verb and not starts_list(line, 0) and not _TIME.match(words)


def _is_told(row: _Row, columns: Sequence[Role]) -> bool:
    """Return whether a row has what is beside its task, or its task has come to an end."""
    beside = any(role in row.cells for role in columns if role not in ("number", "task"))
    return beside or bool(_SENTENCE_ENDED.search(row.last("task")))


def _number(rows: Sequence[_Row], words: str) -> re.Match[str] | None:
    """Return a number that opens a line when it may follow those before it."""
    found = _NUMBER.match(words)
    if not found:
        return None
    lost, before = 0, "0"
    for row in reversed(rows):
        if "number" in row.cells:
            before = row.last("number")
            break
        lost += 1
    here = found["number"]
    if here.isalpha() or before.isalpha():
        return found if found.end() == len(words) and here != before else None
    one, other = ([int(part) for part in text.split(".")] for text in (before, here))
    follows = other[0] == one[0] and len(other) > 1 and 0 < other[1] - (one[1] if len(one) > 1 else 0) <= lost + 2
    return found if follows or 0 < other[0] - one[0] <= lost + 2 else None


def _spread(row: _Row, bit: Bit, columns: Sequence[Role], last: Role) -> Role:
    """Put the pieces of a line into their columns; return the last of them."""
    if _DITTO.fullmatch(bit.words):
        free: list[Role] = [*(one for one in columns[columns.index(last) + 1 :] if one not in row.cells), "task"]
        role = free[0]
        row.add(role, bit)
        return role
    pieces = _pieces(bit)
    row.mixed = row.mixed or len(pieces) > 1
    beside = False
    for kind, piece in pieces:
        if kind == "due" and _HANGING.search(row.last(last)):
            role = last
        elif kind == "lead":
            taken = "lead" in row.cells and not _GOES_ON.search(row.last("lead"))
            role = "support" if (taken or beside) and "support" in columns else "lead"
            row.mixed = row.mixed or (taken and role in row.cells and not _GOES_ON.search(row.last(role)))
            beside = True
        elif kind == "due":
            role = "due"
        elif last in ("lead", "support", "due") and piece.words[0].isupper() and "result" in columns:
            role = "result"
        else:
            role = last if len(pieces) == 1 else "task"
        last = role if role in columns else "task"
        row.add(last, piece)
    return "task" if row.mixed else last


def _pieces(bit: Bit) -> list[tuple[str | None, Bit]]:
    """Return the pieces of a line: bodies and times that begin in it are of other columns than what is before them."""
    words = bit.words
    if len(words) > _LONGEST_LINE:
        return [(None, bit)]
    line = Script.of([words])
    cuts: list[tuple[int, str | None]] = []
    for word in re.finditer(r"\S+", words):
        at = word.start()
        before = words[:at].rstrip()
        if _TIME.match(words, at):
            cuts.append((at, "due"))
            break
        if before and _WITHIN.search(before):
            continue
        opens = words[at].isupper() and starts_list(line, at) and not starts_with_verb(line, at)
        if opens and not (cuts and _GOES_ON.search(before)):
            cuts.append((at, "lead"))
    if not cuts or cuts[0][0] > 0:
        cuts.insert(0, (0, None))
    ends = [*(at for at, _ in cuts[1:]), len(words)]
    return [(kind, bit.part(at, end)) for (at, kind), end in zip(cuts, ends, strict=True)]


def _table(rows: Sequence[_Row], columns: Sequence[Role], made: list[tuple[Bit, ...]]) -> Table:
    """Write the cells of the rows as lines, and return the table over them."""
    cells: list[Cell] = []
    order: tuple[Role, ...] = tuple(role for role in _ORDER if role in columns or role == "number")
    for number, row in enumerate(rows):
        if row.mixed:
            _complete(row)
        for column, role in enumerate(order):
            unsure = row.mixed and role in ("lead", "support", "due")
            cells.append(Cell(number, column, 1, 1, (len(made), len(made) + 1), unsure))
            made.append(tuple(row.cells.get(role, ())))
    return Table(tuple(cells), order)


def _complete(row: _Row) -> None:
    """Give times and names the last words that their columns' width cut off; they stand in what is left of them."""
    beside: tuple[Role, ...] = ("lead", "support")
    if _TIME_CUT.search(row.words("due")):
        _move_tail(row, "due", _TIME_TAIL, among=("task", *beside))
    for role in beside:
        if rest := _rest_of(row.words(role)):
            _move_tail(row, role, re.compile(rf"(?:^|\s){re.escape(rest)}$"), among=("task",))


def _move_tail(row: _Row, role: Role, tail: re.Pattern[str], among: Sequence[Role]) -> None:
    """Move the first tail that ends a piece of other columns, below the line where this one began, to this one."""
    begun = row.cells[role][0].line
    for pieces in (row.cells.get(other, []) for other in among):
        for number, piece in enumerate(pieces):
            if piece.line > begun and (found := tail.search(bared(piece.words))):
                row.add(role, piece.part(found.start(), len(piece.words)))
                pieces[number] = piece.part(0, found.start())
                return


def _rest_of(name: str) -> str:
    """Return what a known name still lacks at the end of a wording; empty when nothing, or when several would fit."""
    bare = bared(name)
    ends = [bare[at:] for at in range(len(bare)) if at == 0 or bare[at - 1] == " "]
    found = {
        known[len(end) + 1 :] for end in ends if " " in end for known in known_names() if known.startswith(f"{end} ")
    }
    return found.pop() if len(found) == 1 else ""
