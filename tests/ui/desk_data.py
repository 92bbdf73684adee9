"""A morning's worklist for pictures and tests: rows, columns and figures as a desk shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.formats import (
    EN_DASH,
    distance,
    duration,
    emissions,
    emissions_level,
    kilograms,
    number,
    order_number,
    whole_money,
)
from app.i18n import language
from app.ui.icons import Icon
from app.ui.widgets.kpi_bar import Kpi
from app.ui.widgets.looks import (
    Align,
    Badge,
    Blank,
    Look,
    Mark,
    Meter,
    Run,
    TourChip,
    Words,
    figure,
    words,
)
from app.ui.widgets.rows import Column


def say(english: str, french: str) -> str:
    """A text of the picture alone, in the language of the program."""
    return french if language() == "fr" else english


@dataclass(frozen=True, slots=True)
class WorkRow:
    """An order that waits for its stock node."""

    code: str
    kind: str  # sure, close, none, split
    client: str
    postcode: str
    town: str
    mode: str
    parcels: int
    weight_g: int
    promised: str
    left_min: int
    node: str
    node_name: str
    margin: int
    by: str  # T6, or a carrier


_KINDS = {
    "sure": (Icon.SURE, "text2"),
    "close": (Icon.CLOSE_CALL, "warn"),
    "none": (Icon.NO_CANDIDATE, "danger"),
    "split": (Icon.SPLIT, "info"),
}
_MODES = {"home": Icon.HOME, "point": Icon.PICKUP_POINT, "collect": Icon.COLLECT}
_MORNING = """
480187|close|Bouchet, Inès|59100|Roubaix|home|2|11600|10:00–12:00|9|RBX|Roubaix|3|T6
480191|sure|SARL Atelier Nord|59000|Lille|home|2|12000|10:00–12:00|14|LIC|Lille Centre|24|T7
480196|sure|Lefebvre, Marc|59200|Tourcoing|point|1|3200|>12:00|21|TCG|Tourcoing|18|Deûle Express
480198|none|Diallo, Aminata|59150|Wattrelos|home|1|6400|10:00–13:00|26||4/4|0|
480204|sure|Vandamme, Luc|59280|Armentières|home|3|21500|11:00–13:00|33|ARM|Armentières|31|T3
480213|sure|Delattre, Claire|59130|Lambersart|home|3|8400|14:00–16:00|46|LAM|Lambersart|11|T4
480215|sure|Petit, Olivier|59170|Croix|home|1|2100|12:00–14:00|52|RBX|Roubaix|22|Vélo Lys
480218|sure|Okafor, Grace|59650|Villeneuve-d'Ascq|home|\
    2|14800|12:00–14:00|58|VDA|Villeneuve-d'Ascq|27|T1
480222|close|Caron, Juliette|59120|Loos|home|1|64000|12:00–16:00|64|LES|Lesquin|4|T9
480223|sure|Morel, Théo|59800|Lille|collect|1|1300|>14:00|71|LIC|Lille Centre|40|Retrait
480227|sure|Dupuis, Hélène|59113|Seclin|home|1|17900|12:00–14:00|78|SEC|Seclin|29|T5
480231|split|Mairie de Quesnoy|59890|Quesnoy-sur-Deûle|home|\
    6|92400|14:00–17:00|85|ARM+LAM|2 expéditions|6|T4
480233|sure|Garcia, Paul|59250|Halluin|home|1|4700|13:00–16:00|93|TCG|Tourcoing|15|Deûle Express
480236|sure|Lambert, Sofia|59700|Marcq-en-Barœul|home|\
    2|9800|14:00–16:00|102|LAM|Lambersart|13|T4
