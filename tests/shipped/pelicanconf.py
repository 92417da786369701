"""Picketwire's settings while writing; publishconf.py changes what publishing needs. Data only.

Every setting of Pelican's is explained at https://docs.getpelican.com/en/stable/settings.html
"""

# Yours: change these first.
SITENAME = "Picketwire"  # the name in the head of every page, in feeds and on cards
TAGLINE = "What the strike did today, what the studios are hiring for, and where help goes."  # the line below it
SITEURL = "http://localhost:8000"  # where you look at it while writing; readers' address is in publishconf.py
TIMEZONE = "America/Los_Angeles"  # of all dates and clock times, and where a day begins
DEFAULT_LANG = "en"  # of the interface and of texts without a `lang`
CONTACT = ""  # where readers reach you, and the sites whose feeds are read: a public e-mail address, or a page
REPOSITORY = ""  # the repository's address, such as https://github.com/you/strike: readers report mistakes there
NOTICE = "An example: the Hollywood strikes of 2023, kept to show how this site works."  # a line above every page
AS_OF = "2023-11-09"  # the day at which an archive’s clock was stopped: docs/publisher.md; "" goes with the days
LICENCE_TEXT = "Text CC BY 4.0"  # what the footer says others may do with your words
DEFAULT_CATEGORY = "Notes"  # of a post that names none

# Where things are.
PATH = "content"  # the content folder
OUTPUT_PATH = "output"  # where the site is built
THEME = "theme"  # templates, styles and scripts
ARTICLE_PATHS = ["posts"]  # where posts lie, below the content folder
PAGE_PATHS = ["pages"]  # where pages lie, such as About
STATIC_PATHS = ["extra"]  # pictures are published when a published text shows them, and only then
STATIC_EXCLUDE_SOURCES = True  # no text is published as the file it was written in
IGNORE_FILES = [".#*", ".DS_Store", ".*.md", "_*.md"]  # an editor's lock is no text, nor is what begins like these

PLUGINS = [  # a feature each; one taken out has no pages
    "plugins.sections.plugin",
    "plugins.posts.plugin",
    "plugins.updates.plugin",
    "plugins.listings.plugin",
    "plugins.funds.plugin",
    "plugins.strikes.plugin",
    "plugins.demands.plugin",
    "plugins.events.plugin",
    "plugins.contact.plugin",
    "plugins.poster.plugin",
    "plugins.links.plugin",
    "plugins.images.plugin",
    "plugins.cards.plugin",
    "plugins.seo.plugin",
    "plugins.search.plugin",
    "plugins.language.plugin",
    "plugins.writing.plugin",
    "plugins.incremental.plugin",
]

# Updates
UPDATES_FRESH_DAYS = 3  # days without an answer from any source until readers are told
UPDATES_FRONT_PAGE = 12  # entries on the front page
UPDATES_IN_FLIGHT = 8  # requests at a time
UPDATES_HOST_GAP = 1.0  # seconds between two requests to one host

# Updates: how much one source may bring. What is over a figure is told in the run’s report; honest feeds are far below
UPDATES_NEW_A_FETCH = 60  # new updates of one source in one fetch; the rest may come in the next
UPDATES_NEW_A_DAY = 100  # new updates of one source in a day; of a flood, the fewer the larger it is
UPDATES_BYTES_A_DAY = 200_000  # bytes that one source’s new updates add to the archive in a day; full texts four times
UPDATES_OLDEST_DAYS = 730  # what is dated further back is not taken in, but at a source’s first answer
UPDATES_VIA = 5  # addresses that an item names as its own source
UPDATES_AUTHORS = 50  # authors of an item
UPDATES_TAGS = 50  # the feed’s own categories of an item
UPDATES_ROW_BYTES = 8_000  # bytes of an update in the archive
UPDATES_TEXT_BYTES = 100_000  # the same where the source’s full text is kept
UPDATES_MARKUP = 5_000  # tags of an item; of one with more, the start is kept as plain text
UPDATES_MARKUP_DEPTH = 100  # how deep elements are nested; of an item with deeper ones, the text alone is kept
UPDATES_BROKEN_MARKUP = 60_000  # tags that are read of a feed which is not well-formed
UPDATES_SOURCE_SHARE = 0.34  # of the front page, the embed and updates.json, one source’s while others have news
UPDATES_STORY = 200  # updates of one story; what comes later on the same event begins another
UPDATES_COMPARED = 200  # updates that a report is compared with to find its story: those with most words in common

