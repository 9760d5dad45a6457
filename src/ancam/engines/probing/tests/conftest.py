"""What spares tests the time that the assessor gives a device to answer.

Only who waits for silence asks for it: an answer that comes late on a busy machine is an answer still.
"""

import pytest

from ancam.engines.probing.looking import asking, first_words, sweep, unicast


@pytest.fixture
def silence_ends_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """For devices that never say a word: nothing is waited for longer than a moment."""
    monkeypatch.setattr(asking, "_WHOLE_ANSWER_S", 0.2)
    monkeypatch.setattr(first_words, "FIRST_BYTE_S", 0.2)


@pytest.fixture
def no_datagram_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """For devices that answer no datagram: the second that each visit and each sweep waits for one is a moment."""
    monkeypatch.setattr(unicast, "_ANSWER_S", 0.02)
    monkeypatch.setattr(sweep, "_ANSWER_S", 0.05)
