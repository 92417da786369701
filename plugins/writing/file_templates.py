"""What a new file says: every field, with what it is for. Pure text; values are handed in, ready to be written.

A line that begins with `#` and no space is a field that is not set: without its `#` it is set as it stands there.
"""

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

UPDATE = """\
---
# An update entered by hand. It is on the wire as soon as the site is built: there are no drafts here.
# The headline, as the outlet has it. This one was guessed from the address.
title: {title}
# Which source it is from: an id of sources.toml.
source: {source}
# When it was published there, in the site's zone ({zone}); the day alone where the time is not known.
# A date to come, as of a statement under embargo, keeps it in until then.
date: {date}
# Where it stands.
url: {url}

# Everything below may be left out. Take away a # to set a field.

# Who wrote it.
#authors: [A name, Another name]
# Words to file it under; topics are found by themselves.
#tags: [pay]
# The language it is in, if not the site's.
#lang: es
---
"""

LISTING = """\
---
# Who is hiring, and for what, in the advertisement's words.
employer: The employer
role: The role
# When you first saw it.
seen: {day}
# draft keeps it in; write published, or delete the line, when it may go out.
status: draft

# Everything below may be left out. Take away a # to set a field.

# The advertisement's own address, and the place it names.
#url: https://example.org/jobs/1
#location: Los Angeles, CA
# The pay: quote gives its words. low, high, currency, period (year, month, week, day, hour) and basis (base, total,
# ote, unstated) say what they come to, for the bar; leave out what is not stated. stated_by: who says so.
#pay:
#  quote: $90,000–$120,000 a year
#  low: 90000
#  high: 120000
#  currency: USD
#  period: year
#  basis: unstated
#  stated_by: The employer
# Who reported it first.
#source:
#  title: An outlet
#  url: https://example.org/story
# The employer's own date, and when the advertisement was taken down.
#posted: {day}
#closed: {day}
# Its id on the employer's job board.
#board: "12345"
# What to hold the pay against: an id of yardsticks.toml.
#yardstick: yardstick-id
# What happened to it since.
#history:
#  - date: {day}
#    text: The pay was left out.
#    url: https://example.org/story
# A sentence for the table and for feeds.
#summary: What stands out in it.
# The language it is in, if not the site's.
#lang: es
---

Write your commentary here. docs/writing-blocks.md shows how to set remarks beside its lines (annotate).
"""

FUND = """
# ---- A new fund. Take away the # of every line you fill in. Copy no link you have not looked at: every host a link may
# end at stands in hosts, and a button appears once somebody has written verified_on and verified_by.
#[[fund]]
# A short name for texts to call it by, and its name as people know it.
#id = "fund-id"
#name = "The fund's name"
# Its own page, https only, and the hosts that its links may end at. A host that is not here is refused.
#url = "https://fund.example.org/"
#hosts = ["fund.example.org"]
# What the money is for.
#pays_for = "Rent and groceries for people on strike."
# Where one gives, if not at url; where one asks for help.
#give = "https://fund.example.org/give"
#get_help = "https://fund.example.org/help"
# Who it is in law; its US tax number; its number in another register of charities.
#legal_name = "The Fund, Inc."
#ein = "12-3456789"
#register = "1234567"
# Where this record comes from, and who vouches for the fund (who, and if there are: url, date, text).
#evidence = "The fund's own pages."
#vouches = [{{ who = "A union", url = "https://union.example.org/funds", date = {day}, text = "Names it." }}]
# Who looked at the links, and when; both, or neither. A check lasts 90 days.
#verified_on = {day}
#verified_by = "Your name"
# A kept copy of its page.
#archive_url = "https://web.archive.org/web/2026/https://fund.example.org/"
# A campaign's first and last day.
#active_from = {day}
#active_until = {until}
"""
