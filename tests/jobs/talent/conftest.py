from __future__ import annotations

from tests.jobs.applications.clock import noon, set_clock

__all__ = ["noon", "set_clock"]
