"""Publish the retailer's rules, take them back, and read those in force."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from app.connectors.policy_file import read_policy, write_policy
from app.connectors.policy_nodes import refuse_unknown_nodes
from app.domain.acts.desk import PublishPolicy
from app.domain.journal import Settled
from app.domain.policy import Policy
from app.errors import BadFile, NothingToUndo, TooLate
from app.i18n import _
from app.wording.machine import words_of
from app.workspace import Workspace
from db.journal import entries
from db.nodes import load_nodes
from db.papers import load_policies, load_policy


@dataclass(frozen=True, slots=True)
class Coming:
    """Rules that are published and start later."""

    policy: Policy
    starts: datetime


def publish_policy(
    workspace: Workspace, text: str, file: str = "rules.toml", *, starts: datetime | None = None
) -> Policy:
    """Put a rules file in force under the next version, now or from an instant on.

    The same rules again change nothing, unless they are to start at a time of their own.

    Raises:
        BadPolicy: the text cannot be read as rules, or names a node that there is not; the last
            good ones stay in force.
        TooLate: they are to start in the past.
    """
    current, now = workspace.policy(), workspace.now()
    wanted = read_policy(text, file)
    refuse_unknown_nodes(wanted, text, file, workspace.read(load_nodes))
    if starts is not None and starts <= now:
        local = starts.astimezone(workspace.zone).isoformat(timespec="seconds")
        raise TooLate(local[:10], local)
    if starts is None and replace(wanted, version=current.version) == current:
        return current
    every = workspace.read(load_policies)
    if starts is None and any(one.starts is not None for one in every):
        starts = now
    last = max((one.policy.version for one in every), default=0)
    published = replace(wanted, version=last + 1)
    at = None if starts is None else starts.astimezone(workspace.zone)
    workspace.submit(PublishPolicy(published, text, at))
    return published


def coming_policies(workspace: Workspace) -> tuple[Coming, ...]:
    """The rules that start later than now, the next first."""
    now = workspace.now()
    coming = [
        Coming(one.policy, one.starts)
        for one in workspace.read(load_policies)
        if one.starts is not None and one.starts > now
    ]
    return tuple(sorted(coming, key=lambda one: (one.starts, one.policy.version)))


def rules_from(workspace: Workspace, file: Path) -> Policy:
    """The rules that a file holds; nothing is put in force.

    Raises:
        BadFile: it cannot be read, or is no text.
        BadPolicy: the text cannot be read as rules, or names a node that there is not.
    """
    text = _text_of(file)
    rules = read_policy(text, file.name)
    refuse_unknown_nodes(rules, text, file.name, workspace.read(load_nodes))
    return rules


def publish_from(workspace: Workspace, file: Path, *, starts: datetime | None = None) -> Policy:
    """Put the rules that a file holds in force, now or from an instant on.

    Raises:
        BadFile, BadPolicy, TooLate: they cannot be; the last good ones stay in force.
    """
    return publish_policy(workspace, _text_of(file), file.name, starts=starts)


def _text_of(file: Path) -> str:
    try:
        text = file.read_text("utf-8-sig")
    except OSError as error:
        raise BadFile(file.name, words_of(error)) from error
    except UnicodeDecodeError as error:
        raise BadFile(file.name, _("it is no text")) from error
    if not text.strip():
        # as TOML it would be every usual value: rather a file that was never written to its end
        raise BadFile(file.name, _("it is empty"))
    return text


def withdraw_policy(workspace: Workspace) -> Settled:
    """Take the latest rules back: those before them are in force again.

    Raises:
        NothingToUndo: no rules were published that could be taken back.
    """
    for entry in workspace.read(entries):
        if entry.kind == "publish_policy" and entry.undoable:
            return workspace.undo(entry.entry)
    raise NothingToUndo


def rules_text(workspace: Workspace) -> str:
    """The rules in force as the file they were published from, comments and all."""
    published = workspace.read(load_policy, workspace.now())
    if published is None:
        return write_policy(Policy())
    return _numbered(published.text, published.policy.version)


def _numbered(text: str, version: int) -> str:
    """The text with the version it was given when it was published, where it names one."""
    return re.sub(r"(?m)^version\s*=\s*[\d_]+", f"version = {version}", text, count=1)
