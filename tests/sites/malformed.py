"""Content as it goes wrong under a writer's hands: each file with the lines of its mistakes, and words of each message.

A post is one mistake. A TOML file, of which a site has one, has all of its kind.
"""

from textwrap import dedent

Mistakes = list[tuple[int, str]]

HEAD = "---\ntitle: A text\ndate: 2026-02-03\n---\n\n"
"""The head of a sound post; the text below it begins on line 6."""


def post(*lines: str) -> str:
    """Return a post whose head is sound, but for these lines, which begin on line 4."""
    return "---\ntitle: A text\ndate: 2026-02-03\n" + "".join(f"{line}\n" for line in lines) + "---\n\nWords.\n"


HEADS: dict[str, tuple[str | bytes, Mistakes]] = {
    "posts/bad-date.md": ("---\ntitle: A\ndate: 2026-02-31\n---\n\nx\n", [(3, "date must be a date that exists")]),
    "posts/bad-time.md": (
        "---\ntitle: A\ndate: 2026-02-03 25:10\n---\n\nx\n",
        [(3, "date must be a date that exists")],
    ),
    "posts/no-title.md": ("---\ndate: 2026-02-03\n---\n\nx\n", [(1, "title is missing")]),
    "posts/empty-title.md": ("---\ntitle:\ndate: 2026-02-03\n---\n\nx\n", [(2, "title is empty")]),
    "posts/number.md": ("---\ntitle: 2026\ndate: 2026-02-03\n---\n\nx\n", [(2, "put it between quotation marks")]),
    "posts/norway.md": ("---\ntitle: No\ndate: 2026-02-03\n---\n\nx\n", [(2, "put it between quotation marks")]),
    "posts/capital.md": ("---\nTitle: A\ndate: 2026-02-03\n---\n\nx\n", [(2, "did you mean title?")]),
    "posts/unknown-key.md": (post("catgory: pay"), [(4, "did you mean category?")]),
    "posts/strange-key.md": (post("flavour: sweet"), [(4, "or use one of title, slug")]),
    "posts/twice-key.md": (post("tags: [a]", "tags: [b]"), [(5, "tags stands here a second time")]),
    "posts/open-bracket.md": (post("tags: [pay, gate"), [(4, "a bracket is not closed")]),
    "posts/open-quote.md": ('---\ntitle: "A\ndate: 2026-02-03\n---\n\nx\n', [(2, "a quotation mark is not closed")]),
    "posts/after-quote.md": ('---\ntitle: "A" b\ndate: 2026-02-03\n---\n\nx\n', [(2, "after the closing quotation")]),
    "posts/colon.md": (
        "---\ntitle: Day one: the gate\ndate: 2026-02-03\n---\n\nx\n",
        [(2, "a colon where none can be")],
    ),
    "posts/no-space.md": ("---\ntitle:Day one\ndate: 2026-02-03\n---\n\nx\n", [(2, "with a space after the colon")]),
    "posts/at-sign.md": ("---\ntitle: @home\ndate: 2026-02-03\n---\n\nx\n", [(2, "begins the value")]),
    "posts/star.md": ("---\ntitle: *One*\ndate: 2026-02-03\n---\n\nx\n", [(2, "a * begins the value")]),
    "posts/backslash.md": ('---\ntitle: "A \\q"\ndate: 2026-02-03\n---\n\nx\n', [(2, "a \\ between double quotation")]),
    "posts/tab.md": (post("via:", "\ttitle: A paper", "\turl: https://example.org/"), [(5, "indent with spaces")]),
    "posts/stray-line.md": (post("just words"), [(4, "a line without a key and a value")]),
    "posts/two-at-once.md": (
        post("tags: [pay", 'summary: "open', "lang: 5"),
        [(4, "bracket"), (5, "mark"), (6, "lang")],
    ),
    "posts/open-head.md": ("---\ntitle: A\ndate: 2026-02-03\n\nWords.\n", [(1, "front matter is not closed")]),
    "posts/list-head.md": ("---\n- title\n- date\n---\n\nx\n", [(2, "not keys and values")]),
    "posts/blank-first.md": ("\n---\ntitle: A\ndate: 2026-02-03\n---\n\nx\n", [(1, "the first line is blank")]),
    "posts/empty.md": ("", [(1, "the file is empty")]),
    "posts/no-head.md": ("They came at six.\n\nAll of them.\n", [(1, "a header or a blank line is missing")]),
    "posts/not-utf8.md": (f"{HEAD}caf\xe9\n".encode("latin-1"), [(6, "not UTF-8 text")]),
    "posts/utf16.md": (HEAD.encode("utf-16"), [(1, "not UTF-8 text")]),
    "posts/nul.md": (f"{HEAD}One\0two\n", [(6, "U+0000")]),
    "posts/bell.md": ("---\ntitle: A\abell\ndate: 2026-02-03\n---\n\nx\n", [(2, "U+0007")]),
    "posts/dos.md": (f"{HEAD}[x]({{filename}}no.md)\n".replace("\n", "\r\n"), [(6, "leads to no published file")]),
    "posts/language.md": (post("lang: en_GB"), [(4, "lang must be a language’s code, such as en")]),
    "posts/status.md": (post("status: hiden"), [(4, "status must be one of published, draft")]),
    "posts/slug.md": (post("slug: Day One"), [(4, "slug must be small letters")]),
    "posts/taken-slug.md": (post("slug: first"), [(4, "its address /posts/first/ is taken by")]),
    "posts/via-words.md": (post("via: A paper"), [(4, "write these below it, a line each: title, url")]),
    "posts/via-ftp.md": (post("via:", "  title: P", "  url: ftp://example.org/"), [(6, "must start with http")]),
    "posts/via-script.md": (post("via:", "  title: P", "  url: javascript:alert(1)"), [(6, "must start with http")]),
    "posts/via-half.md": (post("via:", "  url: https://example.org/"), [(4, "via.title is missing")]),
    "posts/image-no-alt.md": (post("image:", "  src: images/gate.svg"), [(4, "image.alt is missing")]),
    "posts/image-gone.md": (post("image:", "  src: images/no.png", "  alt: A gate"), [(5, "no picture images/no.png")]),
    "posts/image-case.md": (
        post("image:", "  src: images/Gate.SVG", "  alt: A gate"),
        [(5, "the file’s name is images/gate.svg: write it so, capitals count")],
    ),
    "posts/image-slash.md": (
        post("image:", r"  src: images\gate.svg", "  alt: A gate"),
        [(5, r"write / between folders, not \: images/gate.svg")],
    ),
    "posts/image-outside.md": (
        post("image:", "  src: ../../gate.svg", "  alt: A gate"),
        [(5, "nothing outside of the content folder is published")],
    ),
    "posts/saved.md.txt": (HEAD, [(0, "nobody reads this file; name it saved.md: the ending .txt was added")]),
    "posts/image-path.md": (post("image: images/gate.svg"), [(4, "write these below it, a line each: src, alt")]),
    "posts/corrections.md": (post("corrections: It was nine."), [(4, "begin each with a hyphen")]),
    "posts/correction-day.md": (
        post("corrections:", "  - date: 2026-02-04", "    text: One.", "  - date: tomorrow", "    text: Two."),
        [(7, "corrections 2.date must be a day that exists")],
    ),
    "posts/expires.md": (post("expires: soon"), [(4, "expires must be a date that exists")]),
    "posts/no-such-fund.md": (post("funds: [hardship, nobody]"), [(4, "there is no fund 'nobody'")]),
    "posts/near-listing.md": (post("listings: [dok-planner]"), [(4, "did you mean dock-planner?")]),
    "posts/alias-elsewhere.md": (post("aliases: [https://example.org/a]"), [(4, "the alias is another site's")]),
    "posts/alias-query.md": (post("aliases:", "  - old/one", "  - old/?p=2"), [(6, "a query or a fragment")]),
    "posts/alias-page.md": (post("aliases: [posts/]"), [(4, "the alias is a page of the site")]),
    "posts/headers.md": ("Title: C\nDate: yesterday\n\nx\n", [(2, "date must be a date that exists")]),
    "posts/headers-key.md": ("Title: C\nDate: 2026-02-03\nTagz: pay\n\nx\n", [(3, "did you mean tags?")]),
    "posts/headers-twice.md": ("Title: C\nDate: 2026-02-03\nTitle: D\n\nx\n", [(3, "title stands here a second time")]),
    "posts/headers-blank.md": ("Title: C\nDate: 2026-02-03\nThey came.\n\nx\n", [(3, "a header or a blank line")]),
    "posts/word.txt": ("Words.\n", [(0, "nobody reads this file; name it word.md")]),
    "posts/loud.MD": (HEAD, [(0, "nobody reads this file; name it loud.md")]),
    "posts/no-alt-and-key.md": (
        post("catgory: pay").replace("Words.", "![]({static}/images/gate.svg)"),
        [(4, "did you mean category?"), (7, "picture without words")],
    ),
    "pages/hidden.md": ("---\ntitle: About\nstatus: hiden\n---\n\nx\n", [(3, "status must be one of")]),
    "pages/dated.md": ("---\ntitle: About\ntags: [a]\n---\n\nx\n", [(3, "remove it, or use one of title, slug")]),
    "pages/no-title.md": ("Summary: About us\n\nx\n", [(1, "title is missing")]),
    "listings/no-employer.md": ("---\nrole: R\nseen: 2026-02-03\n---\n\nx\n", [(1, "employer is missing")]),
    "listings/no-day.md": ("---\nemployer: E\nrole: R\n---\n\nx\n", [(1, "needs a day")]),
    "listings/pay-order.md": (
        "---\nemployer: E\nrole: R\nseen: 2026-02-03\npay:\n  quote: q\n  low: 9\n  high: 3\n---\n\nx\n",
        [(5, "low 9 is above high 3")],
    ),
    "listings/pay-words.md": ("---\nemployer: E\nrole: R\nseen: 2026-02-03\npay: $9\n---\n\nx\n", [(5, "quote, low")]),
    "listings/period.md": (
        "---\nemployer: E\nrole: R\nseen: 2026-02-03\npay:\n  quote: q\n  period: yaer\n---\n\nx\n",
        [(7, "did you mean year?")],
    ),
    "listings/currency.md": (
        "---\nemployer: E\nrole: R\nseen: 2026-02-03\npay:\n  quote: q\n  currency: $\n---\n\nx\n",
        [(7, "three letters")],
    ),
    "listings/history.md": (
        "---\nemployer: E\nrole: R\nseen: 2026-02-03\nhistory:\n  - text: Gone.\n---\n\nx\n",
        [(6, "history 1.date is missing")],
    ),
    "listings/yardstick.md": (
        "---\nemployer: E\nrole: R\nseen: 2026-02-03\nyardstick: helth\n---\n\nx\n",
        [(5, "did you mean health?")],
    ),
    "listings/Bad Name.md": ("---\nemployer: E\nrole: R\nseen: 2026-02-03\n---\n\nx\n", [(0, "the file name is")]),
    "listings/dead-link.md": (
        "---\nemployer: E\nrole: R\nseen: 2026-02-03\n---\n\nSee\n[it]({filename}../posts/no.md).\n",
        [(8, "leads to no published file")],
    ),
    "updates/no-source.md": ("---\ntitle: H\ndate: 2026-02-03\n---\n\nx\n", [(1, "source is missing")]),
    "updates/lost-source.md": (
        "---\ntitle: H\nsource: dayly\ndate: 2026-02-03\n---\n\nx\n",
        [(3, "did you mean daily?")],
    ),
    "updates/bad-url.md": (
        "---\ntitle: H\nsource: daily\nurl: javascript:alert(1)\ndate: 2026-02-03\n---\n\nx\n",
        [(4, "url must start with http")],
    ),
    "updates/bad-day.md": ("---\ntitle: H\nsource: daily\ndate: 3 February\n---\n\nx\n", [(4, "must be a date that")]),
    "updates/draft.md": (
        "---\ntitle: H\nsource: daily\ndate: 2026-02-03\nstatus: draft\n---\n\nx\n",
        [(5, "remove it, or use one of title, source")],
    ),
    "updates/Bad Name.md": ("---\ntitle: H\nsource: daily\ndate: 2026-02-03\n---\n\nx\n", [(0, "the file name is")]),
}
"""Front matter of every kind."""

