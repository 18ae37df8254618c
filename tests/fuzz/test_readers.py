"""No reader breaks on damaged input: a little of it here, a million by `python -m tests.fuzz`."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.betygxml.test_fuzzing import damaged
from tests.fuzz.targets import TARGETS

EXAMPLES = 25


@pytest.mark.parametrize("name", TARGETS)
def test_damaged_input_breaks_no_reader(name: str) -> None:
    target = TARGETS[name]

    @settings(max_examples=EXAMPLES)
    @given(st.sampled_from(target.samples).flatmap(damaged) | st.binary(max_size=200))
    def read(data: bytes) -> None:
        target.read(data)

    read()
