from hypothesis import given
from hypothesis import strategies as st

from ancam.directives.letter import Marked, segments

spans = st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40)), max_size=4)
marks = st.lists(st.builds(Marked, st.none() | st.integers(1, 5), spans), max_size=6)


@given(st.text(max_size=30), marks)
def test_the_segments_joined_are_the_text(text, marked):
    assert "".join(segment.text for segment in segments(text, marked)) == text


def test_words_that_two_obligations_share_belong_to_both():
    found = segments("abcdef", [Marked(1, [(0, 4)]), Marked(2, [(2, 6)])])

    assert [(one.text, one.keys) for one in found] == [("ab", (1,)), ("cd", (1, 2)), ("ef", (2,))]


def test_each_obligation_begins_once():
    found = segments("abcdef", [Marked(1, [(1, 2), (4, 5)])])

    assert [one.text for one in found if one.begins] == ["b"]


def test_a_doubt_about_the_letter_is_marked_without_an_obligation():
    found = segments("Số:   /UBND", [Marked(None, [(3, 6)])])

    assert [one.text for one in found if one.doubtful] == ["   "]
    assert found[1].first is None


def test_a_letter_without_marks_is_one_segment():
    assert [one.text for one in segments("abc", [])] == ["abc"]
    assert segments("", []) == []
