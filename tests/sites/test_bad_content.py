"""Bad content stops the build: every mistake at its place, nothing written over the last good output."""

import re

from tests.sites import malformed
from tests.sites.conftest import POST, Build

_TOLD = re.compile(r"^\S*?/content/(?P<file>.+?\.(?:md|MD|toml|txt))(?::(?P<line>\d+))?: (?P<words>.*)$", re.MULTILINE)


def test_every_mistake_is_told_once_at_its_line_in_one_run(build: Build) -> None:
    """Over a hundred kinds of mistakes in all kinds of content are so many messages, each with its line and a remedy.

    None hides another, none is told twice, none makes a sound text look wrong; and the site of before is untouched.
    """
    good = build({"posts/first.md": POST})
    assert (good.code, "posts/first/index.html" in good.files()) == (0, True), good.said
    bad = build(malformed.files())
    assert bad.code == 1
    assert "Traceback" not in bad.said
    told: dict[str, list[tuple[int, str]]] = {}
    for one in _TOLD.finditer(bad.said):
        told.setdefault(one["file"], []).append((int(one["line"] or 0), one["words"]))
    expected = malformed.mistakes()
    places = {file: sorted(line for line, _ in said) for file, said in told.items()}
    assert places == {file: sorted(line for line, _ in wrong) for file, wrong in expected.items()}
    for file, wrong in expected.items():
        for line, words in wrong:
            assert any(words in said for at, said in told[file] if at == line), (file, line, words, told[file])
    assert sum(len(wrong) for wrong in expected.values()) > 100
    assert all(re.search("; .", words) for said in told.values() for _, words in said)
    assert bad.files() == good.files()


def test_the_check_says_what_the_build_says(build: Build) -> None:
    """A problem mended is a site built: there is no second set of rules."""
    text, _ = malformed.HEADS["posts/bad-date.md"]
    assert build({"posts/first.md": POST, "posts/b.md": text}).code == 1
    assert build({"posts/b.md": POST.replace("A first", "Another")}).code == 0
