"""What is said about limits that would have to give way for an order left out of the tours."""

from collections.abc import Callable

from app import formats
from app.domain.reasons import Reason
from app.i18n import N_, _, n_

SENTENCES: dict[str, str] = {
    "remedy_none": N_("Even two limits that gave way would not do: no vehicle of its node can."),
    "flip_tour_price": N_(
        "{vehicle} would take it, as stop {position}, if that cost {less_cents} less."
    ),
    "flip_tour_wins": N_(
        "{vehicle} takes it for {less_cents} less, as stop {position}: re-optimise gently."
    ),
    "flip_time_window": N_(
        "It would come at another hour if its window closed {sooner_s} sooner, at {to_at}."
    ),
    "flip_time_price": N_(
        "It would come at {start_at}, as stop {position}, if that cost {less_cents} less."
    ),
    "flip_time_wins": N_(
        "At {start_at}, as stop {position}, it costs {less_cents} less: re-optimise gently."
    ),
}

_CONDITIONS = {
    "give_lock": N_("what was laid down for it is lifted"),
    "give_skill": N_("it is equipped for it: {skill}"),
    "give_zone": N_("it may stop there at any hour"),
    "give_break": N_("its driver goes without the break"),
    "give_weight_g": N_("it carries {amount} more"),
    "give_volume_ml": N_("it holds {amount} more"),
    "give_ready_s": N_("the goods are ready {amount} sooner"),
    "give_earlier_s": N_("the window opens {amount} earlier"),
    "give_later_s": N_("the window closes {amount} later"),
    "give_start_s": N_("its shift starts {amount} earlier"),
    "give_end_s": N_("its shift ends {amount} later"),
    "give_work_s": N_("its driver works {amount} longer"),
    "give_distance_m": N_("it may cover {amount} more"),
}


def _conditions(reason: Reason) -> str:
    """What would have to give way."""
    from app.wording import shown  # the words of one fact

    conditions = []
    for name, value in reason:
        if name == "give_parcels":
            text = n_("it takes {amount} parcel more", "it takes {amount} parcels more", int(value))
            conditions.append(text.format(amount=formats.number(int(value))))
        elif name in _CONDITIONS:
            skill = shown("skill", reason["skill"]) if name == "give_skill" else ""
            said = _(_CONDITIONS[name])
            conditions.append(said.format(amount=shown(name, value), skill=skill))
    return _(" and ").join(conditions)


def _remedy(reason: Reason) -> str:
    """The vehicle, what would have to give way, and the price of it."""
    both = _conditions(reason)
    price = _priced(int(reason["added_cents"]))
    vehicle = str(reason["vehicle"])
    if not both:
        return _("{vehicle} can take it as things are: {price}.").format(
            vehicle=vehicle, price=price
        )
    return _("{vehicle} can take it if {conditions}: {price}.").format(
        vehicle=vehicle, conditions=both, price=price
    )


def _displaces(reason: Reason) -> str:
    """Who gives way to whom, what becomes of it, and the price of it all."""
    facts = dict(reason.facts)
    text = _("{vehicle} can take it in the place of {other}, which goes to a carrier: {price}.")
    if "onto" in facts:
        text = _("{vehicle} can take it in the place of {other}, which {onto} takes: {price}.")
    return text.format(
        vehicle=facts["vehicle"],
        other=formats.order_number(str(facts["other"])),
        onto=facts.get("onto", ""),
        price=_priced(int(facts["added_cents"])),
    )


def _flip_limit(reason: Reason) -> str:
    """The vehicle that would win, and the limit that keeps it from that."""
    text = _("{vehicle} would take it for {price} less if {conditions}.")
    price = formats.money(int(reason["less_cents"]))
    return text.format(vehicle=reason["vehicle"], price=price, conditions=_conditions(reason))


def _priced(cents: int) -> str:
    """What it costs more; a tour may even become cheaper."""
    return formats.change(formats.money, cents)


#: Reasons whose sentence lists as much as there is.
COMPOSED: dict[str, Callable[[Reason], str]] = {
    "tour_remedy": _remedy,
    "flip_tour_limit": _flip_limit,
    "tour_displaces": _displaces,
    "tour_displaces_to_carrier": _displaces,
}
