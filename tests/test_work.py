"""What counts work tells what grows evenly from what does not."""

from work import calls, grows_evenly


def test_the_square_is_told_from_what_grows_evenly():
    assert grows_evenly(lambda size: [abs(-1) for _ in range(size)], 200)
    assert not grows_evenly(lambda size: [abs(-1) for _ in range(size) for _ in range(size)], 20)


def test_functions_of_c_and_our_own_are_counted():
    def own():
        return abs(-1)

    assert calls(lambda: [own(), own()]) - calls(lambda: None) == 4
