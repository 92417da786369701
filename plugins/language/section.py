"""The language as a section, which prints nothing of its own: what is wrong in the catalogue of its words."""

from pathlib import Path

from plugins.core import files
from plugins.sections.model import Edition, Newsroom


def edition(newsroom: Newsroom) -> Edition:
    """Return an edition that tells what is wrong in the language's catalogue."""
    theme = Path(newsroom.site.theme)
    begins = newsroom.language.replace("-", "_").partition("_")[0].lower()
    if not any(folder.name.lower().startswith(begins) for folder in (theme / "locale").glob("*")):
        return Edition("language")
    from plugins.language import catalogue, catalogue_files  # noqa: PLC0415 - Babel's import takes its time, and English has no catalogue

    place = catalogue_files.find(theme, newsroom.language)
    if place is None:
        return Edition("language")
    _, problems = catalogue.read(place.read_bytes(), files.display_path(place))
    return Edition("language", problems=tuple(problems))
