"""The same questions to tantivy, an engine that does nothing else: how far we are off.

Only measured where it is installed; it is no part of the site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

import psycopg

from jobs.search.models import PostingIndex
from jobs.search.rules.lexemes import facts_wanted, groups_of
from jobs.search.rules.query import Query

TOP = 20
_WORDS = f"""
SELECT posting_id, array_to_string(tsvector_to_array(words), ' ')
FROM {PostingIndex._meta.db_table}
"""  # noqa: S608


def engine() -> Any:
    """The module; None where nobody installed it."""
    try:
        import tantivy
    except ImportError:
        return None
    return tantivy


@contextmanager
def searcher(
    tantivy: Any, target: dict[str, str], progress: Callable[[int], object]
) -> Iterator[Callable[[Query], object]]:
    """An index of the same lexemes in a folder of its own, dropped at the end."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", stored=True)
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    schema = builder.build()
    with TemporaryDirectory() as folder:
        index = tantivy.Index(schema, path=folder)
        writer = index.writer(heap_size=256_000_000, num_threads=2)
        for number, words in _entries(target):
            document = tantivy.Document()
            document.add_integer("id", number)
            document.add_text("words", words)
            writer.add_document(document)
            progress(1)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        reader = index.searcher()

        def ask(query: Query) -> object:
            found = reader.search(_query(tantivy, schema, query), TOP)
            return [reader.doc(place)["id"] for _score, place in found.hits]

        yield ask


def _entries(target: dict[str, str]) -> Iterator[tuple[int, str]]:
    with psycopg.connect(**target) as own, own.cursor("entries") as cursor:  # type: ignore[arg-type]
        cursor.itersize = 5_000
        yield from cursor.execute(_WORDS)


def _query(tantivy: Any, schema: Any, query: Query) -> Any:
    must, must_not = tantivy.Occur.Must, tantivy.Occur.MustNot

    def term(word: str) -> Any:
        return tantivy.Query.term_query(schema, "words", word)

    def either(words: Sequence[str]) -> Any:
        should = [(tantivy.Occur.Should, term(word)) for word in words]
        return tantivy.Query.boolean_query(should)

    parts = [(must, either(group)) for group in groups_of(query)]
    parts += [(must, term(fact)) for fact in facts_wanted(query)]
    parts = parts or [(must, tantivy.Query.all_query())]
    parts += [(must_not, term(word)) for word in query.without]
    return tantivy.Query.boolean_query(parts)
