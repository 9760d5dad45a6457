"""What reaches the operator's log."""

import io
import logging
import sys
from collections.abc import Iterator

import pytest
from django.test import Client

from ancam.web.log_lines import WithoutTokens


def line_of(message: str, *args: object, exc_info: object = None) -> str:
    record = logging.LogRecord("django.request", logging.ERROR, "x", 1, message, args, exc_info)
    return WithoutTokens("{message}", style="{").format(record)


@pytest.mark.parametrize("room", ["chao-mung", "dang-ky"])
def test_a_one_time_token_is_cut_from_message_and_arguments(room):
    assert line_of("Internal Server Error: %s", f"/{room}/BI-MAT_1/") == f"Internal Server Error: /{room}/…/"
    assert "BI-MAT" not in line_of(f"at /{room}/BI-MAT?x=1 and /dang-nhap/?next=%2F{room}%2FBI-MAT%2F")


def test_a_one_time_token_is_cut_from_a_traceback():
    try:
        raise ValueError("/chao-mung/BI-MAT/")
    except ValueError:
        line = line_of("failed", exc_info=sys.exc_info())

    assert "ValueError: /chao-mung/…/" in line


def test_other_addresses_stay():
    assert line_of("Internal Server Error: %s", "/van-ban/7/") == "Internal Server Error: /van-ban/7/"


@pytest.fixture
def operators_log() -> Iterator[io.StringIO]:
    """What passes the levels of the settings."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


def test_an_address_that_does_not_exist_or_a_stale_form_is_not_logged(db, operators_log):
    Client().get("/dang-ky/BI-MAT/")
    Client().get("/khong-co/")
    Client(enforce_csrf_checks=True).post("/dang-ky/BI-MAT/", {"x": "y"})

    assert operators_log.getvalue() == ""


def test_what_rooms_tell_in_passing_stays_out_and_warnings_stay(operators_log):
    logging.getLogger("ancam.audit.jobs").info("ledger whole")
    logging.getLogger("ancam.audit.jobs").warning("look")

    log = operators_log.getvalue()
    assert "ledger whole" not in log
    assert "look" in log
