"""How many people applied, as four steps: few is worth a little, many nothing."""

from __future__ import annotations

# Below the first: 1; below the second: 2; from there on: 3. Nobody at all is 0.
STEPS = (3, 10)


def interest_step(applications: int) -> int:
    if applications <= 0:
        return 0
    return 1 + sum(applications >= step for step in STEPS)
