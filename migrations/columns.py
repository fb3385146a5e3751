"""Column types as SQLModel makes them from plain annotations."""

from typing import Any

import sqlalchemy as sa
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime


def text(name: str, *more: Any, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, AutoString(), *more, nullable=nullable)


def moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, UTCDateTime(), nullable=nullable)


def number(name: str, *more: Any, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), *more, nullable=nullable)


def bytes_(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def day(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=False)


def flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def one_of(column: str, names: tuple[str, ...]) -> str:
    """A condition: the column holds one of these."""
    listed = ", ".join(f"'{name}'" for name in names)
    return f"{column} IN ({listed})"
