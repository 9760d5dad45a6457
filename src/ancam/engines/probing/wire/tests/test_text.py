from ancam.engines.probing.wire.text import clean, lines


def test_a_clean_text_fits_on_one_line_of_a_record():
    assert clean(" Kho\x00 A\r\n\tcửa\u202e\ud800 2\u2028\x85 ") == "Kho A cửa 2"
    assert clean("a" * 10, 3) == "aaa"


def test_several_texts_stand_on_lines_once_each():
    assert lines(["a\nb", "", "c", "a b"]) == "a b\nc"