# Listings
LISTINGS_TABLE = 100  # rows of a table; what is older is on pages by year, employer and state
LISTINGS_HOURS_A_WEEK = 40  # to hold an hour’s pay against a yearly yardstick, and said beside it; 0 does neither
LISTINGS_IN_FLIGHT = 8  # requests at a time, when the job boards are read
LISTINGS_HOST_GAP = 1.0  # seconds between two requests to one host
LISTINGS_DETAILS = 500  # postings of one board whose own page is asked for in one run; the rest waits for the next
LISTINGS_NEW_A_DAY = 300  # new listings of one board in a day, on its first day ten times as many; the rest waits
LISTINGS_TEXT_A_DAY = 2_000_000  # characters of texts, new and reworded, of one board in a day, and the same

# Funds
FUNDS_CHECK_DAYS = 90  # a check older than this no longer carries a button
FUNDS_RDAP = "https://rdap.org/domain/{domain}"  # who registered a domain, and when; "" asks nobody
FUNDS_REGISTER = "https://projects.propublica.org/nonprofits/api/v2/organizations/{ein}.json"  # who has a number

# Pictures, cards and signposts
IMAGES_SIZES = "(min-width: 42rem) 40rem, 100vw"  # how wide a picture is shown, for the browser's choice
CARDS_FONT = ""  # a font file for social cards; "" takes Source Serif
ROBOTS_REFUSE_AI = True  # whether robots.txt refuses what gathers texts to train machines

# The digest and other posts by e-mail
DIGEST_FROM = ""  # the address e-mails come from; "" leaves a placeholder
DIGEST_UNSUBSCRIBE = ""  # how one leaves the list: an address, or your mailing tool's mark; "" leaves a placeholder

# What is new, posted elsewhere by ./inv announce: docs/announce.md
ANNOUNCE_WHAT = ["posts", "corrections", "pinned", "cancelled"]  # also "moved": pickets at another time or place
ANNOUNCE_DAYS = 7  # what is older is not announced any more
ANNOUNCE_MASTODON = ""  # the server of your account, such as https://mastodon.example; "" posts nothing there
ANNOUNCE_BLUESKY = ""  # your handle, such as strike.bsky.social; "" posts nothing there
ANNOUNCE_BLUESKY_SERVICE = "https://bsky.social"  # the server of your account

# Links to other sites
LINKS_AVAILABILITY = "https://archive.org/wayback/available?url={url}"  # copies of cited pages; "" asks nobody
LINKS_TIMEGATE = "https://web.archive.org/web/"  # the same, by Memento (RFC 7089)
LINKS_SAVE = "https://web.archive.org/save"  # only with SAVEPAGENOW_ACCESS_KEY and SAVEPAGENOW_SECRET_KEY set
LINKS_CHECK_DAYS = 7  # a page that answered is not asked again within these days
LINKS_PER_HOST = 60  # pages of one host a run
LINKS_SAVES = 25  # copies asked for a run

