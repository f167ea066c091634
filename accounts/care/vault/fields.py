from __future__ import annotations

from typing import Any

from django.db import models


class SealedField(models.TextField):  # type: ignore[type-arg]
    """Something that only a person's own key opens; rows hold the sealed token.

    It is read and written through `vault.keys`, so that no plain text lies on a row.
    Every model with such a field has a `subject`: whose key it is.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)
