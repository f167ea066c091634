"""Helper processes for work that one processor core is too slow for."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
# Enough to keep the helpers busy, little enough to bound memory.
_AHEAD = 2


def helper_count(most: int = 4) -> int:
    """One a core: the caller itself mostly waits for its helpers and the database."""
    return min(most, os.cpu_count() or 1)


def map_in_order(
    work: Callable[[Task], Result], tasks: Iterable[Task], *, processes: int
) -> Iterator[Result]:
    """Results in the order of the tasks; without processes the caller does the work.

    Tasks are drawn only a few ahead, so an endless iterable is fine. `work` must be a
    module's function and may not touch the database.
    """
    if processes < 1:
        yield from map(work, tasks)
        return
    pool = ProcessPoolExecutor(
        processes,
        # Spawned, not forked: a fork would share the database connection.
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start,
    )
    try:
        waiting: deque[Future[Result]] = deque()
        for task in tasks:
            waiting.append(pool.submit(work, task))
            if len(waiting) > processes * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _start() -> None:
    import django

    # Ctrl-C goes to the whole terminal; the caller ends its helpers itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_caller, daemon=True).start()
    django.setup()
    # What was loaded stays; what a row leaves behind is small and seldom a cycle.
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def _end_with_the_caller() -> None:
    """A caller that was killed cannot end its helpers; they would wait for ever."""
    caller = multiprocessing.parent_process()
    if caller is not None:
        caller.join()
        os._exit(1)
