"""The day's export batches: which shipments went to whom, when, in which files."""

from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from app import formats
from app.i18n import N_
from app.ui.widgets.looks import Align, Run, Words
from app.ui.widgets.rows import Column
from db.queries.carriers import BatchNote


def batch_columns(
    zone: Callable[[], ZoneInfo], names: Callable[[], Mapping[str, str]]
) -> list[Column[BatchNote]]:
    """One line a batch, newest first."""

    def carrier(batch: BatchNote) -> str:
        return names().get(batch.carrier, "") or batch.carrier

    return [
        Column(
            name="reference",
            title=N_("Reference"),
            text=lambda batch: batch.reference,
            look=lambda batch: Words((Run(batch.reference, strong=True),)),
            width=96,
        ),
        Column(name="carrier", title=N_("Carrier"), text=carrier, width=130, grows=True),
        Column(
            name="shipments",
            title=N_("Shipments"),
            text=lambda batch: formats.number(batch.shipments),
            sort=lambda batch: batch.shipments,
            align=Align.RIGHT,
            width=76,
        ),
        Column(
            name="made",
            title=N_("Exported"),
            text=lambda batch: formats.short_moment(batch.created_at, zone()),
            sort=lambda batch: batch.created_at,
            align=Align.RIGHT,
            width=112,
            leaves=2,
        ),
        Column(
            name="by",
            title=N_("By"),
            text=lambda batch: batch.created_by,
            width=90,
            leaves=1,
        ),
        Column(
            name="files",
            title=N_("Files"),
            text=lambda batch: ", ".join(batch.files),
            look=lambda batch: Words((Run(_extensions(batch), "text2"),)),
            tooltip=lambda batch: "\n".join(batch.files),
            width=134,
        ),
    ]


def _extensions(batch: BatchNote) -> str:
    """Which kinds of file there are; their names are long."""
    return " · ".join(dict.fromkeys(name.rpartition(".")[2].upper() for name in batch.files))
