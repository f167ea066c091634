from __future__ import annotations

from dataclasses import dataclass

from jobs.matching.models import MatchRun


@dataclass(frozen=True, slots=True)
class RunRow:
    run: MatchRun

    @property
    def handled(self) -> int:
        return self.run.done + self.run.failed

    @property
    def total(self) -> int:
        """Some become due while it runs."""
        return max(self.run.total, self.handled)

    @property
    def per_minute(self) -> int:
        """Lists a minute, up to when something was last stored."""
        end = self.run.finished_at or self.run.moved_at
        seconds = (end - self.run.started_at).total_seconds()
        return round(60 * self.handled / max(seconds, 1))
