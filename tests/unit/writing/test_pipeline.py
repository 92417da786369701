"""What is wrong in a text, at which line; what is shown as code is nobody's business."""

import pytest

from plugins.core.text.markdown_tree import MarkdownParser
from plugins.writing.model import Reference
from plugins.writing.pipeline import Judgement, judge
from tests.shipped import pelicanconf

PARSER = MarkdownParser(pelicanconf.MARKDOWN)


def look(text: str) -> Judgement:
    """Judge a text as the site does."""
    return judge(text, PARSER.parse)


BAD = [
    ("Words.\n\n/// qoute | A\nx\n///", 2, "did you mean quote?"),
    ("/// quote\nx\n///", 0, "who is quoted is missing"),
    ("/// pull | A\nx\n///", 0, "nothing may stand after the bar"),
    ("/// pull\n///", 0, "no words"),
    ("/// pull\nx", 0, "is not closed"),
    ("Words.\n\n///\n", 2, "ends no block"),
    ("/// quote | A\nx\n\n/// pull\ny\n///\n\n///", 3, "more slashes"),
    ("/// quote | A\n    url: https://example.org/\n    ulr: x\nx\n///", 2, "did you mean url?"),
    ("/// quote | A\n    url: example.org\nx\n///", 1, "must be a web address"),
    ("/// action | A\n    url: {fund}a\nx\n///", 1, "between quotation marks"),
    ("/// quote | A\n    - x\nx\n///", 1, "not keys and values"),
    ("/// video | A\nx\n///", 0, "url is missing"),
    (
        "/// video | A\n    url: https://example.org/\n    poster: https://example.org/x.jpg\n///",
        2,
        "below the content folder",
    ),
    ("/// transcript\nwho\n00:13 x\n///", 1, "before the first time"),
    ("/// transcript\n00:13 x\n00:73 x\n///", 2, "no such time"),
    ("/// chat\nhello\n///", 1, "before the first name"),
    ("/// annotate\nremark\n\n> line\n\nremark\n///", 1, "before the first quoted line"),
    ("/// annotate\n> line\n\nremark\n\n> line\n///", 5, "without a remark"),
    ("/// fund | a\nwords\n///", 1, "no words of its own"),
    ("/// fund | A b\n///", 0, "must be an id"),
    ("/// correction | 1 March\nx\n///", 0, "written 2026-01-31"),
    ("Words.\n\n# Title\n", 2, "a second title"),
    ("#hashtag\n", 0, "a second title"),
    ("Title\n=====\n", 0, "a second title"),
    ("## A\n\n#### B\n", 2, "write ###"),
    ("### A\n", 0, "write ##,"),
    ("## A\n\n##\n", 2, "without words"),
    ("/// quote | A\n## A\n\n#### B\n///", 3, "write ###"),
    ("```\na\n\n```sh\nb\n```\n", 0, "code is not closed"),
    ("~~~\n# a\n```\n", 0, "a line of ~~~"),
    ("One\n\n<!--\ntwo", 2, "a comment is not closed"),
    ("<div>\n\n<b>One</div>\n", 2, "<b> is not closed"),
    ("A \\<b> begins an element all the same", 0, "<b> is not closed"),
    ("<SCRIPT src=x></SCRIPT>\n", 0, "<script> does nothing"),
    ('One\n\n<video src="//example.org/v.mp4"></video>', 2, "loads from another site"),
    ("One\n{: .pull\n", 1, "an attribute list is not closed"),
    ("One\n{: onclick=x }\n", 1, "the attribute onclick"),
    ("[One](data:text/html,x)", 0, "no reader should follow"),
    ("[One](<https://example.org/a b>)", 0, "no address of the web"),
    ("[One]({Fund}x)", 0, "did you mean {fund}?"),
    ("[One][a]\n\n[a]: javascript:x", 2, "no reader should follow"),
    ("[a]: https://example.org/\n[A]: https://example.org/2\n", 1, "a second time"),
    ("[One][]", 0, "no address 'one'"),
]


@pytest.mark.parametrize(("text", "line", "words"), BAD)
def test_a_fault_is_told_at_its_line(text: str, line: int, words: str) -> None:
    """One mistake is one fault, with what to do."""
    problems = look(text).problems
    assert [problem.line for problem in problems] == [line], problems
    assert words in f"{problems[0].what}; {problems[0].remedy}"


