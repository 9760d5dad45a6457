"""A letter that a job reads: kept once whatever happens to the job, and nothing left behind."""

from datetime import timedelta
from pathlib import Path

import docx
import pytest
from django.conf import settings as configured
from django.urls import reverse
from django_q.models import OrmQ

from ancam.accounts.models import Membership, Role
from ancam.accounts.tests.factories import make_person
from ancam.audit.models import Entry
from ancam.directives.errors import ReadElsewhere, WrongState
from ancam.directives.models import Document, ReadingRun, ReadingState, ReadingStep
from ancam.directives.services import (
    ReceivedFile,
    continue_reading_run,
    receive_document,
    resume_reading_runs,
    stop_reading_run,
)
from ancam.directives.services.reading_runs import MOST_ATTEMPTS, SILENT_AFTER
from ancam.directives.tests.factories import AT, make_document, officer_of, sent_file, signed_in
from ancam.notifications.models import Notice
from ancam.samples import sample_letter
from ancam.web import clock
from ancam.web.held import hold
from ancam.web.replies import Forbidden

NAME = "cong-van-ubnd-tinh-dong-son.txt"
LETTER = sample_letter(NAME)


@pytest.fixture
def waiting(settings, tmp_path) -> Path:
    """The folder in which files wait to be read."""
    settings.HOLDING_FOLDER = tmp_path / "holding"
    return tmp_path / "holding" / "waiting"


@pytest.fixture
def run_of(province, holder, waiting):
    """Make a run of a file, as the upload page leaves it to a job."""

    def make(content=LETTER, **values):
        columns = {"agency": province, "by": holder, "file_name": NAME, "pages": 3, "begun_at": AT, **values}
        return ReadingRun.objects.create(held=hold(content), **columns)

    return make


@pytest.fixture(autouse=True)
def committing(django_capture_on_commit_callbacks):
    """Do what follows a commit when the service commits."""
    with django_capture_on_commit_callbacks(execute=True):
        yield


@pytest.fixture
def work(django_capture_on_commit_callbacks):
    """Do a job as a worker does."""

    def do(run):
        with django_capture_on_commit_callbacks(execute=True):
            continue_reading_run(run.pk)
        run.refresh_from_db()
        return run

    return do


def files_in(folder):
    return list(folder.iterdir()) if folder.exists() else []


def page_of(client, run, **headers):
    return client.get(reverse("reading_run", args=[run.pk]), headers=headers)


def test_a_read_letter_is_kept_and_its_sender_is_told(run_of, work, waiting, holder):
    run = work(run_of())

    assert (run.state, run.pages_done, run.held) == (ReadingState.DONE, 3, "")
    assert run.document.obligations.count() > 10
    assert Entry.objects.filter(action="directives.receive_document").count() == 1
    assert files_in(waiting) == []
    notice = Notice.objects.get(person=holder)
    assert notice.title == "Đã đọc xong văn bản tải lên, đề nghị rà soát"


def test_a_job_done_twice_keeps_one_letter(run_of, work):
    run = work(run_of())

    work(run)

    assert Document.objects.count() == 1
    assert Notice.objects.count() == 1


def test_a_job_killed_half_way_is_taken_up_by_the_next_worker(run_of, work):
    run = run_of(claim="a" * 32, attempts=1, pages_done=2, beat_at=clock.now() - SILENT_AFTER - timedelta(seconds=1))

    run = work(run)

    assert (run.state, run.attempts) == (ReadingState.DONE, 2)
    assert Document.objects.count() == 1


def test_a_job_that_another_worker_is_at_goes_back_to_the_queue(run_of):
    run = run_of(claim="a" * 32, attempts=1, beat_at=clock.now())

    with pytest.raises(ReadElsewhere):
        continue_reading_run(run.pk)

    run.refresh_from_db()
    assert (run.claim, run.state) == ("a" * 32, ReadingState.RUNNING)


def test_what_breaks_off_again_and_again_is_given_up(run_of, work, waiting):
    run = work(run_of(attempts=MOST_ATTEMPTS, beat_at=AT - timedelta(days=1)))

    assert run.state == ReadingState.REFUSED
    assert f"sau {MOST_ATTEMPTS} lần" in run.refusal
    assert files_in(waiting) == []


