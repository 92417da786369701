"""How the newsroom can be reached, as pages show it. Values only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ContactView:
    """Where readers can write; each is "" where there is no such way. `url` is the contact page, below the site's root.

    `mail` is an e-mail address, `link` a web page, `text` what CONTACT says where it is neither. `issues` is the page
    that lists the repository's issues; `correction`, `update` and `fund` are its forms, each address with a query.
    """

    url: str
    mail: str = ""
    link: str = ""
    text: str = ""
    issues: str = ""
    correction: str = ""
    update: str = ""
    fund: str = ""
