from demo.telegram.utf16 import utf16_length, utf16_slice


def test_characters_beyond_the_first_plane_count_twice() -> None:
    assert utf16_length("abc") == 3
    assert utf16_length("яя") == 2
    assert utf16_length("😀я") == 3


def test_a_slice_by_units() -> None:
    assert utf16_slice("😀яb", 2, 1) == "я"
    assert utf16_slice("😀яb", 0, 2) == "😀"
