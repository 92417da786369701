"""The file of a digest's draft: its front matter with every field explained, and its text."""

import json
import re
from datetime import datetime
from html import unescape

_HEAD = """\
---
title: {title}
# When it is published, in the site's zone ({zone}). A date to come keeps it in until then.
date: {date}
# draft keeps it in; write published, or delete the line, when your words are in and it may go out.
status: draft

# Below is what happened, as the site knew it when this was written. Put your words above and between, take lines away;
# links are named by kind and id, as docs/writing-blocks.md explains, and ./inv check follows them.
# The same as an e-mail, once you have written: ./inv digest --post {path}
# Its subject and its first lines say that it is not ready while this is a draft, and while nothing says how a reader
# leaves the list: until DIGEST_UNSUBSCRIBE is set in pelicanconf.py, [UNSUBSCRIBE] stands there. Never send it so.

# Everything below may be left out. Take away a # to set a field.

# What it is about in a sentence or two, for the front page, feeds and search engines.
#summary: What the week brought.
# Who wrote it; authors takes several, as in [One, Two].
#author: Your name
# One category, any number of tags.
#category: Notes
#tags: [digest]
# The picture on top, by its path below content/. alt says what it shows to those who do not see it.
#image:
#  src: images/picture.jpg
#  alt: What the picture shows
# Funds by their ids: cards at the end of the post.
#funds: [fund-id]
# The name in its address, if not the file's: posts/SLUG/.
#slug: {slug}
---

"""


def draft(printed: str, path: str, slug: str, now: datetime) -> str:
    """Return the file's text; `printed` is its title on the first line, then its text, `path` the file as it is typed.

    `now` is in the site's zone.
    """
    title, _, body = printed.strip().partition("\n")
    head = _HEAD.format(
        title=json.dumps(" ".join(unescape(title).split()), ensure_ascii=False),
        zone=now.tzinfo,
        date=f"{now:%Y-%m-%d %H:%M}",
        path=path,
        slug=slug,
    )
    body = re.sub(r"\n{3,}", "\n\n", body.strip())
    return f"{head}{body}\n"