def test_a_file_that_cannot_be_read_says_why_and_what_next(run_of, work, office, waiting):
    run = work(run_of(b"This is a letter in English about cameras. " * 20))

    body = page_of(office, run).content.decode()
    assert run.state == ReadingState.REFUSED
    assert "không phải tiếng Việt" in body and "Đề nghị gửi bản tiếng Việt" in body
    assert "Tải tệp khác lên" in body
    assert files_in(waiting) == []


def test_of_a_state_secret_nothing_is_kept_not_even_its_name(run_of, work, waiting, holder, office):
    secret = LETTER.decode().replace("Số: 2146", "MẬT\n\nSố: 2146", 1).encode()
    run = work(run_of(secret, file_name="KínTên.txt"))

    assert (run.state, run.file_name, run.held) == (ReadingState.REFUSED, "", "")
    assert files_in(waiting) == []
    assert not Document.objects.exists()
    assert Entry.objects.last().action == "directives.refuse_secret"
    told = "".join(f"{notice.title} {notice.text}" for notice in Notice.objects.all())
    everything = told + run.refusal + page_of(office, run).content.decode() + str(Entry.objects.last().__dict__)
    assert "đóng dấu độ mật" in told
    assert "KínTên" not in everything


def test_a_file_that_is_gone_asks_for_it_again(run_of, work, waiting):
    run = run_of()
    for path in files_in(waiting):
        path.unlink()

    assert "không còn trên máy chủ" in work(run).refusal


def test_a_letter_that_is_here_already_is_offered(run_of, work, province, holder, office):
    document = receive_document(file=ReceivedFile(NAME, LETTER), agency=province, by=holder, at=AT)

    run = work(run_of())

    body = page_of(office, run).content.decode()
    assert (run.state, run.document) == (ReadingState.REFUSED, document)
    assert f'href="{reverse("document", args=[document.pk])}">Mở văn bản đã có' in body
    assert "Văn bản này đã có trong hệ thống" in body and "Không đọc được" not in body
    assert "ban-rieng=1" not in body


def test_a_letter_of_another_holder_may_be_kept_as_ones_own(run_of, work, province, commune, holder):
    above = receive_document(file=ReceivedFile(NAME, LETTER), agency=province, by=holder, at=AT)
    # Somebody who is in both agencies sees the letter of the one and receives for the other.
    both = officer_of(commune)
    Membership.objects.create(person=both, agency=province, role=Role.OFFICER)
    run = work(run_of(agency=commune, by=both))

    body = page_of(signed_in(both), run).content.decode()

    assert (run.state, run.document) == (ReadingState.REFUSED, above)
    upload = reverse("document_upload")
    assert f'href="{upload}?ban-rieng=1"' in body
    assert 'type="checkbox" name="keep_own_copy"' in signed_in(both).get(f"{upload}?ban-rieng=1").content.decode()


def test_an_own_copy_is_kept_when_asked_for(run_of, work, province, commune, holder):
    receive_document(file=ReceivedFile(NAME, LETTER), agency=province, by=holder, at=AT)

    run = work(run_of(agency=commune, by=officer_of(commune), keep_own_copy=True))

    assert run.document.holder == commune


def test_who_lost_the_role_meanwhile_receives_nothing(run_of, work, commune):
    run = work(run_of(by=make_person(Role.READER, commune)))

    assert run.state == ReadingState.REFUSED
    assert not Document.objects.exists()


def test_stopping_throws_the_file_away(run_of, office, waiting, work, django_capture_on_commit_callbacks):
    run = run_of()

    with django_capture_on_commit_callbacks(execute=True):
        reply = office.post(reverse("reading_run_stop", args=[run.pk]), follow=True)

    assert "Tệp đã được xóa khỏi máy chủ" in reply.content.decode()
    assert files_in(waiting) == []
    assert work(run).state == ReadingState.STOPPED
    assert not Document.objects.exists()


def test_what_has_ended_is_not_stopped(run_of, work, holder):
    run = work(run_of())

    with pytest.raises(WrongState):
        stop_reading_run(run=run, by=holder, at=AT)


def test_only_the_agency_stops_its_reading(run_of, province, outsider):
    run = run_of()

    assert (
        signed_in(make_person(Role.READER, province)).post(reverse("reading_run_stop", args=[run.pk])).status_code
        == 403
    )
    assert signed_in(outsider).post(reverse("reading_run_stop", args=[run.pk])).status_code == 404
    with pytest.raises(Forbidden):
        stop_reading_run(run=run, by=outsider, at=AT)


