"""What is known before a file is read: the policy's zone and money, codes, where places lie."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from app.connectors.feeds.faults import Unreadable
from app.connectors.feeds.ground import Ground, Known
from app.connectors.feeds.pipeline import read_feed
from app.connectors.feeds.tables.source import LIMITS, Limits
from app.domain.policy import Policy
from app.operations.intake_files import Job
from app.operations.locating import Locator
from app.ports import Geocoder, Stop, never
from app.workspace import Workspace
from db.queries.intake import known_codes

#: The kinds of file whose codes other files refer to.
REFERRED_TO = frozenset({"nodes", "products", "carriers", "services"})


def ground_of(
    workspace: Workspace, policy: Policy, locator: Locator, known: Known | None = None
) -> Ground:
    """What rows are judged against: the policy's zone, country and currency, and what is known."""
    return Ground(
        ZoneInfo(policy.timezone),
        policy.country,
        policy.currency,
        known or _known(workspace),
        locator.locate,
    )


def known_with(
    workspace: Workspace,
    jobs: Iterable[Job],
    *,
    gazetteer: Geocoder | None = None,
    limits: Limits = LIMITS,
    stop: Stop = never,
) -> Known:
    """What will be known once these files are in; one that cannot be read adds nothing.

    Raises:
        Stopped: a person went on to something else.
        EnvironmentProblem: the machine does not let a file be read.
    """
    with Locator(workspace, gazetteer=gazetteer, stop=stop) as locator:
        ground = ground_of(workspace, workspace.policy(), locator)
        for job in jobs:
            if job.kind is None or job.kind.name not in REFERRED_TO:
                continue
            try:
                read = read_feed(
                    job.path, job.kind, ground, mapping=job.mapping, limits=limits, stop=stop
                )
            except Unreadable:
                continue
            ground = ground.with_values(read.values)
    return ground.known


def _known(workspace: Workspace) -> Known:
    codes = workspace.read(known_codes)
    return Known(codes.zones, codes.skus, codes.carriers, codes.services)
