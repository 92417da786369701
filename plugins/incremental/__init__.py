"""Incremental: a plugin for any Pelican site that builds only what changed, and writes only what differs.

It imports nothing of the site around it, so that its folder can be copied to another. `signals` says what other plugins
can hang on it, `launch` what whoever starts Pelican can ask before.
"""

# From now on these see what plugins read, and ask of the environment, while they are imported.
from . import environment as environment
from . import recorder as recorder


def register() -> None:
    """Connect to Pelican's signals; Pelican is not loaded before, as `launch` must not."""
    from . import plugin  # noqa: PLC0415

    plugin.register()
