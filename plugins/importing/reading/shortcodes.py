"""WordPress's shortcodes turned into the HTML they stood for; those nobody knows are taken off, and told. Pure.

Source: https://developer.wordpress.org/reference/functions/shortcode_parse_atts/. A name in brackets that is no
shortcode, as in [sic], is text to WordPress too.
"""

import html
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping

from plugins.core.text.urls import is_web
from plugins.importing.models import Loss

_CODE = re.compile(r"\[(?P<open>\[?)(?P<name>[a-zA-Z][\w-]{0,40})(?P<given>(?:[\s=/][^\[\]]{0,2000})?)\](?P<shut>\]?)")
_ENDS = re.compile(r"\[/([a-zA-Z][\w-]{0,40})\]")
_GIVEN = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))|\"([^\"]*)\"|'([^']*)'|(\S+)")
_PICTURE = re.compile(r"((?:<a\b[^<>]*>)?\s{0,99}<img\b[^<>]*>\s{0,99}(?:</a>)?)", re.IGNORECASE)
_KNOWN_ALONE = {"playlist", "contact-form"}
_LANGUAGES = {"php", "python", "bash", "css", "html", "javascript", "js"}
_LISTING = {"code", "sourcecode", "source", "highlight", *_LANGUAGES}
_NOTE = {"footnote", "fn", "ref", "efn_note", "note"}
_DEEPEST = 10

Media = Mapping[str, tuple[str, str, str]]
"""An attachment's id → its address, its words for those who do not see it, its caption."""


class Shortcodes:
    """Reads one text's shortcodes; `lost` collects those that could not be kept."""

    def __init__(self, media: Media, attached: tuple[str, ...]) -> None:
        self._media, self._attached = media, attached
        self.lost: list[Loss] = []
        self._notes: list[str] = []

    def html(self, content: str) -> str:
        """Return content with HTML in its shortcodes' places, its notes at the end."""
        made = self._within(content, 0)
        if not self._notes:
            return made
        return f'{made}\n\n<ol class="footnotes">{"".join(self._notes)}</ol>'

    def _within(self, content: str, depth: int) -> str:
        ends: dict[str, list[tuple[int, int]]] = {}
        for mark in _ENDS.finditer(content):
            ends.setdefault(mark[1].lower(), []).append(mark.span())
        parts: list[str] = []
        at = 0
        while (found := _CODE.search(content, at)) is not None:
            parts.append(content[at : found.start()])
            at = found.end()
            if found["open"] and found["shut"]:
                parts.append(found[0][1:-1].replace("[", "&#91;", 1))
                continue
            name = found["name"].lower()
            end = None if found["given"].endswith("/") or depth == _DEEPEST else _first(ends.get(name, []), at)
            if not _is_code(name, found["given"], closed=end is not None):
                parts.append(found[0])
                continue
            inner = content[at : end[0]] if end else ""
            at = end[1] if end else at
            parts.append(self._one(name, _given(found["given"]), inner, depth))
        return "".join([*parts, content[at:]])

    def _one(self, name: str, given: Mapping[str, str], inner: str, depth: int) -> str:
        if name in _LISTING:
            language = given.get("language") or given.get("lang") or (name if name in _LANGUAGES else "")
            code = html.escape(html.unescape(inner).strip("\n"), quote=False)
            return f'\n\n<pre><code class="language-{html.escape(language)}">{code}</code></pre>\n\n'
        if name in _NOTE:
            return self._note(self._within(inner, depth + 1))
        if name in _RULES:
            return _RULES[name](self, given, self._within(inner, depth + 1))
        self.lost.append(Loss("shortcode taken off", f"[{name}]"))
        return self._within(inner, depth + 1)

    def _note(self, inner: str) -> str:
        number = len(self._notes) + 1
        back = f'<a href="#imported-ref-{number}">↩</a>'
        self._notes.append(f'<li id="imported-note-{number}">{inner} {back}</li>')
        return f'<sup id="imported-ref-{number}"><a href="#imported-note-{number}">{number}</a></sup>'

    def caption(self, given: Mapping[str, str], inner: str) -> str:
        """Return a picture with the words that stood beside it."""
        inner = inner.strip()
        picture = _PICTURE.match(inner)
        words = f"{given.get('caption', '')}{inner[picture.end() :] if picture else ''}".strip()
        return f"\n\n<figure>{picture[1] if picture else inner}<figcaption>{words}</figcaption></figure>\n\n"

    def gallery(self, given: Mapping[str, str], inner: str) -> str:
        """Return the pictures of a gallery, those of the text where it names none."""
        named = given.get("ids") or given.get("include") or ""
        ids = [one.strip() for one in named.split(",") if one.strip()] or list(self._attached)
        known = [self._media[one] for one in ids if one in self._media]
        if len(known) < len(ids) or not ids:
            what = f"{len(ids) - len(known)} of {len(ids)} pictures are not in the export" if ids else "it names none"
            self.lost.append(Loss("gallery incomplete", what))
        return "\n\n" + "\n\n".join(_figure(*one) for one in known) + "\n\n"

    def embed(self, given: Mapping[str, str], inner: str) -> str:
        """Return what a page was embedded by: its address on a line of its own."""
        url = html.unescape(inner).strip() or next((one for one in given.values() if is_web(one)), "")
        if not is_web(url):
            self.lost.append(Loss("shortcode taken off", f"[embed] without an address ({url[:60]})"))
            return ""
        return f'\n\n<iframe src="{html.escape(url)}"></iframe>\n\n'

    def vimeo(self, given: Mapping[str, str], inner: str) -> str:
        """Return a video of Vimeo, which is named by its number too."""
        number = given.get("id") or given.get("0", "")
        return self.embed({"src": f"https://vimeo.com/{number}"} if number.isdecimal() else given, inner)

    def youtube(self, given: Mapping[str, str], inner: str) -> str:
        """Return a video of YouTube, which is named by its id too."""
        name = given.get("id") or given.get("0", "")
        bare = re.fullmatch(r"[\w-]{8,14}", name)
        return self.embed({"src": f"https://www.youtube.com/watch?v={name}"} if bare else given, inner)

    def sound(self, given: Mapping[str, str], inner: str) -> str:
        """Return a link to a sound or film of the old site."""
        url = next((one for one in [*given.values(), inner.strip()] if is_web(one)), "")
        return f'\n\n<audio src="{html.escape(url)}"></audio>\n\n'