# Addresses: a folder for each page, so that a link has no file ending.
ARTICLE_URL = "posts/{slug}/"  # a post
ARTICLE_SAVE_AS = "posts/{slug}/index.html"  # its file
ARTICLE_LANG_URL = "posts/{slug}/{lang}/"  # a post's translation
ARTICLE_LANG_SAVE_AS = "posts/{slug}/{lang}/index.html"  # its file
PAGE_URL = "{slug}/"  # a page
PAGE_SAVE_AS = "{slug}/index.html"  # its file
PAGE_LANG_URL = "{slug}/{lang}/"  # a page's translation
PAGE_LANG_SAVE_AS = "{slug}/{lang}/index.html"  # its file
DRAFT_URL = "drafts/{slug}/"  # a draft, in the preview alone
DRAFT_SAVE_AS = ""  # "" keeps drafts out of the output
DRAFT_PAGE_SAVE_AS = ""  # the same for pages
CATEGORY_URL = "categories/{slug}/"  # a category's posts
CATEGORY_SAVE_AS = "categories/{slug}/index.html"  # its file
TAG_URL = "tags/{slug}/"  # a tag's posts
TAG_SAVE_AS = "tags/{slug}/index.html"  # its file
AUTHOR_URL = "authors/{slug}/"  # an author's posts
AUTHOR_SAVE_AS = "authors/{slug}/index.html"  # its file
ARCHIVES_URL = "posts/"  # all posts
ARCHIVES_SAVE_AS = "posts/index.html"  # its file
CATEGORIES_URL = "categories/"  # all categories
CATEGORIES_SAVE_AS = "categories/index.html"  # its file
TAGS_URL = "tags/"  # all tags
TAGS_SAVE_AS = "tags/index.html"  # its file
AUTHORS_URL = "authors/"  # all authors
AUTHORS_SAVE_AS = "authors/index.html"  # its file
YEAR_ARCHIVE_URL = "posts/{date:%Y}/"  # a year's posts
YEAR_ARCHIVE_SAVE_AS = "posts/{date:%Y}/index.html"  # its file
SUBSCRIBE_SAVE_AS = "subscribe/index.html"  # the page of all feeds
DIRECT_TEMPLATES = [
    "index",
    "archives",
    "categories",
    "tags",
    "authors",
    "subscribe",
    "404",
]  # pages the theme makes of itself
THEME_STATIC_DIR = "theme"  # styles and scripts, below the output
DEFAULT_PAGINATION = False  # no pages with shifting numbers: what grows is cut by date
SLUGIFY_SOURCE = "basename"  # a text's address is its file's name, so that a new title moves nothing

# Feeds are the sections' own: Atom, RSS and JSON Feed alike.
FEED_MAX_ITEMS = 50  # entries in a feed; older ones are in its archived documents
FEED_FIRST_SITEURL = ""  # the address the site began at, once it has moved: entries keep their ids
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None  # not Pelican's
WEBSUB_HUB = ""  # a hub that tells subscribers at once (https://www.w3.org/TR/websub/); "" has none

# Text
TYPOGRIFY = True  # typographer's quotes and dashes
TYPOGRIFY_IGNORE_TAGS = ["pre", "code", "script", "svg", "title"]  # where they would change what is meant
TYPOGRIFY_OMIT_FILTERS = []  # all of its filters are used
MARKDOWN = {  # how texts are read: see docs/writing-blocks.md
    "extensions": [
        "extra",
        "sane_lists",
        "toc",
        "plugins.writing.table_markup:NewsroomExtension",
        "plugins.writing.blocks:BlocksExtension",
        "plugins.writing.anchors:AnchorsExtension",
    ],
    "extension_configs": {
        "toc": {"toc_depth": "2-3"},
        "footnotes": {"BACKLINK_TEXT": "↩"},
        "plugins.writing.blocks:BlocksExtension": {
            "language": DEFAULT_LANG,
            "correction": "Correction,",
            "corrections": {"en": "Correction,", "es": "Corrección,"},
        },
    },
    "output_format": "html",
}
JINJA_ENVIRONMENT = {  # how templates are read: what is not marked safe is escaped
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "auto_reload": False,  # a build reads each template once; looking again for each page costs a tenth of its time
    "extensions": ["jinja2.ext.i18n"],
}
LOG_FILTER = [(30, "Empty alt attribute for image %s in %s")]  # plugins.images checks this, and knows ornaments
PUBLISHING = False  # whether status.json says when the site was built
WITH_FUTURE_DATES = True  # what may leave the house is decided by the posts' reader
LOAD_CONTENT_CACHE = False  # Pelican's cache leaves out settings, and a torn one ends a build
CACHE_CONTENT = False  # the same
