from hypothesis import given
from hypothesis import strategies as st

from ascendant.read.intervals import interval


@given(
    st.text(max_size=30) | st.from_regex(r"[<>≤≥]? ?\d{1,3}([, .\u202f]\d{3})*[kM]?( ?[-–] ?\d+[kM]?)?", fullmatch=True)
)
def test_an_interval_is_in_order_and_never_negative_whatever_is_written(written):
    found = interval(written)
    if found is not None:
        low, high = found
        assert low is not None or high is not None
        assert (low or 0) >= 0
        assert low is None or high is None or low <= high


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_what_is_written_as_two_bounds_is_read_as_these(one, other):
    low, high = sorted((one, other))
    for written in (f"{low}-{high}", f"{low:,} – {high:,}", f"{low}\u202fto {high}"):
        assert interval(written) == (low, high)
    assert interval(f"≤{high:,}".replace(",", "\u202f")) == (0, high)
    assert interval(f"{low}") == (low, low)


def test_a_negative_figure_and_words_are_no_interval():
    for written in ("-5", "beaucoup", "1.5", "", None, "10-5", "٣"):
        assert interval(written) is None