def _first(ends: list[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """Return the first end that comes after a place."""
    number = bisect_left(ends, (at, 0))
    return ends[number] if number < len(ends) else None


def _is_code(name: str, given: str, *, closed: bool) -> bool:
    if name in _LISTING or name in _NOTE:
        return closed
    if name in _RULES or name in _KNOWN_ALONE:
        return True
    return closed or "_" in name or bool(re.search(r"[\w-]\s*=\s*[\"'\w&]", given))


def _given(written: str) -> dict[str, str]:
    """Read a shortcode's attributes; those without a name are counted from 0."""
    read: dict[str, str] = {}
    for name, *values in _GIVEN.findall(html.unescape(written.strip("= /"))):
        value = next(filter(None, values), "")
        read[name.lower() if name else str(len(read))] = value
    return read


def _figure(url: str, alt: str, caption: str) -> str:
    said = f"<figcaption>{html.escape(caption, quote=False)}</figcaption>" if caption else ""
    return f'<figure><img src="{html.escape(url)}" alt="{html.escape(alt)}">{said}</figure>'


_RULES: Mapping[str, Callable[[Shortcodes, Mapping[str, str], str], str]] = {
    "caption": Shortcodes.caption,
    "wp_caption": Shortcodes.caption,
    "gallery": Shortcodes.gallery,
    "embed": Shortcodes.embed,
    "youtube": Shortcodes.youtube,
    "vimeo": Shortcodes.vimeo,
    "soundcloud": Shortcodes.embed,
    "tweet": Shortcodes.embed,
    "twitter": Shortcodes.embed,
    "instagram": Shortcodes.embed,
    "audio": Shortcodes.sound,
    "video": Shortcodes.sound,
}
