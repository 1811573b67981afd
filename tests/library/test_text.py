"""What the full-text index finds, and how it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engines.library.database import Database
from engines.library.term import Term
from engines.library.text import COLUMNS, Expression, Text, all_of, any_of, index_media, remove_media

TEXTS = {
    1: {"name": "IMG_0001.JPG", "caption": "A dog on the beach"},
    2: {"title": "Dog", "caption": "asleep"},
    3: {"caption": "Größe: ein Café in Łódź", "tags": "dog house, cat"},
    4: {"folder": "/photos/2008", "camera": "Canon EOS 5"},
}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "library.db", writable=True)
    with closing(database):
        with database.write() as connection:
            for media_id, texts in TEXTS.items():
                index_media(connection, media_id, texts)
        yield database


@pytest.fixture
def text(database: Database) -> Text:
    return Text(database)


def ids(text: Text, *words: str, columns: tuple[str, ...] = (), prefix: bool = False) -> list[int]:
    return [int(media_id) for media_id in text.ids(Term(words, columns, prefix), 1, 100)]


def test_a_word_is_found_in_every_column(text: Text) -> None:
    assert ids(text, "dog") == [1, 2, 3]
    assert ids(text, "0001") == [1]
    assert ids(text, "2008") == ids(text, "eos") == [4]


def test_words_that_follow_each_other_are_found_only_so(text: Text) -> None:
    assert ids(text, "dog", "on") == [1]
    assert ids(text, "on", "dog") == []
    assert ids(text, "dog", "asleep") == []


def test_a_term_can_be_held_to_columns_and_may_go_on(text: Text) -> None:
    assert ids(text, "dog", columns=("caption",)) == [1]
    assert ids(text, "dog", columns=("title", "tags")) == [2, 3]
    assert ids(text, "be", prefix=True) == [1]
    assert ids(text, "dog", "ho", columns=("tags",), prefix=True) == [3]


def test_only_the_asked_stretch_is_looked_at(text: Text) -> None:
    assert text.ids(Term(("dog",)), 2, 2).tolist() == [2]


def test_words_are_cut_and_folded_as_the_index_does_it(text: Text) -> None:
    assert text.tokens("IMG_0001.JPG") == ("img", "0001", "jpg")
    assert text.tokens("Größe, CAFÉ!") == ("große", "cafe")
    assert ids(text, *text.tokens("GRÖSSE")) == []
    assert ids(text, *text.tokens("große")) == ids(text, *text.tokens("cafe")) == [3]
    assert text.tokens(" … ") == ()


def test_words_know_where_they_stand(text: Text) -> None:
    sentence = "Ein Café, offen"
    cuts = text.cut(sentence)
    assert [sentence.encode()[start:end].decode() for start, end, _ in cuts] == ["Ein", "Café", "offen"]
    assert [token for _, _, token in cuts] == ["ein", "cafe", "offen"]


@settings(deadline=None)
@given(st.text(max_size=30))
@example('" OR title:"')
@example("a\x00b")
@example("\ud800")
@example("NEAR(a b)")
def test_whatever_was_typed_its_words_can_be_asked_for(shared_text: Text, typed: str) -> None:
    tokens = shared_text.tokens(typed)
    if tokens:
        shared_text.ids(Term(tokens, COLUMNS[:2], prefix=True), 1, 10)


@pytest.fixture(scope="module")
def shared_text(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Text]:
    with closing(Database(tmp_path_factory.mktemp("text") / "library.db", writable=True)) as database:
        yield Text(database)


def test_texts_are_replaced_and_removed(database: Database, text: Text) -> None:
    with database.write() as connection:
        index_media(connection, 1, {"caption": "a cat"})
        remove_media(connection, 2)
        remove_media(connection, 77)
    assert ids(text, "dog") == [3]
    assert ids(text, "cat") == [1, 3]


def rank(text: Text, expression: Expression, *worth: float, wanted: tuple[int, ...] = (1, 2, 3, 4)) -> dict[int, float]:
    mask = np.isin(np.arange(1, 5), wanted)
    found, scores = text.rank(expression, worth, mask, 1)
    return dict(zip(found.tolist(), scores.tolist(), strict=True))


def test_a_word_in_the_title_is_worth_more_than_one_in_the_caption(text: Text) -> None:
    scores = rank(text, any_of([Term(("dog",))]), 1.0)
    assert scores.keys() == {1, 2, 3}
    assert 1 > scores[2] > scores[3] > scores[1] > 0


def test_only_the_wanted_are_ranked(text: Text) -> None:
    assert rank(text, any_of([Term(("dog",))]), 1.0, wanted=(1, 4)).keys() == {1}
    mask = np.array([True, False])
    assert text.rank(any_of([Term(("dog",))]), [1.0], mask, 2)[0].tolist() == [2]


def test_each_word_counts_by_its_worth(text: Text) -> None:
    either = any_of([Term(("beach",)), Term(("cat",))])
    scores = rank(text, either, 5.0, 1.0)
    assert scores[1] > scores[3] > 0
    both = all_of([Term(("dog",)), Term(("cat",))])
    assert rank(text, both, 1.0, 1.0).keys() == {3}
    assert rank(text, any_of([Term(("nothing",))]), 1.0) == {}


def test_the_vocabulary_tells_how_many_media_hold_a_word(text: Text) -> None:
    vocabulary = dict(text.vocabulary())
    assert vocabulary["dog"] == 3
    assert vocabulary["cafe"] == 1
    assert dict(text.known(["dog", "dgo", "cat"])) == {"dog": 3, "cat": 1}
