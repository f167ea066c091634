from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.discreet.rules.lock import IDLE_CHOICES, MOST_WRONG
from accounts.identity.models import User
from accounts.lib.crypto import EncryptedTextField


class Pin(models.Model):
    """Four to six digits that a person types when they come back to the site.

    The hash is encrypted as well: so few digits are soon guessed from a hash alone.
    """

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    secret = EncryptedTextField()
    idle_minutes = models.PositiveSmallIntegerField()
    # Counted here, under the row's lock: many tries at once are still five.
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("PIN")
        verbose_name_plural = _("PINs")
        constraints = [
            models.CheckConstraint(
                condition=Q(idle_minutes__in=IDLE_CHOICES), name="pin_idle_known"
            ),
            models.CheckConstraint(
                condition=Q(wrong_tries__lte=MOST_WRONG), name="pin_tries_limited"
            ),
        ]

    def __str__(self) -> str:
        return f"PIN of {self.user_id}"
