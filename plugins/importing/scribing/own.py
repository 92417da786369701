"""What this site has blocks for: footnotes, pull quotes, quotations, videos; and marks of losses. Pure."""

from typing import Any

from bs4 import Tag
from markdownify import MarkdownConverter

from plugins.core.text.markdown_code import without_code
from plugins.importing import escapes
from plugins.importing.clean import attribute
from plugins.importing.losses import CLOSE, OPEN
from plugins.importing.scribing.lines import INDENT, NESTED, Parents, indented, quoted


class Own(MarkdownConverter):
    """Writes the site's own blocks; `notes` are the text's footnotes, for its end."""

    def __init__(self, **options: Any) -> None:
        """Begin a text."""
        super().__init__(**options)
        self.notes: list[str] = []

    def convert_x_ref(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write where a footnote is called."""
        return f"[^{attribute(el, 'label')}]"

    def convert_x_note(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Keep a footnote for the text's end."""
        self.notes.append(f"[^{attribute(el, 'label')}]: {indented(text.strip() or '&nbsp;', INDENT).lstrip()}")
        return ""

    def convert_x_loss(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Mark a loss's place."""
        return f"{OPEN}{attribute(el, 'n')}{CLOSE}"

    def convert_x_pull(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write a pull quote."""
        if not _holds(text, parent_tags):
            return f"\n\n{quoted(text.strip())}\n\n"
        return _block("pull", "", text)

    def convert_x_quote(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write a quotation with who is quoted."""
        who, url = escapes.inline(attribute(el, "who")), attribute(el, "url")
        if not _holds(text, parent_tags):
            signed = f"[{who}]({url})" if url else who
            return f"\n\n{quoted(f'{text.strip()}{chr(10) * 2}— {signed}')}\n\n"
        return _block(f"quote | {who}", url, text)

    def convert_x_video(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write a video elsewhere."""
        title, url = escapes.inline(attribute(el, "title")), attribute(el, "url")
        if NESTED & parent_tags:
            return f"\n\n[{title}]({url}){text.strip()}\n\n"
        return _block(f"video | {title}", url, text)


def _holds(text: str, parent_tags: Parents) -> bool:
    """Say whether a block can hold a text here: none stands within others, and to the checks code is no words."""
    return not NESTED & parent_tags and bool(without_code(text).strip())


def _block(head: str, url: str, text: str) -> str:
    """Return one of the site's own blocks."""
    option = f'{INDENT}url: "{url}"' if url.endswith(":") else f"{INDENT}url: {url}" if url else ""
    return "\n\n{}\n\n".format("\n".join(filter(None, [f"/// {head}", option, text.strip(), "///"])))
