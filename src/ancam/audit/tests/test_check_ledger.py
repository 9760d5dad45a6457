"""The daily check of the ledger tells the operator."""

import logging

import pytest

from ancam.audit.jobs import check_ledger
from ancam.audit.models import Head
from ancam.audit.services import begin_instance
from ancam.web import clock

pytestmark = pytest.mark.django_db


def test_a_whole_ledger_is_noted_with_its_head(caplog):
    begin_instance(at=clock.now())

    with caplog.at_level(logging.INFO, logger="ancam"):
        check_ledger()

    assert f"head {Head.objects.get()}" in caplog.text


def test_a_broken_ledger_is_told_as_critical(caplog):
    begin_instance(at=clock.now())
    Head.objects.update(number=7)

    check_ledger()

    assert [record.levelname for record in caplog.records] == ["CRITICAL"]
    assert "không còn nguyên vẹn từ dòng 2" in caplog.text
