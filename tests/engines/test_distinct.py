"""Each number once, as numpy's own way finds them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from library.engines.distinct import distinct


@given(st.lists(st.integers(-(2**62), 2**62)))
def test_the_same_as_unique(numbers: list[int]) -> None:
    array = np.array(numbers, np.int64)
    assert distinct(array).tolist() == np.unique(array).tolist()
    assert array.tolist() == numbers