def test_another_agency_does_not_see_the_reading(run_of, outsider, office):
    run = run_of()

    assert page_of(signed_in(outsider), run).status_code == 404
    assert NAME not in signed_in(outsider).get(reverse("documents")).content.decode()
    assert NAME in office.get(reverse("documents")).content.decode()


def test_the_page_says_which_page_and_how_long_and_asks_again_by_itself(run_of, office):
    now = clock.now()
    run = run_of(pages=12, pages_done=2, taken_up_at=now - timedelta(seconds=60), beat_at=now)

    body = page_of(office, run).content.decode()

    assert "Đang nhận dạng trang 3/12" in body
    assert "Còn khoảng 5 phút" in body
    assert 'value="2"' in body and 'hx-trigger="load delay:2s"' in body
    assert "Dừng và bỏ tệp" in body


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "Đang chờ đến lượt"),
        ({"taken_up_at": AT, "pages_done": 3}, "Đang đọc lời văn và tách nhiệm vụ"),
        ({"taken_up_at": AT, "pages_done": 0}, "Đang nhận dạng trang 1/3"),
        ({"taken_up_at": AT, "pages": 0}, "Đang mở ảnh quét"),
        ({"taken_up_at": AT, "pages": 0, "step": ReadingStep.READ}, "Đang đọc lời văn và tách nhiệm vụ"),
        ({"taken_up_at": AT, "pages": 0, "step": ReadingStep.CONVERT}, "Đang mở tệp Word kiểu cũ (.doc)"),
    ],
)
def test_each_step_has_its_words(run_of, office, values, words):
    assert words in page_of(office, run_of(**values)).content.decode()


def test_the_last_minute_is_not_counted_in_seconds(run_of, office):
    now = clock.now()
    run = run_of(pages=3, pages_done=2, taken_up_at=now - timedelta(seconds=8), beat_at=now)

    assert "Còn chưa đến một phút" in page_of(office, run).content.decode()


@pytest.mark.parametrize(
    ("since", "words"), [(timedelta(seconds=14), "Đã chạy 14 giây"), (timedelta(minutes=3), "Đã chạy 3 phút")]
)
def test_a_work_that_cannot_be_counted_says_how_long_it_has_run(run_of, office, since, words):
    now = clock.now()
    run = run_of(pages=0, step=ReadingStep.CONVERT, taken_up_at=now - since, beat_at=now)

    assert words in page_of(office, run).content.decode()


def test_a_reading_without_a_worker_says_so(run_of, office):
    assert "Chưa có tiến trình nền" in page_of(office, run_of()).content.decode()


def test_the_state_alone_is_asked_for_and_the_page_is_drawn_anew_at_the_end(run_of, work, office):
    run = run_of()
    while_running = page_of(office, run, **{"HX-Request": "true"})
    work(run)
    after = page_of(office, run, **{"HX-Request": "true"})

    assert "<html" not in while_running.content.decode()
    assert not while_running.has_header("HX-Refresh")
    assert after["HX-Refresh"] == "true"


def test_the_page_of_a_read_letter_leads_to_its_review(run_of, work, office):
    run = work(run_of())

    body = page_of(office, run).content.decode()

    assert f'href="{reverse("review", args=[run.document_id])}"' in body
    run.document.delete()
    assert "không còn trong hệ thống" in page_of(office, run).content.decode()


def test_a_stopped_reading_says_that_nothing_is_kept(run_of, office):
    assert "Không có gì được lưu" in page_of(office, run_of(state=ReadingState.STOPPED)).content.decode()


def test_a_refusal_stands_among_the_letters_for_two_days(run_of, office):
    now = clock.now()
    run_of(file_name="moi.pdf", state=ReadingState.REFUSED, ended_at=now - timedelta(days=1))
    run_of(file_name="cu.pdf", state=ReadingState.REFUSED, ended_at=now - timedelta(days=3))

    body = office.get(reverse("documents")).content.decode()

    assert "moi.pdf" in body and "cu.pdf" not in body


