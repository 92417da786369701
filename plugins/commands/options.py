"""The options that several commands have, so that each is called and explained the same way everywhere."""

import click

content = click.option("--content", metavar="DIR", help="the content folder")
output = click.option("--output", metavar="DIR", help="where the site is built")
settings = click.option(
    "--settings", metavar="FILE", default="pelicanconf.py", show_default=True, help="the settings file"
)
publish_settings = click.option(
    "--settings", metavar="FILE", default="publishconf.py", show_default=True, help="the settings file"
)
allow_private_host = click.option(
    "--allow-private-host",
    metavar="HOST",
    multiple=True,
    help="a host or network that may be private, such as 127.0.0.1 (repeatable)",
)
force_fetch = click.option("--force", is_flag=True, help="ask every source now, not only those whose hour has come")
verbose = click.option("--verbose", is_flag=True, help="say each decision about each item as it is made")
