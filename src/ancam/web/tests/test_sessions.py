"""Ended sessions go, living ones stay."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from ancam.web import clock
from ancam.web.sessions import forget_ended_sessions

pytestmark = pytest.mark.django_db


def test_only_sessions_whose_time_is_over_are_forgotten():
    now = clock.now()
    Session.objects.create(session_key="ended", session_data="", expire_date=now - timedelta(minutes=1))
    Session.objects.create(session_key="living", session_data="", expire_date=now + timedelta(minutes=1))

    assert forget_ended_sessions() == 1
    assert list(Session.objects.values_list("session_key", flat=True)) == ["living"]
