"""The content's texts are found, read and named once."""

from hashlib import sha256
from pathlib import Path

import pytest

from plugins.core import files
from plugins.core.errors import SiteError
from plugins.core.text_files import TextFiles


def test_a_text_is_read_once(tmp_path: Path) -> None:
    """All who ask get what the first one got, even where the file has changed."""
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "a.md").write_text("one", "utf-8")
    texts = TextFiles()
    digests = set()
    for _ in range(2):
        (text,) = texts.of(tmp_path, "posts")
        digests.add(text.digest)
        assert text.text == "one"
        (tmp_path / "posts" / "a.md").write_text("two", "utf-8")
        (tmp_path / "posts" / "c.md").write_text("later", "utf-8")
    assert len(digests) == 1


def test_texts_stand_in_order_and_what_is_their_owners_own_is_left_out(tmp_path: Path) -> None:
    """Folders come among files, by their parts, and nothing of another folder, ending or of a link to a folder."""
    for name in (
        "posts/b.md",
        "posts/a/c.md",
        "posts/a-b.md",
        "posts/_d.md",
        "posts/.e.md",
        "posts/f.txt",
        "post/g.md",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "posts" / "h").symlink_to(tmp_path / "posts" / "a")
    found = TextFiles().of(tmp_path, "posts")
    assert [text.source for text in found] == ["posts/a/c.md", "posts/a-b.md", "posts/b.md"]
    assert [text.path for text in found] == [tmp_path / text.source for text in found]


@pytest.mark.parametrize("below", [".", "..", "posts"])
def test_messages_name_a_text_as_any_other_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, below: str) -> None:
    """Its path is seen from the folder one is in, also where the content is reached by a link, or a text is one."""
    content = tmp_path / "content"
    (content / "posts").mkdir(parents=True)
    (content / "posts" / "a.md").touch()
    (content / "posts" / "b.md").symlink_to("a.md")
    (tmp_path / "link").symlink_to(content)
    monkeypatch.chdir(content / below)
    for top in (content, tmp_path / "link"):
        for text in TextFiles().of(top, "posts"):
            assert text.where == files.display_path(text.path)


def test_a_digest_is_of_the_bytes_and_the_name(tmp_path: Path) -> None:
    """What is known of a text is not taken for another's, nor for its own before a byte changed that nobody sees."""
    digests: set[str] = set()
    for name, data in (("a", b"x\n"), ("b", b"x\n"), ("a", b"x\r\n")):
        (tmp_path / "posts").mkdir(exist_ok=True)
        path = tmp_path / "posts" / f"{name}.md"
        path.write_bytes(data)
        digests.update(text.digest for text in TextFiles().of(tmp_path, "posts") if text.path == path)
    assert len(digests) == 3


def test_what_cannot_be_read_is_told_to_all_who_ask(tmp_path: Path) -> None:
    """A file that is no text is a problem each time."""
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "a.md").write_bytes(b"\xff")
    (text,) = TextFiles().of(tmp_path, "posts")
    for _ in range(2):
        with pytest.raises(SiteError, match="not UTF-8"):
            _ = text.text


def test_a_text_that_was_read_has_the_digest_of_what_was_read(tmp_path: Path) -> None:
    """Also where another was known, of a file that changed meanwhile: what is taken from a text is kept by it."""
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "a.md").write_bytes(b"new")
    plain, known = TextFiles(), TextFiles()
    known.known = lambda _: sha256(b"old").hexdigest()
    (expected,), (text,) = plain.of(tmp_path, "posts"), known.of(tmp_path, "posts")
    assert text.digest != expected.digest
    assert text.text == "new"
    assert text.digest == expected.digest