480240|sure|Haddou, Yanis|59790|Ronchin|home|1|5500|15:00–18:00|110|LES|Lesquin|20|Vélo Lys
480242|sure|Wolff, Caroline|59910|Bondues|home|3|26300|14:00–18:00|118|TCG|Tourcoing|17|T8
480245|sure|Blondel, Émile|59320|Haubourdin|point|1|2800|>16:00|127|ENG|Englos|21|Nordfret
480249|none|Fontaine, Nadia|59510|Hem|home|2|12200|15:00–17:00|136||0|0|
480251|close|Deroo, Antoine|59560|Comines|home|1|7100|14:00–18:00|141|LES|Lesquin|5|Nordfret
480254|sure|Clinique du Parc|59350|Saint-André-lez-Lille|home|\
    5|41700|15:00–17:00|155|LAM|Lambersart|26|T4
480257|sure|Roussel, Zoé|59000|Lille|collect|2|3900|>17:00|168|LIC|Lille Centre|33|Retrait
480260|sure|Leroy, Fabien|59139|Wattignies|home|\
    1|33000|16:00–18:00|174|LES|Lesquin|19|Deûle Express
480263|sure|Meunier, Agathe|59840|Pérenchies|home|\
    2|10500|16:00–18:00|182|ARM|Armentières|14|Deûle Express
"""


def morning() -> list[WorkRow]:
    """The 23 orders to source at 09:42."""
    lines = _MORNING.strip().splitlines()
    return [_row([cell.strip() for cell in line.split("|")]) for line in lines]


def _row(cells: Sequence[str]) -> WorkRow:
    code, kind, client, postcode, town, mode, parcels, weight, promised, left, node, name, *rest = (
        cells
    )
    return WorkRow(
        code=code,
        kind=kind,
        client=client,
        postcode=postcode,
        town=town,
        mode=mode,
        parcels=int(parcels),
        weight_g=int(weight),
        promised=promised,
        left_min=int(left),
        node=node,
        node_name=name,
        margin=int(rest[0]),
        by=rest[1],
    )


def columns() -> list[Column[WorkRow]]:
    """The worklist's columns; what gives way first has the lowest `leaves`."""
    return [
        Column(
            name="kind",
            title="",
            hint="Suggestion",
            text=lambda row: row.kind,
            look=lambda row: Mark(*_KINDS[row.kind]),
            align=Align.CENTRE,
            width=26,
        ),
        Column(
            name="order",
            title=say("Order", "Commande"),
            text=lambda row: order_number(row.code),
            look=lambda row: words(order_number(row.code), strong=True),
            width=70,
        ),
        Column(
            name="client",
            title=say("Client", "Client"),
            text=lambda row: row.client,
            width=118,
            least=104,
            grows=True,
        ),
        Column(
            name="town",
            title=say("Town", "Commune"),
            text=lambda row: f"{row.postcode} {row.town}",
            look=lambda row: Words((Run(row.postcode, "text2", drops=True), Run(row.town))),
            sort=lambda row: row.town,
            width=158,
            least=96,
            grows=True,
        ),
        Column(
            name="mode",
            title="",
            hint=say("Mode", "Mode"),
            text=lambda row: row.mode,
            look=lambda row: Mark(_MODES[row.mode]),
            align=Align.CENTRE,
            width=28,
            leaves=2,
        ),
        Column(
            name="parcels",
            title=say("Parcels", "Colis"),
            text=lambda row: number(row.parcels),
            sort=lambda row: row.parcels,
            align=Align.RIGHT,
            width=44,
            leaves=1,
        ),
        Column(
            name="weight",
            title="kg",
            hint=say("Weight", "Poids"),
            text=lambda row: kilograms(row.weight_g),
            sort=lambda row: row.weight_g,
            align=Align.RIGHT,
            width=46,
            leaves=2,
        ),
        Column(
            name="promised",
            title=say("Promised", "Promis"),
            text=_promised,
            width=92,
        ),
        Column(
            name="left",
            title=say("Left", "Reste"),
            hint=say("Time left to decide", "Temps restant pour décider"),
            text=lambda row: duration(row.left_min * 60),
            look=_left,
            sort=lambda row: row.left_min,
            align=Align.RIGHT,
            width=64,
        ),
        Column(
            name="suggestion",
            title=say("Suggestion", "Suggestion"),
            short_title=say("Node", "Point"),
            text=lambda row: f"{row.node} {row.node_name}",
            look=_suggestion,
            width=128,
            least=64,
        ),
        Column(
            name="margin",
            title=say("Margin", "Marge"),
            hint=say("Points ahead of the next", "Points d'avance sur le suivant"),
            text=lambda row: number(row.margin) if row.node else "",
            look=_margin,
            sort=lambda row: row.margin if row.node else None,
            width=68,
            leaves=3,
        ),
        Column(
            name="by",
            title=say("By", "Par"),
            text=lambda row: row.by,
            look=_by,
            width=92,
            least=84,
        ),
    ]


