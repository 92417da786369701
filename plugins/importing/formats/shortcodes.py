"""WordPress's shortcodes turned into the HTML they stood for; those nobody knows are taken off, and told.

Source: https://developer.wordpress.org/reference/functions/shortcode_parse_atts/. A name in brackets that is no
shortcode, as in [sic], is text to WordPress too.
"""

import html
import re
from bisect import bisect_left
from collections.abc import Mapping

from plugins.core.text.urls import is_web
from plugins.importing.model import Loss, OldPicture

# A code's beginning, [name given="x"] or [name/]; in two pairs of brackets it is to be read as text.
_CODE = re.compile(r"\[(?P<open>\[?)(?P<name>[a-zA-Z][\w-]{0,40})(?P<given>(?:[\s=/][^\[\]]{0,2000})?)\](?P<shut>\]?)")
# A code's end, [/name].
_ENDS = re.compile(r"\[/([a-zA-Z][\w-]{0,40})\]")
# name="value", name='value', name=value, and values without a name.
_GIVEN = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))|\"([^\"]*)\"|'([^']*)'|(\S+)")
# What tells a code without an end from a remark in brackets: it is given something by name.
_LOOKS_GIVEN = re.compile(r"[\w-]\s*=\s*[\"'\w&]")
# The picture a caption begins with, and the link around it; the words stand behind them.
_PICTURE = re.compile(r"((?:<a\b[^<>]*>)?\s{0,99}<img\b[^<>]*>\s{0,99}(?:</a>)?)", re.IGNORECASE)
_LANGUAGES = {"php", "python", "bash", "css", "html", "javascript", "js"}
_LISTINGS = {"code", "sourcecode", "source", "highlight", *_LANGUAGES}
_NOTES = {"footnote", "fn", "ref", "efn_note", "note"}
_CAPTIONS = {"caption", "wp_caption"}
_SOUNDS = {"audio", "video"}
_EMBEDS = {
    **{"youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}"},
    **dict.fromkeys(("embed", "soundcloud", "tweet", "twitter", "instagram"), ""),
}
"""What shows another site's page, with the address of those that may be named by an id alone."""
_KNOWN = {*_CAPTIONS, *_SOUNDS, *_EMBEDS, "gallery", "playlist", "contact-form"}
# What YouTube and Vimeo call a video.
_ID = re.compile(r"[\w-]{5,14}")
_DEEPEST = 10

Media = Mapping[str, OldPicture]
"""An attachment's id → the picture it is."""


