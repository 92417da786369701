"""Read texts as a build reads them, and render the theme's templates, without building anything."""

import logging
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pelican.log
from jinja2 import TemplateNotFound
from pelican import Pelican
from pelican.contents import Article
from pelican.generators import ArticlesGenerator, PagesGenerator, StaticGenerator
from pelican.readers import Readers

from plugins.core.config.settings_file import Settings
from plugins.core.errors import Problem, SiteError
from plugins.sections.build_state import KEY, Gathered, build_state
from plugins.sections.model import Newsroom
from plugins.sections.plugin import SectionsGenerator, open_newsroom
from plugins.sections.settings import SiteSettings


@dataclass(frozen=True, slots=True)
class CheckedSite:
    """A site whose content was read and checked, and of which no page was made."""

    newsroom: Newsroom
    gathered: Gathered
    settings: Mapping[str, Any]
    printer: SectionsGenerator

    def post(self, path: Path) -> Article:
        """Return the post at `path` as Pelican's Article, a draft too; its links can lead to published texts alone.

        Its `metadata` has its front matter; `standing` there says whether it is public. Raises SiteError where the post
        is wrong or links to what is not public.
        """
        shown = replace(self.newsroom, preview_kind="drafts")
        state = replace(build_state(self.settings), newsroom=shown)
        readers, content = Readers({**self.settings, KEY: state}), self.newsroom.content
        below = path.resolve().relative_to(content.resolve())
        return readers.read_file(str(content), str(below), Article, context=self.printer.context)

    @property
    def context(self) -> Mapping[str, Any]:
        """Return what every template sees."""
        context: Mapping[str, Any] = self.printer.context
        return context

    def print(self, template: str, **values: object) -> str:
        """Render a template of the theme with every template's values and these; its links are absolute.

        Raises SiteError where the theme has none of that name.
        """
        context = {**self.context, "BASE": self.newsroom.siteurl, **values}
        try:
            return str(self.printer.env.get_template(template).render(context))
        except TemplateNotFound as error:
            what = f"the theme has no template {error.name}"
            raise SiteError([Problem("", 0, what, "take it from the theme this site came with")]) from error


def read_site(settings: Settings) -> CheckedSite:
    """Read and check all content. Raises SiteError with every problem."""
    pelican.log.init(level=logging.WARNING, name="pelican")
    # An output folder of its own, which stays empty: a build that is running at the same time has another.
    nowhere = settings.of(SiteSettings).content.resolve().parent / ".cache" / "reading"
    site = Pelican({**settings.pelican, "OUTPUT_PATH": str(nowhere)})
    open_newsroom(site)
    shutil.rmtree(site.output_path, ignore_errors=True)
    context = {**site.settings, "generated_content": {}, "static_links": set(), "static_content": {}}
    kinds = (ArticlesGenerator, PagesGenerator, SectionsGenerator, StaticGenerator)
    generators = [kind(context, site.settings, site.path, site.theme, site.output_path) for kind in kinds]
    for generator in generators:
        generator.generate_context()
    state = build_state(site.settings)
    return CheckedSite(state.newsroom, state.gathered, site.settings, generators[2])
