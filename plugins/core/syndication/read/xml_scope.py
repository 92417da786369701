"""Which base address and language hold at a place of a feed, by xml:base and xml:lang (XML Base; XML 1.0, 2.12)."""

from urllib.parse import urljoin

from plugins.core.syndication.read import element_names


class Scopes:
    """What holds now; `states_base`: the feed says so itself; `innermost`: the depth at which the last of it began."""

    def __init__(self, url: str) -> None:
        self.base = url
        self.language = ""
        self.states_base = False
        self.innermost = 0
        self._outer: list[tuple[int, str, str, bool]] = []

    def enter(self, depth: int, attributes: dict[str, str]) -> None:
        """Note what holds from an element on to its end. Raises ValueError on a base that is no address."""
        base, language = attributes.get(element_names.XML_BASE, ""), attributes.get(element_names.XML_LANG)
        if base:
            base = urljoin(self.base, base.strip())
        is_base = base.lower().startswith(("https://", "http://"))
        if not is_base and language is None:
            return
        self._outer.append((self.innermost, self.base, self.language, self.states_base))
        self.innermost = depth
        if is_base:
            self.base, self.states_base = base, True
        if language is not None:
            self.language = language.replace("_", "-")

    @property
    def stated_base(self) -> str:
        """Return the base address that the feed gives, "" where it gives none."""
        return self.base if self.states_base else ""

    def leave(self) -> None:
        """Forget the innermost scope: its element has ended."""
        self.innermost, self.base, self.language, self.states_base = self._outer.pop()

    def resolved(self, href: str) -> str:
        """Return an address as it is meant here, "" where it can be none."""
        if href.startswith(("https://", "http://")):
            return href
        try:
            return urljoin(self.base, href.strip())
        except ValueError:
            return ""
