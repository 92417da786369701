"""Print the page of a text that was edited, from what the last build still has in memory.

Of 1,000 posts a build takes two seconds to find that all other pages stay as they are. Whoever writes need not wait for
that: the text's own page is printed by itself, by the generators and the writer of the last build. Until the whole is
built it may be wrong in what others say of the text: what hooks put into the place of what its file says, such as a
picture's sizes or the posts before and after, is left as it was.
"""

import copy
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from pelican import signals
from pelican.contents import Article, Content, Page, SkipStub
from pelican.generators import ArticlesGenerator, Generator
from pelican.writers import Writer

_ARTICLE = (signals.article_generator_preread, signals.article_generator_context)
_PAGE = (signals.page_generator_preread, signals.page_generator_context)


def page(path: str, generator: Generator, writer: Writer, folder: Path) -> dict[str, bytes]:
    """Return the page of a text of this generator's, as it is now; none where there was none, or is none any more.

    Files are written in `folder` meanwhile. Raises what reading or printing the text raises.
    """
    built = _built(generator, path)
    if built is None:
        return {}
    preread, of_context = _ARTICLE if isinstance(built, Article) else _PAGE
    read = generator.readers.read_file(
        base_path=generator.path,
        path=path,
        content_class=type(built),
        context=generator.context,
        preread_signal=preread,
        preread_sender=generator,
        context_signal=of_context,
        context_sender=generator,
    )
    text = _edited(built, read)
    if text is None:
        return {}
    with TemporaryDirectory(dir=folder) as written:
        _print(generator, text, type(writer)(written, settings=writer.settings))
        return {text.save_as: Path(written, text.save_as).read_bytes()}


def _built(generator: Generator, path: str) -> Content | None:
    """Return the text that the generator printed of a file, none where it printed none."""
    kind = Article if isinstance(generator, ArticlesGenerator) else Page
    if not Path(path).is_relative_to(generator.path):
        return None
    name = Path(path).relative_to(generator.path).as_posix()
    found = generator.context["generated_content"].get(name)
    return found if isinstance(found, kind) else None


def _edited(built: Content, read: Content | SkipStub) -> Content | None:
    """Return a built text that says what was read now; none where its page is to be elsewhere, or nowhere."""
    if isinstance(read, SkipStub) or read.save_as != built.save_as:
        return None
    text = copy.copy(built)
    of_built, of_read = vars(built), vars(read)
    # What is no longer what the file said, a hook has put there, and would put there again.
    said = {name for name in (*built.metadata, *read.metadata) if of_built.get(name) is built.metadata.get(name)}
    for name in said | {"_content", "_summary"}:
        if name in of_read:
            setattr(text, name, of_read[name])
        elif name in of_built:
            delattr(text, name)
    text.metadata = read.metadata
    return text


def _print(generator: Generator, text: Content, writer: Writer) -> None:
    """Have a generator print one text, and no other."""
    alone = copy.copy(generator)
    alone.translations = alone.hidden_translations = []
    if isinstance(text, Article):
        alone.articles, alone.hidden_articles = [text], []
        alone.generate_articles(partial(writer.write_file, relative_urls=generator.settings["RELATIVE_URLS"]))
    else:
        alone.pages, alone.hidden_pages, alone.draft_pages, alone.draft_translations = [text], [], [], []
        alone.generate_output(writer)
