"""The day's promises at risk as data, and line by line."""

from typing import Any
from zoneinfo import ZoneInfo

from app import formats
from app.i18n import _
from app.operations.promise_risks import AtRisk, RiskRun
from app.operations.promising import option_document, option_in_words
from app.operations.sourcing_run import reason_document
from app.planning.promise.milestones import Milestone
from app.wording import sentence
from app.wording.promises import MILESTONES


def as_document(run: RiskRun) -> dict[str, Any]:
    """The risks as the JSON of the public interface."""
    return {
        "on": run.on.isoformat(),
        "at": run.at.astimezone(run.zone).isoformat(timespec="seconds"),
        "orders": [_risk_document(risk, run.zone) for risk in run.risks],
    }


def as_text(run: RiskRun) -> str:
    """The risks line by line, each with what would save it."""
    lines: list[str] = []
    for risk in run.risks:
        said = " ".join(sentence(reason) for reason in risk.reasons)
        lines.append(_("{title}: {text}").format(title=risk.order, text=said))
        lines += [f"    {milestone_in_words(each, run.zone)}" for each in risk.milestones]
        lines += [
            f"    {_('Saved by: {way}').format(way=option_in_words(option, run.zone))}"
            for option in risk.savers
        ]
    return "\n".join(lines) or _("No promise of that day is at risk.")


def milestone_in_words(milestone: Milestone, zone: ZoneInfo) -> str:
    """What has to be done, and by when."""
    at = formats.short_moment(milestone.by, zone)
    return _("{title}: {text}").format(title=_(MILESTONES[milestone.kind]), text=at)


def _risk_document(risk: AtRisk, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "order": risk.order,
        "due_at": risk.due_at.astimezone(zone).isoformat(timespec="seconds"),
        "reasons": [reason_document(reason) for reason in risk.reasons],
        "milestones": [
            {"kind": each.kind.value, "by": each.by.astimezone(zone).isoformat(timespec="seconds")}
            for each in risk.milestones
        ],
        "saved_by": [option_document(option, zone) for option in risk.savers],
    }
