from __future__ import annotations


class FeedError(Exception):
    """Something that was not done; `code` names the sentence (jobs.feeds.texts)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
