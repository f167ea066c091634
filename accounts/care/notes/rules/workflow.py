from __future__ import annotations

from accounts.lib.workflow import Workflow, transition

AUTHOR, SUPERVISOR, PERSON, COUNSELOR = "author", "supervisor", "person", "counselor"

# A signed note never goes back: a change is written beside it and signed as a new version.
NOTE = Workflow(
    "session note",
    initial="draft",
    terminal=frozenset({"gone"}),
    rows=(
        transition("sign", ["draft"], "signed", AUTHOR),
        transition("discard", ["draft"], "gone", AUTHOR),
        transition("change", ["signed"], "amending", AUTHOR),
        transition("sign", ["amending"], "signed", AUTHOR, needs_reason=True),
        transition("discard", ["amending"], "signed", AUTHOR),
    ),
)
REVIEW = Workflow(
    "supervision review",
    initial="waiting",
    terminal=frozenset({"done"}),
    rows=(
        transition(
            "open", ["waiting", "opened"], "opened", SUPERVISOR, needs_reason=True
        ),
        transition("decide", ["opened"], "done", SUPERVISOR),
    ),
)
SUMMARY = Workflow(
    "summary for the person",
    initial="asked",
    terminal=frozenset({"given", "withdrawn"}),
    rows=(
        transition("give", ["asked"], "given", COUNSELOR),
        transition("withdraw", ["asked"], "withdrawn", PERSON),
    ),
)
