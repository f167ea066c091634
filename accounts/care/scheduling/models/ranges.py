"""What may not overlap, as ranges that the database compares."""

from __future__ import annotations

from django.db import models
from django.db.models import Func, Value
from django.db.models.functions import Cast

# One counselor as a range of one number: exclusion without an extension of the server.
ONE_COUNSELOR = Func(
    Cast("counselor_id", models.BigIntegerField()),
    Cast("counselor_id", models.BigIntegerField()),
    Value("[]"),
    function="int8range",
)
