"""The command that tells rules in plain words, checks a file of them, and publishes it."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from app.cli.context import Answer, Call, Command
from app.cli.parsing import WrongUsage, an_instant
from app.domain.policy import Policy
from app.domain.rule_cover import idle_rules
from app.formats import short_moment
from app.i18n import _
from app.operations.policy import Coming, coming_policies, publish_from, rules_from
from app.wording.rules import idle_in_words, rule_in_words

_USAGE = "regie rules [FILE [--publish [--from INSTANT]]]"


def _rules(call: Call) -> Answer:
    options, workspace = call.options, call.workspace
    if options.file is None and options.publish:
        raise WrongUsage(_("--publish needs a file."), _("usage: ") + _USAGE)
    if options.since is not None and not options.publish:
        raise WrongUsage(_("--from goes with --publish."), _("usage: ") + _USAGE)
    if options.publish:
        policy = publish_from(workspace, options.file, starts=_local(call, options.since))
    elif options.file is not None:
        policy = rules_from(workspace, options.file)
    else:
        policy = workspace.policy()
    coming = coming_policies(workspace)
    return Answer(_document(call, policy, coming), _text(call, policy, coming))


def _local(call: Call, instant: datetime | None) -> datetime | None:
    """An instant without offset is meant by the workspace's clock."""
    if instant is None or instant.tzinfo is not None:
        return instant
    return instant.replace(tzinfo=call.workspace.zone)


def _document(call: Call, policy: Policy, coming: tuple[Coming, ...]) -> dict[str, Any]:
    zone = call.workspace.zone
    return {
        "version": policy.version,
        "label": policy.label,
        "rules": [
            {"name": rule.name, "label": rule.label, "text": rule_in_words(rule, policy.sourcing)}
            for rule in policy.sourcing.chain
        ],
        "idle": [
            {"name": rule.name, "covered_by": earlier.name}
            for rule, earlier in idle_rules(policy.sourcing.chain)
        ],
        "coming": [
            {
                "version": one.policy.version,
                "label": one.policy.label,
                "starts": one.starts.astimezone(zone).isoformat(timespec="seconds"),
            }
            for one in coming
        ],
    }


def _text(call: Call, policy: Policy, coming: tuple[Coming, ...]) -> str:
    lines = [_("{label}, version {version}").format(label=_(policy.label), version=policy.version)]
    for place, rule in enumerate(policy.sourcing.chain, start=1):
        lines.append(f"{place}. {_(rule.label) or rule.name}")
        lines.append(f"   {rule_in_words(rule, policy.sourcing)}")
    lines += [idle_in_words(*pair) for pair in idle_rules(policy.sourcing.chain)]
    for one in coming:
        told = _("From {moment}: {label}, version {version}")
        moment = short_moment(one.starts, call.workspace.zone)
        label = _(one.policy.label)
        lines.append(told.format(moment=moment, label=label, version=one.policy.version))
    return "\n".join(lines)


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help=_("a file of rules"))
    parser.add_argument("--publish", action="store_true", help=_("put the file in force"))
    parser.add_argument(
        "--from", dest="since", type=an_instant, metavar="INSTANT", help=_("from then on")
    )


RULES = {"rules": Command(_rules, _options)}
