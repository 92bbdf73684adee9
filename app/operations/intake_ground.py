"""What is known before a file is read: the policy's zone and money, codes, where places lie."""

from zoneinfo import ZoneInfo

from app.connectors.feeds.ground import Ground, Known
from app.domain.policy import Policy
from app.operations.locating import Locator
from app.workspace import Workspace
from db.queries.intake import known_codes


def ground_of(workspace: Workspace, policy: Policy, locator: Locator) -> Ground:
    """What rows are judged against: the policy's zone, country and currency, and what is known."""
    codes = workspace.read(known_codes)
    return Ground(
        ZoneInfo(policy.timezone),
        policy.country,
        policy.currency,
        Known(codes.zones, codes.skus, codes.carriers, codes.services),
        locator.locate,
    )
