"""A letter's HTML with its style sheet put into each element, for mail programs that read no other.

Nothing is loaded: a style sheet that is elsewhere stays there.
"""

import re

from css_inline import CSSInliner

_CLASS = re.compile(r'(<[a-z][^<>]*?) class="[^"<>]*"')
_INLINER = CSSInliner(load_remote_stylesheets=False, keep_style_tags=False, keep_link_tags=False)


def styled(html: str) -> str:
    """Return HTML without style elements and classes; what they said stands in `style` attributes."""
    return _CLASS.sub(r"\1", _INLINER.inline(html))
