"""A new post: a draft with every field explained. In its head, a line that begins with `#` and no space is not set."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from plugins.core.config.fields import quoted
from plugins.core.errors import Problem
from plugins.core.text.slugs import slug
from plugins.posts import load
from plugins.sections.model import Newsroom
from plugins.sections.questions import Answers, Examples, Field, Form

POST = """\
---
title: {title}
# When it is published, in the site's zone ({zone}). A date to come keeps it in until then.
date: {date}
# draft keeps it in; write published, or delete the line, when it may go out.
status: draft

# Everything below may be left out. Take away a # to set a field.

# What it is about in a sentence or two, for the front page, feeds and search engines.
#summary: What happened, and to whom.
# Who wrote it; authors takes several, as in [One, Two].
#author: Your name
#authors: [Your name, Another name]
# One category, any number of tags.
#category: Notes
#tags: [pay, picket]
# Where the news was found; the post's head links there.
#via:
#  title: Where you read it
#  url: https://example.org/
# The picture on top, by its path below content/. alt says what it shows to those who do not see it.
#image:
#  src: images/picture.jpg
#  alt: What the picture shows
#  caption: What is to be known about it
#  credit: Whose picture it is
# Listings and funds by their ids: cards at the end of the post.
#listings: [listing-id]
#funds: [fund-id]
# Something to know before reading, in a box on top.
#notice: This is an example.
# What was wrong in it once it was published, and the day it was put right.
#corrections:
#  - date: {day}
#    text: What was wrong, and what is right.
# When it was last changed in a way that readers should know of.
#modified: {date}
# When it leaves the front page. It stays on the web, in the archive and in feeds.
#expires: {date}
# The name in its address, if not the file's: posts/SLUG/.
#slug: {slug}
# Addresses it had before; each leads here. From the site's root.
#aliases: [old/address/, 2024/05/old.html]
# Its language, if not the site's.
#lang: es
---

Write here. docs/writing-blocks.md shows quotations, transcripts, cards and the like.
"""


def _new_post(given: Answers, newsroom: Newsroom) -> Mapping[Path, str]:
    """Write a draft; a title of signs alone has the day for its address."""
    title, now = given["title"].strip(), newsroom.now
    name = slug(title) or f"post-{now:%Y-%m-%d}"
    times = {"date": f"{now:%Y-%m-%d %H:%M}", "day": f"{now:%Y-%m-%d}", "zone": newsroom.zone.key}
    text = POST.format(title=quoted(title), slug=name, **times)
    return {newsroom.content / "posts" / f"{name}.md": text}


def _check(newsroom: Newsroom) -> Iterator[Problem]:
    for text in load.read_all(newsroom.content):
        yield from text.problems


FORMS = (Form("post", "title", (Field("title", "The post’s title", "", "needed"),), _new_post, _check, is_draft=True),)
EXAMPLES: tuple[Examples, ...] = ()