class Shortcodes:
    """Reads one text's shortcodes; `lost` collects those that could not be kept."""

    def __init__(self, media: Media, attached: tuple[str, ...]) -> None:
        self._media, self._attached = media, attached
        self.lost: list[Loss] = []
        self._notes: list[str] = []

    def html(self, content: str) -> str:
        """Return content with HTML in its shortcodes' places, its notes at the end."""
        made = self._replace(content, 0)
        if self._notes:
            return f'{made}\n\n<ol class="footnotes">{"".join(self._notes)}</ol>'
        return made

    def _replace(self, content: str, depth: int) -> str:
        ends: dict[str, list[tuple[int, int]]] = {}
        for mark in _ENDS.finditer(content):
            ends.setdefault(mark[1].lower(), []).append(mark.span())
        parts: list[str] = []
        at = 0
        while (found := _CODE.search(content, at)) is not None:
            parts.append(content[at : found.start()])
            at = found.end()
            if found["open"] and found["shut"]:  # how WordPress writes a code that is to be read as text
                parts.append(found[0][1:-1].replace("[", "&#91;", 1))
                continue
            name, given = found["name"].lower(), found["given"]
            end = None if given.endswith("/") or depth == _DEEPEST else _first(ends.get(name, []), at)
            if not _is_code(name, given, closed=end is not None):
                parts.append(found[0])
                continue
            inner = content[at : end[0]] if end else ""
            at = end[1] if end else at
            parts.append(self._one(name, _read_given(given), inner, depth))
        return "".join([*parts, content[at:]])

    def _one(self, name: str, given: Mapping[str, str], inner: str, depth: int) -> str:
        """Return the HTML that a shortcode stands for."""
        if name in _LISTINGS:
            language = given.get("language") or given.get("lang") or (name if name in _LANGUAGES else "")
            code = html.escape(html.unescape(inner).strip("\n"), quote=False)
            return f'\n\n<pre><code class="language-{html.escape(language)}">{code}</code></pre>\n\n'
        inner = self._replace(inner, depth + 1)
        if name in _NOTES:
            return self._note(inner)
        if name in _CAPTIONS:
            return _caption(given, inner.strip())
        if name == "gallery":
            return self._gallery(given)
        if name in _EMBEDS or name in _SOUNDS:
            return self._embed(name, given, html.unescape(inner).strip())
        self.lost.append(Loss("shortcode taken off", f"[{name}]"))
        return inner

    def _note(self, inner: str) -> str:
        number = len(self._notes) + 1
        back = f'<a href="#imported-ref-{number}">↩</a>'
        self._notes.append(f'<li id="imported-note-{number}">{inner} {back}</li>')
        return f'<sup id="imported-ref-{number}"><a href="#imported-note-{number}">{number}</a></sup>'

    def _gallery(self, given: Mapping[str, str]) -> str:
        """Return the pictures of a gallery, those attached to the text where it names none."""
        named = given.get("ids") or given.get("include") or ""
        ids = [one.strip() for one in named.split(",") if one.strip()] or list(self._attached)
        known = [self._media[one] for one in ids if one in self._media]
        if not ids:
            self.lost.append(Loss("gallery incomplete", "it names none"))
        elif len(known) < len(ids):
            what = f"{len(ids) - len(known)} of {len(ids)} pictures are not in the export"
            self.lost.append(Loss("gallery incomplete", what))
        return "\n\n" + "\n\n".join(map(_figure, known)) + "\n\n"

    def _embed(self, name: str, given: Mapping[str, str], inner: str) -> str:
        """Return the frame of another site's page, or a sound or film; what there is besides an address stays."""
        called = given.get("id") or given.get("0", "")
        by_id = [_EMBEDS[name].format(called)] if _EMBEDS.get(name) and _ID.fullmatch(called) else []
        url = next(filter(is_web, [inner, *given.values(), *by_id]), "")
        if not url:
            self.lost.append(Loss("shortcode taken off", f"[{name}] without an address ({inner[:60]})"))
            return inner
        element = "audio" if name in _SOUNDS else "iframe"
        return f'\n\n<{element} src="{html.escape(url)}"></{element}>\n\n{"" if is_web(inner) else inner}'


def _first(ends: list[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """Return the first end that comes after a place."""
    number = bisect_left(ends, (at, 0))
    return ends[number] if number < len(ends) else None


def _is_code(name: str, given: str, *, closed: bool) -> bool:
    if name in _LISTINGS or name in _NOTES:
        return closed
    return name in _KNOWN or closed or "_" in name or bool(_LOOKS_GIVEN.search(given))


def _read_given(written: str) -> dict[str, str]:
    """Read a shortcode's attributes; those without a name are counted from 0."""
    read: dict[str, str] = {}
    for name, *values in _GIVEN.findall(html.unescape(written.strip("= /"))):
        value = next(filter(None, values), "")
        read[name.lower() if name else str(len(read))] = value
    return read


def _caption(given: Mapping[str, str], inner: str) -> str:
    """Return a picture with the words that stood beside it."""
    picture = _PICTURE.match(inner)
    words = f"{given.get('caption', '')}{inner[picture.end() :] if picture else ''}".strip()
    return f"\n\n<figure>{picture[1] if picture else inner}<figcaption>{words}</figcaption></figure>\n\n"


def _figure(picture: OldPicture) -> str:
    said = f"<figcaption>{html.escape(picture.caption, quote=False)}</figcaption>" if picture.caption else ""
    return f'<figure><img src="{html.escape(picture.sources[0])}" alt="{html.escape(picture.alt)}">{said}</figure>'
