from __future__ import annotations

import logging
import re

# PostgreSQL quotes the row that broke a rule: names, numbers, letters of people.
_ROW = re.compile(r"(?:\n|\\n)\s*(?:DETAIL|CONTEXT|QUERY):.*")


class WithoutRows(logging.Formatter):
    """Keeps what the database quotes of people's rows out of the log."""

    def format(self, record: logging.LogRecord) -> str:
        return _ROW.sub("", super().format(record))
