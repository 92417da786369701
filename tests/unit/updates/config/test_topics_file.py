"""The file of topics: read, checked, and handed to the workers."""

import pickle
from pathlib import Path

from plugins.updates.config.topics_file import Topics, read_topics
from plugins.updates.filter.matching import Kept, filter_item
from plugins.updates.model import Item, Match, SafeHtml, Source

SOURCE = Source("post", "The Post", "https://post.example", "press")
WRONG = """
[words]
who = ["nurses", "do*tors"]
Where = ["here"]
none = []
far = ["a ... b", "{who}"]
one = "word"

[topic.a]
title = "A"
any = ["{who} strike", "{hwo} strike", "{one}", "strike ..."]
ignore = ["/strike/"]

[topic.b]
title = "B"
any = ["strike"]
ignore = ["Strike"]
"""


def read(folder: Path, text: str) -> Topics:
    """Return what is read of a text as topics.toml."""
    (folder / "topics.toml").write_text(text, "utf-8")
    return read_topics(folder)


def test_sets_are_named_once_and_used_in_every_topic(tmp_path: Path) -> None:
    """A topic's terms may name the sets of [words], which stand anywhere in the file."""
    topics = read(
        tmp_path,
        '[topic.a]\ntitle = "A"\nany = ["{who} ... strike"]\nignore = ["air strike"]\n'
        '[words]\nwho = ["nurses"]\n[topic.b]\ntitle = "B"\nany = ["strike"]\nnone = ["{who}"]\n',
    )
    assert (topics.problems, set(topics.ids)) == ((), {"a", "b"})
    item = Item("1", "", "Nurses strike", SafeHtml(""))
    assert filter_item(item, topics.topics, SOURCE) == Kept((Match("a", "{who} ... strike", "title"),))


def test_everything_wrong_with_sets_and_terms_is_told_at_its_line(tmp_path: Path) -> None:
    """Each fault once, with place, finding and remedy; a set that is wrong is not told of again by its terms."""
    topics = read(tmp_path, WRONG)
    assert [(one.line, one.what) for one in topics.problems] == [
        (4, "'Where' is not a set's name"),
        (5, "words needs at least 1 (got [])"),
        (7, "words must be a list (got word)"),
        (3, "words who: a * stands elsewhere than at the end of a word (“do*tors”)"),
        (6, "words far: a named set holds words and phrases only (“a ... b”)"),
        (6, "words far: a named set holds words and phrases only (“{who}”)"),
        (11, "topic a: there is no set of words of that name (“{hwo} strike”)"),
        (11, "topic a: a ... has no word behind it (“strike ...”)"),
        (12, "topic a: a regular expression is no term (“/strike/”)"),
        (14, "topic b: a term is both wanted and ignored (“strike”)"),
    ]
    assert all(one.remedy and one.where.endswith("topics.toml") for one in topics.problems)
    assert (topics.topics, set(topics.ids)) == ((), {"a", "b"})


def test_words_that_are_no_table_are_refused(tmp_path: Path) -> None:
    """So is a key at the top that is neither words nor topic."""
    topics = read(tmp_path, 'words = ["a"]\nword = 1\n[topic.a]\ntitle = "A"\nany = ["a"]\n')
    assert [one.what for one in topics.problems] == ["unknown key word", "words is no table"]
    assert topics.problems[0].remedy == "did you mean words?"


def test_topics_filter_alike_in_another_process(tmp_path: Path) -> None:
    """They are sent to the workers as they are, and what memory they are told apart by says all of their rules."""
    text = '[words]\nwho = ["nurse*"]\n[topic.a]\ntitle = "A"\nany = ["{who} ... strike"]\nignore = ["air strike"]\n'
    topics = read(tmp_path, text).topics
    item = Item("1", "", "Nurses to strike", SafeHtml(""))
    sent = pickle.loads(pickle.dumps(topics))  # noqa: S301 - our own
    filter_item(item, topics, SOURCE)
    assert filter_item(item, sent, SOURCE) == filter_item(item, topics, SOURCE)
    assert repr(sent) == repr(topics)
    assert repr(read(tmp_path, text.replace("nurse*", "nurses")).topics) != repr(topics)
    assert repr(read(tmp_path, text.replace("air strike", "air strikes")).topics) != repr(topics)
