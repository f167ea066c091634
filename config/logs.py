from __future__ import annotations

import logging
import re

# The rest of these addresses opens somebody's résumé.
_LINK = re.compile(r"(/resume/s/)[^/\s]+")
# PostgreSQL quotes the row that broke a rule: names, numbers, letters of people.
_ROW = re.compile(r"(?:\n|\\n)\s*(?:DETAIL|CONTEXT|QUERY):.*")


class WithoutRows(logging.Formatter):
    """Keeps secret links, and what the database quotes of people's rows, out of the log."""

    def format(self, record: logging.LogRecord) -> str:
        return _LINK.sub(r"\1…", _ROW.sub("", super().format(record)))
