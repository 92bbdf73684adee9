"""Reasons and refusals as sentences: the one place where codes become words."""

from app.domain.reasons import Fact, Reason
from app.formats import fact
from app.i18n import _
from app.wording import carriage, common, intake, sourcing, tours

SENTENCES: dict[str, str] = {
    **common.SENTENCES,
    **intake.SENTENCES,
    **sourcing.SENTENCES,
    **tours.SENTENCES,
    **carriage.SENTENCES,
}


def sentence(reason: Reason) -> str:
    """The reason in the language in use; facts are formatted by the unit their names end in."""
    template = SENTENCES.get(reason.code)
    if template is None:
        return _unknown(reason)
    return _(template).format_map({name: _shown(name, value) for name, value in reason})


def _shown(name: str, value: Fact) -> str:
    return fact(name, value)


def _unknown(reason: Reason) -> str:
    facts = ", ".join(f"{name} {value}" for name, value in reason)
    return f"{reason.code} ({facts})" if facts else reason.code
