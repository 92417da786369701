"""`./inv new translation`: write a draft beside a text, in another language, with its front matter taken over.

Pelican takes texts for one another's translations by their slug (docs/writer.md); everything else a writer would copy
by hand is copied here, comments too. Nothing is ever overwritten.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pydantic import TypeAdapter, ValidationError

from plugins.core import files
from plugins.core.config import frontmatter
from plugins.core.config.fields import Language
from plugins.core.config.frontmatter import FrontMatter
from plugins.core.errors import Problem, SiteError
from plugins.sections.settings import SiteSettings

_FOLDERS = ("posts", "pages")
_OF_ITS_OWN = frozenset({"slug", "lang", "status", "aliases"})
"""Keys that say something of one text and not of its translation: its old addresses lead to it alone."""
_KEY = re.compile(r"[\"']?([A-Za-z][\w -]*?)[\"']?[ \t]*:(?:\s|$)")


def new_translation(site: SiteSettings, name: str, language: str) -> Path:
    """Write a draft of the translation of a post or page into a language, and return its path.

    `name` is the text's file, its slug, or its address. Raises SiteError where there is no such text, or it is there in
    that language already.
    """
    language = _language(language)
    content = site.content
    source = _find(content, name)
    text = files.read_text(source)
    front, problems = frontmatter.split(text, files.display_path(source))
    if problems:
        raise SiteError(problems)
    slug = _slug(front, source)
    for path, other in _texts(content, source.relative_to(content).parts[0]):
        spoken = str(other.data.get("lang") or site.default_lang)
        if _slug(other, path) == slug and spoken.lower() == language.lower():
            what = f"the text is there in that language ({language})"
            raise SiteError([Problem(files.display_path(path), other.line_of(["lang"]), what, "edit this file")])
    told = {"slug": slug, "lang": language, "status": "draft"}
    written = _translated(text, front, told, files.display_path(source))
    path = source.with_name(f"{source.stem}-{language.lower()}.md")
    files.create(path, written.encode())
    return path


def _language(code: str) -> str:
    try:
        return TypeAdapter(Language).validate_python(code)
    except ValidationError as error:
        what = f"a translation needs its language’s code (got {code!r})"
        remedy = "write ./inv new translation POST es, with the code you want"
        raise SiteError([Problem("", 0, what, remedy)]) from error


def _find(content: Path, name: str) -> Path:
    """Return the file of the text that is meant; of one that is there in several languages, the first written."""
    address = unquote(urlsplit(name).path).strip("/")
    slug = address.rpartition("/")[2]
    by_file: list[Path] = []
    originals: list[Path] = []  # those of the slug that say no language of their own
    translations: list[Path] = []
    for folder in _FOLDERS:
        for path, front in _texts(content, folder):
            if address.endswith(".md") and _is_file(path, content, address):
                by_file.append(path)
            if slug and _slug(front, path) == slug:
                same_slug = translations if front.data.get("lang") else originals
                same_slug.append(path)
    found = [*by_file, *originals, *translations]
    if not found:
        what = f"there is no post or page to translate (got {name!r})"
        raise SiteError([Problem("", 0, what, "give its file, as in posts/day-one.md, or its name in its address")])
    return found[0]


def _is_file(path: Path, content: Path, address: str) -> bool:
    below = path.relative_to(content).as_posix()
    return address in {path.name, below} or address.endswith(f"/{below}")


def _texts(content: Path, folder: str) -> Iterator[tuple[Path, FrontMatter]]:
    for path in sorted((content / folder).rglob("*.md")):
        if not path.name.startswith((".", "_")):
            yield path, frontmatter.split(files.read_text(path), files.display_path(path))[0]


def _slug(front: FrontMatter, path: Path) -> str:
    return str(front.data.get("slug") or "").strip() or path.stem


def _translated(text: str, front: FrontMatter, told: Mapping[str, str], source: str) -> str:
    """Return a text whose head has what is `told` instead of the keys that are the original's own.

    Raises SiteError where the head would say anything else than that: it is written in a way not foreseen here.
    """
    lines = text.replace("\r\n", "\n").removeprefix("\ufeff").split("\n")
    first, note = 1, [f"# A translation of {source}: its title, summary and text are still the original's."]
    if front.loose:  # `Key: value` lines, without a --- above them, nor comments
        first, note = 0, []
    last = front.body_line - 2  # the line that ends the head
    head = [*_without_own(lines[first:last]), *(f"{key}: {value}" for key, value in told.items())]
    written = "\n".join([*lines[:first], *note, *head, *lines[last:]])
    made, problems = frontmatter.split(written, source)
    wanted = {key: value for key, value in front.data.items() if key not in _OF_ITS_OWN}
    wanted.update(told)
    if problems or made.data != wanted or made.body != front.body:
        remedy = f"copy the file, and give the copy lang: {told['lang']} and slug: {told['slug']}"
        raise SiteError([Problem(source, 1, "its head cannot be taken over safely", remedy)])
    return written


def _without_own(head: list[str]) -> Iterator[str]:
    """Return a head's lines without the keys of the original alone, and what belongs to those."""
    kept = True
    for line in head:
        if line.strip() and line[0] not in " \t#-":
            key = _KEY.match(line)
            kept = key is None or key[1].strip().lower() not in _OF_ITS_OWN
        if kept or line.startswith("#"):
            yield line
