"""kombu's SQLAlchemy transport, made fit for a site that goes on for months."""

from __future__ import annotations

from amqp.exceptions import RecoverableConnectionError
from kombu.transport import sqlalchemy
from sqlalchemy import exc, text


class Transport(sqlalchemy.Transport):
    """Takes the place of the original by the alias in `config/broker.py`."""

    # The original looks once a second, and hands its own option for that on to
    # create_engine, which refuses it.
    polling_interval = 0.2
    # The original knows one of the errors that a restarted server leads to; after the
    # others beat and worker would never connect again.
    connection_errors: tuple[type[Exception], ...] = (  # type: ignore[assignment]
        RecoverableConnectionError,
        exc.InterfaceError,
        exc.OperationalError,
        exc.PendingRollbackError,
    )

    def establish_connection(self) -> Transport:
        """Really reach the server, so that a lost one is tried for with pauses."""
        super().establish_connection()  # type: ignore[no-untyped-call]
        session = self._avail_channels[-1].session
        try:
            session.execute(text("SELECT 1"))
            session.commit()
        except exc.OperationalError:
            self._avail_channels.pop()
            raise
        return self


def forget_connections() -> None:
    """In a worker's fresh child: leave the parent's open connections alone."""
    for engine, _session in sqlalchemy.Channel._engines.values():
        engine.dispose(close=False)


def close_connections() -> None:
    for engine, _session in sqlalchemy.Channel._engines.values():
        engine.dispose()
