"""Where a file is below a folder."""

import os

from hypothesis import given
from hypothesis import strategies as st

from plugins.incremental.places import below

PATHS = st.lists(st.sampled_from(["a", "b", "..", ".", "", "a.b", "..c"]), min_size=1, max_size=6).map("/".join)


@given(path=PATHS, folder=st.sampled_from(["/a", "/a/b", "a", "/a/../b", "/"]))
def test_it_is_what_python_says(path: str, folder: str) -> None:
    """Also of paths that lead out of the folder, or around in it."""
    for whole in (path or "x", f"{folder}/{path}"):
        assert below(whole, folder) == os.path.relpath(whole, folder)
