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
_LISTINGS = {"code", "sourcecode", "source", "highlight", "php", "python", "bash", "css", "html", "javascript", "js"}
_NOTES = {"footnote", "fn", "ref", "efn_note", "note"}
_CAPTIONS = {"caption", "wp_caption"}
_EMBEDS = {"embed", "youtube", "vimeo", "soundcloud", "tweet", "twitter", "instagram", "audio", "video"}
_KNOWN = {*_CAPTIONS, *_EMBEDS, "gallery", "playlist", "contact-form"}
_DEEPEST = 10

Media = Mapping[str, OldPicture]
"""An attachment's id → the picture it is."""


class Shortcodes:
    """Reads one text's shortcodes; `lost` collects those that could not be kept."""

    def __init__(self, media: Media, attached: list[str]) -> None:
        self._media, self._attached = media, attached
        self.lost: list[Loss] = []
        self._notes: list[str] = []

    def html(self, content: str) -> str:
        """Return content with HTML in its shortcodes' places, its notes at the end."""
        made = self._replace(content, 0)
        return f'{made}\n\n<ol class="footnotes">{"".join(self._notes)}</ol>' if self._notes else made

    def _replace(self, content: str, depth: int) -> str:
        """Return content with HTML in its shortcodes' places; `depth` counts the codes around it."""
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
            end = None
            if depth < _DEEPEST and not given.endswith("/"):
                end = _first_after(ends.get(name, []), at)
            if not _is_code(name, given, is_closed=end is not None):
                parts.append(found[0])
                continue
            inner = ""
            if end is not None:
                inner, at = content[at : end[0]], end[1]
            parts.append(self._meant(name, _read_given(given), inner, depth))
        return "".join([*parts, content[at:]])

    def _meant(self, name: str, given: Mapping[str, str], inner: str, depth: int) -> str:
        """Return the HTML that a shortcode stands for."""
        if name in _LISTINGS:
            language = given.get("language") or given.get("lang", "")
            code = html.escape(html.unescape(inner).strip("\n"), quote=False)
            return f'\n\n<pre><code class="language-{html.escape(language)}">{code}</code></pre>\n\n'
        inner = self._replace(inner, depth + 1)
        if name in _NOTES:
            return self._note(inner)
        if name in _CAPTIONS:
            return _caption(given, inner.strip())
        if name == "gallery":
            return self._gallery(given)
        if name in _EMBEDS:
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
        named = given.get("ids") or given.get("include") or ",".join(self._attached)
        figures: list[str] = []
        missing = 0
        for number in named.split(","):
            if picture := self._media.get(number.strip()):
                figures.append(_figure(picture))
            else:
                missing += 1
        if missing:
            self.lost.append(Loss("gallery incomplete", f"pictures that are not in the export: {missing}"))
        return "\n\n" + "\n\n".join(figures) + "\n\n"

    def _embed(self, name: str, given: Mapping[str, str], inner: str) -> str:
        """Return a frame of what is shown from elsewhere; what there is besides an address stays."""
        url = next(filter(is_web, [inner, *given.values()]), "")
        if not url:
            said = f"{inner} {' '.join(given.values())}"
            self.lost.append(Loss("shortcode taken off", f"[{name}] without an address ({said.strip()[:60]})"))
            return inner
        frame = f'\n\n<iframe src="{html.escape(url)}"></iframe>\n\n'
        return frame if is_web(inner) else frame + inner


def _first_after(ends: list[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """Return the first end that comes after a place, none where no code ends."""
    number = bisect_left(ends, (at, 0))
    return ends[number] if number < len(ends) else None


def _is_code(name: str, given: str, *, is_closed: bool) -> bool:
    """Say whether what stands in brackets is a shortcode, and no word such as [sic]."""
    if name in _LISTINGS or name in _NOTES:
        return is_closed
    return name in _KNOWN or is_closed or "_" in name or bool(_LOOKS_GIVEN.search(given))


def _read_given(written: str) -> dict[str, str]:
    """Return a shortcode's attributes; those without a name are counted from 0."""
    read: dict[str, str] = {}
    for name, *values in _GIVEN.findall(html.unescape(written.strip("= /"))):
        read[name.lower() or str(len(read))] = next(filter(None, values), "")
    return read


def _caption(given: Mapping[str, str], inner: str) -> str:
    """Return a picture with the words that stood beside it."""
    shown, words = inner, ""
    if picture := _PICTURE.match(inner):
        shown, words = picture[1], inner[picture.end() :]
    words = f"{given.get('caption', '')}{words}".strip()
    return f"\n\n<figure>{shown}<figcaption>{words}</figcaption></figure>\n\n"


def _figure(picture: OldPicture) -> str:
    image = f'<img src="{html.escape(picture.sources[0])}" alt="{html.escape(picture.alt)}">'
    if not picture.caption:
        return f"<figure>{image}</figure>"
    return f"<figure>{image}<figcaption>{html.escape(picture.caption, quote=False)}</figcaption></figure>"