BODIES: dict[str, tuple[str, Mistakes]] = {
    "dead-file": ("See\n[it]({filename}nowhere.md).", [(7, "leads to no published file")]),
    "draft-file": ("See [it]({filename}a-draft.md).", [(6, "leads to no published file")]),
    "dead-static": ("[The notice]({static}/extra/notice.pdf)", [(6, "leads to no published file")]),
    "dead-story": ("One.\n\n[Two]({story}no-such-story) and three.", [(8, "there is no story 'no-such-story'")]),
    "near-fund": ("[Give]({fund}hardshp)", [(6, "did you mean hardship?")]),
    "dead-milestone": ("[Then]({milestone}dock-2026-01-09)", [(6, "there is no milestone")]),
    "no-kind": ("[Give]({fnud}hardship)", [(6, "did you mean {fund}?")]),
    "no-alt": ("![]({static}/images/gate.svg)", [(6, "picture without words")]),
    "no-alt-html": ('<img src="{static}/images/gate.svg">', [(6, "picture without words")]),
    "far-picture": ("![A gate](https://example.org/gate.png)", [(6, "a picture from another site")]),
    "lost-picture": ("![A gate](gate.png)", [(6, "gate.png leads to no published file")]),
    "no-picture": ("![A gate]({static}/images/gate.psd)", [(6, "not a picture"), (6, "no published file")]),
    "level": ("## One\n\n#### Two", [(8, "a heading of level 4 below one of level 2")]),
    "second-title": ("Words.\n\n# Title", [(8, "a second title")]),
    "empty-heading": ("##\n\nWords.", [(6, "a heading without words")]),
    "open-block": ("/// pull\nWords.", [(6, "the block pull is not closed")]),
    "no-block": ("/// qoute | A\nWords.\n///", [(6, "did you mean quote?")]),
    "stray-end": ("Words.\n\n///", [(8, "ends no block")]),
    "block-in-block": ("/// pull\n/// quote | A\nWords.\n///\n///", [(7, "stands in the block pull")]),
    "option": ("/// quote | A\n    ulr: https://example.org/\nWords.\n///", [(7, "did you mean url?")]),
    "option-yaml": ("/// action | Give\n    url: {fund}hardship\nWords.\n///", [(7, "its options are not YAML")]),
    "no-option": ("/// video | A film\nWords.\n///", [(6, "video: url is missing")]),
    "no-argument": ("/// quote\nWords.\n///", [(6, "who is quoted is missing")]),
    "card-words": ("/// fund | hardship\nWords.\n///", [(7, "a card has no words of its own")]),
    "card-lost": ("/// listing | nobody\n///", [(6, "there is no listing 'nobody'")]),
    "no-words": ("/// pull\n///", [(6, "it has no words")]),
    "stamp": ("/// transcript\n00:13 One.\n00:75 Two.\n///", [(8, "no such time")]),
    "before-stamp": ("/// transcript\nOne.\n00:13 Two.\n///", [(7, "a line before the first time")]),
    "before-name": ("/// chat\nhello\nAna: Yes.\n///", [(7, "a line before the first name")]),
    "remark": ("/// annotate\nBefore.\n\n> Quoted.\n\nAfter.\n///", [(7, "a remark before the first quoted line")]),
    "correction": ("/// correction | 31 March\nNine.\n///", [(6, "must be a day that exists")]),
    "poster": (
        "/// video | A\n    url: https://example.org/\n    poster: images/no.jpg\n///",
        [(8, "no picture images")],
    ),
    "script": ("One.\n\n<script>alert(1)</script>", [(8, "<script> does nothing")]),
    "iframe": ('<iframe src="https://example.org/"></iframe>', [(6, "<iframe> does nothing")]),
    "handler": ('<b onclick="x()">One</b>', [(6, "the attribute onclick")]),
    "style": ('One.\n{: style="color: red" }', [(7, "the attribute style")]),
    "open-tag": ("<div>\nOne.\n\nTwo.", [(6, "<div> is not closed")]),
    "stray-tag": ("One.</em>", [(6, "</em> ends nothing")]),
    "script-link": ("[One](javascript:alert(1))", [(6, "a link that no reader should follow")]),
    "script-href": ('<a href="java&#115;cript:alert(1)">One</a>', [(6, "a link that no reader should follow")]),
    "no-web": ("[One](https:///page)", [(6, "no address of the web")]),
    "bare": ("[One](www.example.org/page)", [(6, "write https://www.example.org/page")]),
    "file-link": ("[One](other.md#two)", [(6, "other.md leads to no published file")]),
    "root-file-link": ("[One](/posts/first.md#two)", [(6, "write {filename}/posts/first.md#two")]),
    "case-picture": ("![A gate](../images/Gate.SVG)", [(6, "the file’s name is images/gate.svg: write it so")]),
    "slash-picture": (r"![A gate](..\images\gate.svg)", [(6, "write / between folders: ../images/gate.svg")]),
    "outside-picture": ("![A gate](../../gate.svg)", [(6, "nothing outside of the content folder is published")]),
    "outside-static": ("![A gate]({static}/../gate.svg)", [(6, "nothing outside of the content folder is published")]),
    "near-picture": ("![A gate](../images/gates.svg)", [(6, "did you mean images/gate.svg?")]),
    "empty-link": ("[One]()", [(6, "a link without an address")]),
    "open-link": ("[One](https://example.org/\n\nTwo.", [(6, "not closed, or has a space")]),
    "space-link": ("[One](https://example.org/a b)", [(6, "not closed, or has a space")]),
    "no-reference": ("One [two][thre].\n\n[three]: https://example.org/", [(6, "did you mean three?")]),
    "footnote-twice": ("One[^a].\n\n[^a]: Two.\n[^a]: Three.", [(9, "the footnote a stands here a second time")]),
    "footnote-lost": ("One[^a].\n\n[^b]: Two.", [(6, "there is no footnote 'a'")]),
    "footnote-unused": ("One.\n\n[^b]: Two.", [(8, "nothing leads to the footnote b")]),
    "open-code": ("One.\n\n```sh\n# not a heading\n\nTwo.", [(8, "code is not closed")]),
    "open-comment": ("One.\n\n<!-- two", [(8, "a comment is not closed")]),
    "deep": ("/// pull\n[One]({filename}no.md)\n///\n\n# Two", [(7, "no published file"), (10, "a second title")]),
}
"""Markdown below a sound head."""

