"""What was agreed: care plans, their phases, and who cleared a contraindication and why."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base
from models.clients import ClientRow
from models.errors import StoreError
from models.staff import ServiceRow
from models.types import by_value
from scheduler.facts import Condition, Frequency, PlanStatus, Priority


class CarePlanRow(Base):
    """A client's care plan. ``clearance_reason`` says why ``cleared_by`` let it pass screening."""

    __tablename__ = "care_plans"
    __table_args__ = (CheckConstraint("authorised_visits >= 0", name="authorised_visits"),)

    plan_id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey(ClientRow.client_id), index=True)
    condition: Mapped[Condition] = mapped_column(by_value(Condition))
    service_id: Mapped[str] = mapped_column(ForeignKey(ServiceRow.service_id))
    intake_service_id: Mapped[str | None] = mapped_column(ForeignKey(ServiceRow.service_id))
    techniques: Mapped[frozenset[str]]
    start_date: Mapped[date]
    priority: Mapped[Priority] = mapped_column(by_value(Priority))
    status: Mapped[PlanStatus] = mapped_column(by_value(PlanStatus))
    companion_service_id: Mapped[str | None] = mapped_column(ForeignKey(ServiceRow.service_id))
    authorised_visits: Mapped[int | None]
    authorised_until: Mapped[date | None]
    contraindications: Mapped[tuple[str, ...]]
    cleared_by: Mapped[str | None]
    cleared_on: Mapped[date | None]
    clearance_reason: Mapped[str | None]


class PhaseRow(Base):
    """One stretch of a care plan with one frequency; phases are numbered from 1."""

    __tablename__ = "care_plan_phases"
    __table_args__ = (
        CheckConstraint("phase >= 1", name="phase"),
        CheckConstraint("weeks >= 1", name="weeks"),
    )

    plan_id: Mapped[str] = mapped_column(ForeignKey(CarePlanRow.plan_id), primary_key=True)
    phase: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    frequency: Mapped[Frequency] = mapped_column(by_value(Frequency))
    weeks: Mapped[int]


def clear_plan(session: Session, plan_id: str, by: str, on: date, reason: str | None) -> None:
    """Record that ``by`` cleared the plan's contraindications; ``StoreError`` if there is none."""
    plan = _plan(session, plan_id)
    plan.cleared_by, plan.cleared_on, plan.clearance_reason = by, on, reason
    session.flush()


def clearance_reason(session: Session, plan_id: str) -> str | None:
    """Why the plan was cleared, if somebody said so; ``StoreError`` for an unknown plan."""
    return _plan(session, plan_id).clearance_reason


def _plan(session: Session, plan_id: str) -> CarePlanRow:
    plan = session.get(CarePlanRow, plan_id, populate_existing=True)
    if plan is None:
        raise StoreError(f"there is no care plan {plan_id}. Maybe look it up with its client?")
    return plan
