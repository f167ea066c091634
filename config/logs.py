from __future__ import annotations

import logging
import re

# The rest of these addresses opens somebody's résumé.
_LINK = re.compile(r"(/resume/s/)[^/\s]+")
# Which case, which talk: a log says that it was a page of care, and no more.
_CARE = re.compile(r"(?<!accounts)(/care/)[^\s'\"]+")
# PostgreSQL quotes the row that broke a rule: names, numbers, letters of people.
_ROW = re.compile(r"(?:\n|\\n)\s*(?:DETAIL|CONTEXT|QUERY):.*")


class WithoutRows(logging.Formatter):
    """Keeps out of the log: secret links, addresses of care, rows that the database quotes."""

    def format(self, record: logging.LogRecord) -> str:
        text = _ROW.sub("", super().format(record))
        return _CARE.sub(r"\1…", _LINK.sub(r"\1…", text))