TOML: dict[str, tuple[str, Mistakes]] = {
    "funds.toml": (
        """
        # Places to give.
        [[fund]]
        id = "hardship"
        name = "Hardship Fund"
        url = "https://fund.example.org/"
        hosts = [
            "fund.example.org",
            "bit.ly",
        ]
        pay_for = "Rent."

        [[fund]]
        id = "hardship"
        name = "Another"
        url = "http://another.example.org/"
        hosts = ["another.example.org"]

        [[fund]]
        id = "third"
        name = "Third
        url = "https://third.example.org/"
        hosts = []
        ein = "123456789"

        [[fund]]
        id = "fourth"
        name = "Fourth"
        url = "https://fourth.example.org/"
        hosts = ["fourth.example.org"]
        verified_on = 2026-02-01
        vouches = [
            { who = "A union", url = "https://union.example.org/" },
            { who = "Another", url = "ftp://union.example.org/" },
        ]
        """,
        [
            (8, "host is a link shortener"),
            (10, "did you mean pays_for?"),
            (13, "id 'hardship' is taken by the fund on line 3"),
            (15, "url must be an https address"),
            (20, "a text is not closed"),
            (22, "hosts needs at least 1"),
            (23, "must be an EIN"),
            (33, "vouches 2.url must start with http"),
        ],
    ),
    "strikes.toml": (
        """
        [[strike]]
        id = "dock"
        union = "Dockers"
        employers = "Harbour Works"
        start = 2026-01-05
        status = "running"
        [[strike.milestone]]
        date = 2026-01-05
        text = "They walk out."
        source = "The union"
        [[strike.milestone]]
        date = 2026-13-05
        text = "They talk."
        source = "The union"
        time = "6:30"

        [[strike]]
        id = "rail"
        union = "Drivers"
        employers = "The Line"
        start = 2026-01-05
        end = 2026-01-01
        status = "settled"

        [[strike]]
        id = "mill"
        union = "Weavers"
        start = 2026-01-05
        status = "over"
        members = 0
        [[strike.milestone]]
        text = "They walk out."
        source = "The union"
        zone = "Harbour/Time"
        [[strike.milestone]]
        date = 2026-01-06
        text = “They talk.”
        source = "The union”
        as-stated-by = "The union"
        status = "ended"
        lnik = "https://union.example.org/"

        [[milestone]]
        date = 2026-01-07
        """,
        [
            (12, "there is no such day or time"),
            (15, "must be a time, written 06:30"),
            (22, "rail ends before it starts"),
            (25, "employers is missing"),
            (29, "status must be one of running"),
            (30, "members must be greater than 0"),
            (31, "date is missing"),
            (34, "must be a time zone"),
            (37, "a “smart” quotation mark"),
            (38, "a “smart” quotation mark"),
            (39, "did you mean as_stated_by?"),
            (40, "move it above the first milestone"),
            (41, "use one of date, text, source, time"),
            (43, "write [[strike.milestone]], below the [[strike]]"),
        ],
    ),
    "events.toml": (
        """
        [[event]]
        id = "gate"
        strike = "dok"
        title = "Picket"
        start = "2026-03-02 25:00"
        tim = "9"

        [[event]]
        id = "gate"
        title = "Picket"
        start = "2026-03-08 02:30"
        timezone = "America/New_York"
        repeats = "sometimes"
        contact = 7
        """,
        [
            (3, "did you mean dock?"),
            (5, "start must be a time or a day that exists"),
            (6, "tim"),
            (9, "is taken by the event on line 2"),
            (14, "contact must be text"),
        ],
    ),
    "demands.toml": (
        """
        [[demand]]
        id = "pay"
        strike = "dok"
        topic = "Pay"
        sorces = ["https://paper.example.org/"]
        [[demand.asked]]
        text = "10%"
        date = 2026-01-05
        [[demand.offered]]
        text = "4%"
        date = "soon"
        source = "The paper"
        url = "paper.example.org"

        [[demand]]
        id = "rest"
        strike = "dock"
        topic = "Rest"
        open = ["wone"]
        asked = "Nine hours"

        [[demand]]
        id = "tea"
        strike = "dock"
        topic = "Tea"
        [[demand.asked]]
        text = "At four"
        date = 2026-01-05
        [[demand.won]]
        text = "At five"
        date = 2026-01-04
        source = "The union"

        [[offered]]
        text = "Nothing"
        """,
        [
            (3, "did you mean dock?"),
            (5, "did you mean sources?"),
            (11, "must be a day that exists (2026-01-31), a month"),
            (13, "must start with http"),
            (19, "did you mean won?"),
            (20, "write its name in two brackets, [[…asked]]"),
            (26, "tea: asked 1 has no source"),
            (31, "won 1 is dated 2026-01-04, before anything was asked"),
            (34, "write [[demand.offered]], below the [[demand]]"),
        ],
    ),
    "yardsticks.toml": (
        """
        [[yardstick]]
        id = "health"
        title = "Health plan"
        amount = -1
        currency = "usd"
        period = "yearly"
        text = "What it takes."
        source = "The plan"

        [yardstick.more]
        x = 1

        [[yardstik]]
        id = "rent"
        """,
        [
            (4, "amount must be greater than 0"),
            (5, "three letters"),
            (6, "did you mean year?"),
            (10, "unknown key more"),
            (13, "did you mean yardstick?"),
        ],
    ),
    "updates/sources.toml": (
        """
        [[source]]
        id = "daily"
        title = "The Daily"
        site = "https://daily.example.org/"
        kind = "pres"
        feed = "ftp://daily.example.org/feed"

        [[source]]
        id = "weekly"
        title = "The Weekly"
        site = "https://weekly.example.org/"
        kind = "press"
        feed = "https://weekly.example.org/feed"
        topics = [
            "strike",
            "strikes",
        ]

        [[source]]
        id = "Monthly"
        title = "The Monthly"
        kind = "press"
        fed = "https://monthly.example.org/feed"
        timezone = "Mars"
        silent_after = 0

        [[source]]
        id = "again"
        title = "The Weekly again"
        site = "https://weekly.example.org/"
        kind = "press"
        feed = "https://weekly.example.org/feed"
        """,
        [
            (5, "did you mean press?"),
            (6, "feed must start with http"),
            (16, "did you mean strike?"),
            (19, "site is missing"),
            (20, "id must be small letters"),
            (23, "did you mean feed?"),
            (24, "must be a time zone"),
            (25, "silent_after must be greater than 0"),
            (32, "again has the feed of weekly"),
        ],
    ),
    "updates/topics.toml": (
        """
        [topic.strike]
        title = "Strike"
        any = [
            "strike*",
            "/(unclosed/",
            "st*ke",
        ]

        [topic.pay]
        title = "Pay"
        al = ["pay"]

        [topic.none]
        title = "Nothing"

        [topic.fields]
        title = "Fields"
        any = ["pay"]
        fields = ["titel"]

        [topic."Big Topic"]
        title = "Big"
        any = ["big"]

        [topic.both]
        title = "Both"
        any = "pay"
        """,
        [
            (5, "a regular expression is no term"),
            (6, "a * stands elsewhere than at the end"),
            (11, "unknown key al"),
            (13, "topic none: nothing to look for"),
            (19, "must be one of"),
            (21, "'Big Topic' is not a topic's id"),
            (27, "any must be a list"),
        ],
    ),
    "updates/desk.toml": (
        """
        [[pin]]
        update = "vote"

        [[hide]]
        update = "votes"

        [[pins]]
        update = "vote"

        [[retitle]]
        update = "vote"

        [[hide]]
        update = "vote"

        [[join]]
        updates = ["vote"]

        [[note]]
        update = "vote"
        txt = "Ours."

        [[takedown]]
        update = "gone"
        on = "yesterday"

        [[join]]
        updates = [
            "vote",
            "nobody",
        ]
        """,
        [
            (5, "did you mean vote?"),
            (7, "did you mean pin?"),
            (10, "to is missing"),
            (14, "it is pinned already"),
            (17, "updates needs at least 2"),
            (21, "did you mean text?"),
            (25, "must be a day that exists"),
            (30, "no update has this id (got nobody)"),
        ],
    ),
}