@pytest.mark.parametrize(
    "text",
    [
        "```\n# x\n/// nothing\n[x]({fund}a)\n```\n",
        "~~~~ text\n///\n~~~\n#### x\n~~~~\n",
        "Write `/// fund` or `[x]({fund}a)`.\n",
        "<!--\n# x\n/// nothing\n-->\n",
        "## A\n\n### B\n\n## C\n\n### D\n\n#### E\n",
        "A\n-\n\n## B\n",
        "A line\n\n---\n\n- a\n- b\n",
        "\\#hashtag\n\n/ / / not a fence\n",
        "/// chat\nAna: #1\n# not a heading\n///\n",
        "//// quote | A\n/// pull\nx\n///\n////\n",
        "|fund|x|\n|---|---|\n|fund|y|\n",
        "<https://example.org/a> and <ana@example.org>, 3 < 4 and `<script>`, and a<b\n",
        "<details><summary>One</summary>\n\n- Two<br>\n- *Three*\n\n</details>\n",
        "<ul><li>One<li>Two</ul><p>Three<hr>\n",
        '[a](https://example.org/x_(y) "Title (z)") [b](#c) [d](mailto:d@example.org) [e](/posts/) [f](../g/)\n',
        "[a][b] and [b] and [c][]. It was [sic] and \\[d][e]\n\n[B]: <https://example.org/> 'T'\n[c]:\n  https://example.org/\n",
        "One[^1] two[^1].\n\n[^1]: Three.\n",
        "[![A gate]({static}/images/gate.svg)](https://example.org/)\n",
        "## Head {: #head }\n\n[x](#head){: .more hreflang=es }\n",
        "````\n```sh\nx\n```\n````\n",
        "Ticks of `` ` `` and ``` `` ```.\n",
    ],
)
def test_what_is_right_or_code_has_no_fault(text: str) -> None:
    """What only looks like a block, a heading or a reference is left alone."""
    found = look(text)
    assert (found.problems, found.references) == ((), ())


SHOWN = "[a](b.md) ![](x) <script> [d](javascript:e) {: onclick=x } [f][g] [^h] [x]({fund}i) [j](k l)"
"""What is wrong in a dozen ways, where it is not code."""


@pytest.mark.parametrize(
    "text",
    [
        f"Words.\n\n    {SHOWN}\n    # A\n    /// nothing\n\nMore.",
        f"\t{SHOWN}\n",
        f"- One\n\n    Two\n\n        {SHOWN}\n\n- Three\n",
        f"- One\n    - Two\n\n            {SHOWN}\n            #### A\n",
        f"> Quoted\n>\n>     {SHOWN}\n",
        f"One[^1].\n\n[^1]: Two\n\n        {SHOWN}\n",
        f"/// quote | A\nWords.\n\n    {SHOWN}\n///\n",
        f"Words `{SHOWN}` and ``{SHOWN}``.\n",
        f"<!-- {SHOWN} -->\n\n<!--\n```\n\n    {SHOWN}\n-->\n",
        f"```\n{SHOWN}\n\n    {SHOWN}\n```\n",
        "<pre>\n[a](b c) [d][e] {: onclick=x } [^f] [g]({fund}h)\n# I\n</pre>\n",
    ],
)
def test_what_is_shown_is_never_judged(text: str) -> None:
    """Code of every kind is shown as it is: indented, fenced, in a line; in lists, quotations, notes and blocks."""
    found = look(text)
    assert (found.problems, found.references, [link.url for link in found.links]) == ((), (), [])
    markup = PARSER.parse(text)
    assert (markup.pictures, markup.headings, markup.addresses) == ((), (), ())


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("    code\n\nOne\n\n[a](javascript:b)\n", 4, "no reader should follow"),
        ("- One\n\n    Two [a](javascript:b)\n", 2, "no reader should follow"),
        ("> One\n> [a](javascript:b)\n", 1, "no reader should follow"),
        ("One[^1].\n\nTwo.\n\n[^1]: Three\n    four [a](javascript:b)\n", 5, "no reader should follow"),
        ("One [a][b].\n\n    [b]: javascript:c\n\n[b]:\n  javascript:c\n", 5, "no reader should follow"),
        ("| a | b |\n|---|---|\n| c | [d](javascript:e) |\n", 2, "no reader should follow"),
        ("One *two\nthree* [a\nb](javascript:c)\n", 2, "no reader should follow"),
        ("One  \ntwo  \n**[a](javascript:b)**\n", 2, "no reader should follow"),
        ("One\n\n    <b>\n\nTwo\n<b>three\n", 5, "<b> is not closed"),
        ('<div markdown="1">\n\n[a](javascript:b)\n\n</div>\n', 2, "no reader should follow"),
        ('One\n\n<div markdown="1">\n\nTwo\n', 2, "<div> is not closed"),
        ("One\n\n> - Two\n>\n>     #### Three\n", 4, "write ##,"),
        ("One `two\nthree` four\n[five][six]\n", 2, "no address 'six'"),
        ("1. One\n2. Two\nthree [^four]\n", 2, "no footnote 'four'"),
    ],
)
def test_the_line_is_that_of_the_source(text: str, line: int, words: str) -> None:
    """However the parser joins and cuts lines, and whatever code stands above."""
    test_a_fault_is_told_at_its_line(text, line, words)


def test_references_are_named_with_their_lines() -> None:
    """Links of every form, options and cards name what they are about."""
    text = (
        '[a]({listing}ad#history) and <a href="{fund}f">f</a>\n\n[ref]: {update}u\n\n'
        '/// action | Go\n    url: "{story}s"\nx\n///\n\n/// milestone | m-2026-01-05\n///\n'
    )
    assert look(text).references == (
        Reference(0, "listing", "ad"),
        Reference(0, "fund", "f"),
        Reference(2, "update", "u"),
        Reference(5, "story", "s"),
        Reference(9, "milestone", "m-2026-01-05"),
    )
