"""What agreed orders are weighed in when they may still move, read in one go."""

from collections.abc import Collection
from zoneinfo import ZoneInfo

from app.planning.sourcing.agreed import Agreed, Setting
from app.workspace import Workspace
from db.nodes import load_nodes, load_products
from db.offers import load_refusals
from db.orders import given_on
from db.panel import load_pickup_points
from db.stock import load_stock


def setting_for(
    workspace: Workspace, agreed: Collection[Agreed], more: Collection[str] = ()
) -> Setting:
    """Nodes, rules and the stock of all that these orders hold, and of more SKUs."""
    policy, now = workspace.policy(), workspace.now()
    zone = ZoneInfo(policy.timezone)
    skus = {line.sku for one in agreed for line in one.order.lines} | set(more)
    points = workspace.read(load_pickup_points)
    return Setting(
        tuple(workspace.read(load_nodes)),
        tuple(workspace.read(load_stock, skus)) if skus else (),
        workspace.read(load_products, skus) if skus else {},
        policy,
        now,
        zone,
        workspace.read(given_on, now.astimezone(zone).date(), zone),
        {point.code: point.point for point in points if point.active},
        workspace.read(load_refusals, {one.order.code for one in agreed}),
    )
