"""Words that a mailing tool would take for a mark of its own, such as {{ name }}, made to mean nothing.

A letter tells other people's headlines, and is put into tools that fill in marks for every reader. One of them is ours,
the mark by which a reader leaves the list; it stands in an address, and addresses are left alone here.
"""

import re

_BEGINS = r"\{(?=[{%#])|\*(?=\|)|%(?=[%{\[])|\[(?=\[)|[$#](?=\{)"
"""How marks begin: Handlebars, Liquid, Jinja and Go's templates, Mailchimp, Sendgrid and others."""
_IN_HTML = re.compile(rf"<[^<>]*>|{_BEGINS}")
_JOINER = "\u2060"
"""Has no width, and no line ends at it."""


def inert(html: str) -> str:
    """Return HTML in whose words no mark begins; its tags are as they were."""

    def joined(found: re.Match[str]) -> str:
        if found[0].startswith("<"):  # a tag
            return found[0]
        return f"{found[0]}{_JOINER}"

    return _IN_HTML.sub(joined, html)
