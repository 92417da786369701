"""Posts and pages whose texts are as they were are not made anew: they are as they were made.

Pelican asks for a text's content before it reads the text, and hands over what it made of one, for a cache of its own,
which knows a text by the time of its file. Here it is known by the bytes of its file, where settings, code and all
else that any page depends on are as they were. Of 10,000 posts, to look up what was read of each, and to make a content
of that, takes 6 s of processor time, and this 1.5.

A reader of another plugin takes part if it has a method `content_inputs`, which returns what the contents of all its
texts follow from besides their files, settings and code. It, and a hook that changes a content as it is made, say of a
single one by `follows_from_more` that more counts: another file, or the time. Only hooks of plugins that are said to be
pure are taken to do so.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from pelican import readers, signals
from pelican.contents import Article, Page
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator

from . import disk, hooks, known_files, parsed
from .fingerprints import is_stock
from .pack import Pack
from .reading import Reading

_KINDS: dict[type, type] = {ArticlesGenerator: Article, PagesGenerator: Page}
_HOOKS = (
    signals.article_generator_preread, signals.article_generator_context, signals.page_generator_preread,
    signals.page_generator_context,
)  # fmt: skip
_OF_THE_SITE = ("settings", "_context")


class KnownContents:
    """The contents of one build, in a pack that is emptied where anything but texts and templates has changed.

    `settings` are the site's; a site within it has others, and its contents are others. `pure` as in a plugin's
    Declaration.
    """

    def __init__(self, pack: Pack, reading: Reading, settings: Mapping[str, Any], pure: tuple[str, ...]) -> None:
        self._pack, self._reading, self._settings, self._pure = pack, reading, settings, pure
        self._shared = parsed.Shared()
        self._begun: tuple[str, str] | None = None
        self._receivers: tuple[Any, ...] = ()
        self._are_pure = True
        self._are_plain: dict[type, bool] = {}
        self._is_forgetting = False

    def forget(self) -> None:
        """Have all contents made anew in this build."""
        self._is_forgetting = True

    @contextmanager
    def active(self) -> Iterator[None]:
        """Answer for contents that are known, until the block ends."""
        with signals.generator_init.connected_to(self._take):
            yield

    def _take(self, generator: Generator) -> None:
        """Have a generator ask here for the content of a text, and hand over what it makes of one."""
        if type(generator) in _KINDS and generator.settings is self._settings:
            generator.get_cached_data = partial(self._find, generator, generator.get_cached_data)
            generator.cache_data = partial(self._keep, generator, generator.cache_data)

    def _find(self, generator: Generator, original: Callable[..., Any], name: str, default: Any = None) -> Any:
        """Return the content of a text, where it is known, else what Pelican's own cache has."""
        self._begun = None
        key = self._key(generator, os.path.abspath(os.path.join(generator.path, name)))
        if not key:
            return original(name, default)
        data = None if self._is_forgetting else self._pack.get(key)
        if data is not None:
            with suppress(parsed.UnfitError):
                attributes, used = parsed.load(data, generator.settings, self._pure, self._shared)
                self._reading.still_uses(used)
                return _made(generator, attributes)
        self._begun = name, key
        self._reading.watch()
        return original(name, default)

    def _keep(self, generator: Generator, original: Callable[..., None], name: str, content: Any) -> None:
        """Keep what was made of a text, where it follows from that."""
        original(name, content)
        begun, self._begun = self._begun, None
        used = self._reading.watched()
        if begun is None or begun[0] != name or used is None or type(content) is not _KINDS[type(generator)]:
            return
        attributes = {part: value for part, value in vars(content).items() if part not in _OF_THE_SITE}
        with suppress(parsed.UnfitError):
            found = (attributes, used)
            self._pack.put(begun[1], parsed.dump(found, generator.settings, self._pure, is_sharing=True))

    def _key(self, generator: Generator, path: str) -> str:
        """Return the key of a text's content, "" where that may follow from more than is known before it is read."""
        reader = generator.readers.readers.get(readers.file_suffix(path))
        if reader is None or any(signal.receivers for signal in _HOOKS) or not self._is_plain(generator):
            return ""
        inputs = self._reading.reader_inputs(reader)
        if not inputs and hasattr(reader, "content_inputs"):
            inputs = reader.content_inputs()
        if not inputs or not self._are_hooks_pure():
            return ""
        digest = known_files.digest(path) or disk.digest(path)
        return f"content {type(generator).__name__} {inputs} {path} {digest}" if len(digest) == disk.DIGEST_SIZE else ""

    def _are_hooks_pure(self) -> bool:
        """Say whether only hooks of pure packages, and this one's, hear of a content as it is made."""
        receivers = tuple(signals.content_object_init.receivers.values())
        if receivers != self._receivers:  # to ask each, of each of 10,000 posts, takes 0.8 s
            self._receivers = receivers
            self._are_pure = hooks.are_of(signals.content_object_init, self._pure)
        return self._are_pure

    def _is_plain(self, generator: Generator) -> bool:
        """Say whether contents follow from their texts, settings and code, as far as these themselves say."""
        kind = type(generator)
        if kind not in self._are_plain:
            settings = generator.settings
            formats = (settings["DEFAULT_DATE_FORMAT"], *settings["DATE_FORMATS"].values())
            self._are_plain[kind] = (
                settings.get("WITH_FUTURE_DATES", True)
                and settings.get("DEFAULT_DATE") != "fs"
                and all(type(one) is str for one in formats)  # any other sets the locale for what comes after it
                and is_stock(_KINDS[kind])
                and is_stock(type(generator.readers))
                and "read_file" not in vars(generator.readers)
            )
        return self._are_plain[kind]


def _made(generator: Generator, attributes: dict[str, Any]) -> Any:
    kind: Any = _KINDS[type(generator)]
    content = kind.__new__(kind)
    vars(content).update(attributes, settings=generator.settings, _context=generator.context)
    return content