def test_the_hourly_look_brings_back_what_no_worker_has(run_of, django_capture_on_commit_callbacks):
    now = clock.now()
    run_of(beat_at=now - SILENT_AFTER - timedelta(seconds=1))
    run_of(beat_at=now)
    run_of(state=ReadingState.DONE)
    old = run_of(state=ReadingState.DONE, ended_at=now - timedelta(days=31))

    with django_capture_on_commit_callbacks(execute=True):
        resume_reading_runs(at=now)

    [job] = OrmQ.objects.all()
    assert job.task["func"].endswith("continue_reading_run")
    assert job.task["timeout"] > 900
    assert not ReadingRun.objects.filter(pk=old.pk).exists()


def test_a_file_with_words_of_its_own_is_read_at_once(office, province, waiting):
    reply = office.post(reverse("document_upload"), {**sent_file(LETTER, NAME), "agency": province.pk})

    assert reply["Location"] == reverse("review", args=[Document.objects.get().pk])
    assert not ReadingRun.objects.exists()
    assert files_in(waiting) == []


@pytest.fixture
def old_word(tmp_path, monkeypatch):
    """A letter of the old Word, and the program that opens it in the place of LibreOffice: by the words of a shell."""

    def place(words: str) -> bytes:
        program = tmp_path / "bin" / "soffice"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\n{words}\n")
        program.chmod(0o700)
        monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
        return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(600)

    return place


def test_no_request_waits_for_the_program_that_opens_an_old_word_file(
    office, province, waiting, work, old_word, tmp_path
):
    made = tmp_path / "made.docx"
    letter = docx.Document()
    for line in LETTER.decode().splitlines():
        letter.add_paragraph(line)
    letter.save(str(made))
    content = old_word(f'touch {tmp_path}/begun; for last; do :; done; cp {made} "${{last%.doc}}.docx"')

    reply = office.post(reverse("document_upload"), {**sent_file(content, "cong-van.doc"), "agency": province.pk})

    run = ReadingRun.objects.get()
    assert reply["Location"] == reverse("reading_run", args=[run.pk])
    assert (run.step, run.pages) == (ReadingStep.CONVERT, 0)
    assert not (tmp_path / "begun").exists()
    assert work(run).document.obligations.count() > 10
    body = page_of(office, run).content.decode()
    assert "Đề nghị rà soát trước khi giao" in body and "nhận dạng" not in body.lower()


def test_an_old_word_file_that_does_not_open_says_what_to_do(office, province, waiting, work, old_word):
    office.post(reverse("document_upload"), {**sent_file(old_word("exit 1"), "cong-van.doc"), "agency": province.pk})

    run = work(ReadingRun.objects.get())

    body = page_of(office, run).content.decode()
    assert "Tệp cong-van.doc bị hỏng" in body and "lưu lại rồi gửi lại" in body
    assert files_in(waiting) == []


def test_without_the_program_an_old_word_file_is_refused_at_once(office, province, waiting, old_word, monkeypatch):
    content = old_word("exit 1")
    monkeypatch.setenv("PATH", "")

    reply = office.post(reverse("document_upload"), {**sent_file(content, "cong-van.doc"), "agency": province.pk})

    assert reply.status_code == 422
    assert "lưu lại thành .docx" in reply.content.decode()
    assert not ReadingRun.objects.exists()


def test_a_letter_of_many_pages_is_left_to_a_job(office, province, waiting, work):
    head, _, rest = LETTER.decode().partition("\n1. ")
    points, _, foot = rest.partition("\nNơi nhận")
    long = "\n1. ".join([head, *[points] * 30]) + "\nNơi nhận" + foot

    office.post(reverse("document_upload"), {**sent_file(long.encode(), "dai.txt"), "agency": province.pk})

    run = ReadingRun.objects.get()
    assert (run.step, run.pages) == (ReadingStep.READ, 0)
    assert work(run).state == ReadingState.DONE


def test_a_wrong_method_is_refused(run_of, office):
    run = run_of()

    assert office.post(reverse("reading_run", args=[run.pk])).status_code == 405
    assert office.get(reverse("reading_run_stop", args=[run.pk])).status_code == 405


def test_the_store_keeps_no_file_of_a_letter_that_was_refused(run_of, work, province, holder):
    store = Path(configured.STORE_FOLDER)
    before = {path for path in store.rglob("*") if path.is_file()}
    make_document(province, holder)

    work(run_of(b"English only, nothing to read here. " * 20))

    assert {path for path in store.rglob("*") if path.is_file()} == before
