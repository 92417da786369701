"""What is traced where coverage is measured: of a property its first examples, and of a test that takes time nothing.

Python traces all code or none, so Hypothesis's own, too: that took two thirds of the properties' time. What only later
examples run, a little of the import, stands in the table as not run. And where a tracer waits at each line, the time is
the tracer's.
"""

import functools
import sys
from collections.abc import Callable, Generator
from itertools import count
from typing import Any

import pytest

TRACED = 50
"""Examples of a property; those that its test names are the first."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Run a property, and let nothing be traced but its first examples."""
    trace, property_ = sys.gettrace(), getattr(getattr(item, "obj", None), "hypothesis", None)
    if trace is None or property_ is None:
        return (yield)
    test = property_.inner_test  # which may be replaced: https://hypothesis.readthedocs.io, "Custom function execution"
    property_.inner_test = _traced_at_first(test, trace)
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(trace)
        property_.inner_test = test


def _traced_at_first(test: Callable[..., object], trace: Any) -> Callable[..., object]:
    numbers = count()

    @functools.wraps(test)
    def run(*args: object, **kwargs: object) -> object:
        if next(numbers) >= TRACED:
            return test(*args, **kwargs)
        sys.settrace(trace)  # and off again in the same frame: the tracer counts calls and returns
        try:
            return test(*args, **kwargs)
        finally:
            sys.settrace(None)

    return run
