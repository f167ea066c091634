from __future__ import annotations

from jobs.search.services.entries import (
    entry_of,
    index_postings,
    postings_to_index,
    reindex,
    words_of,
)
from jobs.search.services.frequencies import count_words, fold_words

__all__ = [
    "count_words",
    "entry_of",
    "fold_words",
    "index_postings",
    "postings_to_index",
    "reindex",
    "words_of",
]
