"""Picketwire's settings while writing; publishconf.py changes what publishing needs. Data only.

Every setting of Pelican's is explained at https://docs.getpelican.com/en/stable/settings.html
"""

# Yours: change these first.
SITENAME = "Picketwire"
TAGLINE = "What the strike did today, what the studios are hiring for, and where help goes."
SITEURL = "http://localhost:8000"
TIMEZONE = "America/Los_Angeles"
DEFAULT_LANG = "en"
CONTACT = ""  # an address the sites whose feeds are read can write to
NOTICE = "An example: the Hollywood strikes of 2023, kept to show how this site works."
LICENCE_TEXT = "Text CC BY 4.0"
DEFAULT_CATEGORY = "Notes"

# Where things are.
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
ARTICLE_PATHS = ["posts"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["extra"]  # pictures are published when a published text shows them, and only then
STATIC_EXCLUDE_SOURCES = True
IGNORE_FILES = [".#*", ".DS_Store", ".*.md", "_*.md"]  # an editor's lock is no text, nor is what begins like these

PLUGINS = [
    "plugins.sections.plugin",
    "plugins.posts.plugin",
    "plugins.updates.plugin",
    "plugins.listings.plugin",
    "plugins.funds.plugin",
    "plugins.strikes.plugin",
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

# Links to other sites
LINKS_AVAILABILITY = "https://archive.org/wayback/available?url={url}"  # copies of cited pages; "" asks nobody
LINKS_TIMEGATE = "https://web.archive.org/web/"  # the same, by Memento (RFC 7089)
LINKS_SAVE = "https://web.archive.org/save"  # only with SAVEPAGENOW_ACCESS_KEY and SAVEPAGENOW_SECRET_KEY set
LINKS_CHECK_DAYS = 7  # a page that answered is not asked again within these days
LINKS_PER_HOST = 60  # pages of one host a run
LINKS_SAVES = 25  # copies asked for a run

# Addresses: a folder for each page, so that a link has no file ending.
ARTICLE_URL = "posts/{slug}/"
ARTICLE_SAVE_AS = "posts/{slug}/index.html"
ARTICLE_LANG_URL = "posts/{slug}/{lang}/"
ARTICLE_LANG_SAVE_AS = "posts/{slug}/{lang}/index.html"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
PAGE_LANG_URL = "{slug}/{lang}/"
PAGE_LANG_SAVE_AS = "{slug}/{lang}/index.html"
DRAFT_URL = "drafts/{slug}/"
DRAFT_SAVE_AS = ""
DRAFT_PAGE_SAVE_AS = ""
CATEGORY_URL = "categories/{slug}/"
CATEGORY_SAVE_AS = "categories/{slug}/index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = "tags/{slug}/index.html"
AUTHOR_URL = "authors/{slug}/"
AUTHOR_SAVE_AS = "authors/{slug}/index.html"
ARCHIVES_URL = "posts/"
ARCHIVES_SAVE_AS = "posts/index.html"
CATEGORIES_URL = "categories/"
CATEGORIES_SAVE_AS = "categories/index.html"
TAGS_URL = "tags/"
TAGS_SAVE_AS = "tags/index.html"
AUTHORS_URL = "authors/"
AUTHORS_SAVE_AS = "authors/index.html"
YEAR_ARCHIVE_URL = "posts/{date:%Y}/"
YEAR_ARCHIVE_SAVE_AS = "posts/{date:%Y}/index.html"
SUBSCRIBE_SAVE_AS = "subscribe/index.html"
DIRECT_TEMPLATES = ["index", "archives", "categories", "tags", "authors", "subscribe", "404"]
THEME_STATIC_DIR = "theme"
DEFAULT_PAGINATION = False
SLUGIFY_SOURCE = "basename"

# Feeds are the sections' own: Atom, RSS and JSON Feed alike.
FEED_MAX_ITEMS = 50
FEED_FIRST_SITEURL = ""  # the address the site began at, once it has moved: entries keep their ids
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
WEBSUB_HUB = ""

# Text
TYPOGRIFY = True
TYPOGRIFY_IGNORE_TAGS = ["pre", "code", "script", "svg", "title"]
TYPOGRIFY_OMIT_FILTERS = []
MARKDOWN = {
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
        "plugins.writing.blocks:BlocksExtension": {"language": DEFAULT_LANG, "correction": "Correction,"},
    },
    "output_format": "html",
}
JINJA_ENVIRONMENT = {
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "auto_reload": False,  # a build reads each template once; looking again for each page costs a tenth of its time
    "extensions": ["jinja2.ext.i18n"],
}
LOG_FILTER = [(30, "Empty alt attribute for image %s in %s")]  # plugins.images checks this, and knows ornaments
PUBLISHING = False  # whether status.json says when the site was built
WITH_FUTURE_DATES = True  # what may leave the house is decided by the posts' reader
LOAD_CONTENT_CACHE = False
CACHE_CONTENT = False