def _promised(row: WorkRow) -> str:
    if row.promised.startswith(">"):
        return say("from", "dès") + " " + row.promised[1:]
    return row.promised.replace("–", EN_DASH)


def _left(row: WorkRow) -> Words:
    text = duration(row.left_min * 60)
    if row.left_min < 15:
        return figure(text, "danger", strong=True)
    return figure(text, "warn" if row.left_min < 60 else "text2")


def _suggestion(row: WorkRow) -> Look:
    if not row.node:
        text = say("No candidate: 4 of 4 fenced out", "Aucun candidat : 4 éliminés sur 4")
        return Words((Run(text, "danger"),), spills=True)
    return Words((Run(row.node, strong=True, width=30), Run(row.node_name, "text2", drops=True)))


def _margin(row: WorkRow) -> Look:
    if not row.node:
        return Blank()
    close = row.margin < 10
    fill, tone = ("warn_solid", "warn") if close else ("text3", "text2")
    return Meter(row.margin / 40, number(row.margin), fill, tone)


def _by(row: WorkRow) -> Look:
    if row.by.startswith("T"):
        return TourChip(int(row.by[1:]))
    return words(row.by, "text2", small=True) if row.by else Blank()


def kpis() -> list[Kpi]:
    """The day in figures."""
    return [
        Kpi(name="orders", label=say("Orders", "Commandes"), value="182"),
        Kpi(name="to_source", label=say("To source", "À affecter"), value="23"),
        Kpi(
            name="offers",
            label=say("Offers", "Propositions"),
            value="6",
            badge=Badge("2 < 5 min", "warn"),
        ),
        Kpi(
            name="unplanned",
            label=say("Unplanned", "Non planifiées"),
            value="4",
            badge=Badge(say("1 impossible", "1 impossible"), "danger"),
            short_badge="1",
        ),
        Kpi(
            name="at_risk",
            label=say("At risk", "À risque"),
            value="7",
            badge=Badge(say("2 late", "2 en retard"), "danger"),
            short_badge="2",
        ),
        Kpi(
            name="tours",
            label=say("Tours", "Tournées"),
            value="9",
            comparison=say("2 drafts", "2 brouillons"),
        ),
        Kpi(
            name="distance",
            label=say("Distance", "Distance"),
            value=distance(332_300),
            short_value="332\u00a0km",
            comparison=say("3.4 / stop", "3,4 / arrêt"),
            filters=False,
        ),
        Kpi(
            name="duration",
            label=say("Duration", "Durée"),
            value=duration(41 * 3600 + 25 * 60),
            comparison=say("driving 10 h 32", "conduite 10 h 32"),
            filters=False,
            joins=True,
        ),
        Kpi(
            name="cost",
            label=say("Cost", "Coût"),
            value=whole_money(131_951),
            comparison=say("13.33 / order", "13,33 / cde"),
            filters=False,
            joins=True,
        ),
        Kpi(
            name="emissions",
            label=say("Emissions", "Émissions"),
            value=emissions(100_100).removesuffix("\u00a0CO₂e"),
            short_value="100\u00a0kg",
            unit="CO₂e",
            comparison=f"· {emissions_level(1)}",
            filters=False,
        ),
    ]
