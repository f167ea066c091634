"""What tests ask about processes and files that they started."""

from __future__ import annotations

import shutil
from pathlib import Path

from config import embedded, guard, postgres


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def processes_of(pid: int) -> list[int]:
    """The process and all its descendants."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            found += map(int, task.read_text().split())
    return found


def forget_database(var_dir: Path) -> None:
    """Stop what a test left running, and take root's folder outside var/ away."""
    embedded.stop(var_dir)
    data = embedded.data_dir(var_dir)
    guard.stop_server(data)
    shutil.rmtree(data, ignore_errors=True)
    if data.is_relative_to(postgres.ROOT_HOME):
        shutil.rmtree(data.parent, ignore_errors=True)