SOUND: dict[str, str] = {
    "posts/first.md": HEAD + "Sound: [a draft may link]({filename}first.md) to it.\n",
    "posts/a-draft.md": post("status: draft").replace("Words.", "[Not yet]({filename}b-draft.md)"),
    "posts/b-draft.md": post("status: draft"),
    "posts/torn.md": post("funds: [third]", "listings: [no-employer]").replace("Words.", "[x]({update}bad-day)"),
    "posts/to-torn.md": HEAD + "[A text with a mistake]({filename}no-title.md) is there all the same.\n",
    "posts/shown.md": HEAD + "So:\n\n    ![](x)\n    <script>\n    [a](b.md)\n    {: onclick=x }\n\n- `[b](c.md)`\n",
    "images/gate.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3z"/></svg>\n',
    "listings/dock-planner.md": "---\nemployer: E\nrole: R\nseen: 2026-02-03\n---\n\nx\n",
    "updates/vote.md": "---\ntitle: A vote\nsource: daily\ndate: 2026-02-03\n---\n\nx\n",
    "pages/bom.md": "\ufeff---\ntitle: With a mark\n---\n\nx\n",
}
"""Sound files among them, some of which lead to those that are not: nothing is to be said of these."""


def files() -> dict[str, str | bytes]:
    """Return every file."""
    written: dict[str, str | bytes] = {name: text for name, (text, _) in HEADS.items()}
    written |= {f"posts/body-{name}.md": f"{HEAD}{text}\n" for name, (text, _) in BODIES.items()}
    written |= {name: dedent(text).removeprefix("\n") for name, (text, _) in TOML.items()}
    return written | SOUND


def mistakes() -> dict[str, Mistakes]:
    """Return the lines and words of the mistakes of every file that has some."""
    found = {name: wrong for name, (_, wrong) in HEADS.items()}
    found |= {f"posts/body-{name}.md": wrong for name, (_, wrong) in BODIES.items()}
    return found | {name: wrong for name, (_, wrong) in TOML.items()}
