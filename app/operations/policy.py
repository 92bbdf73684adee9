"""Publish the retailer's rules, take them back, and read those in force."""

import re
from dataclasses import replace
from pathlib import Path

from app.connectors.policy_file import read_policy, write_policy
from app.domain.journal import PublishPolicy, Settled
from app.domain.policy import Policy
from app.errors import BadFile, NothingToUndo
from app.i18n import _
from app.wording.machine import words_of
from app.workspace import Workspace
from db.journal import entries
from db.papers import load_policy


def publish_policy(workspace: Workspace, text: str, file: str = "rules.toml") -> Policy:
    """Put a rules file in force under the next version; the same rules again change nothing.

    Raises:
        BadPolicy: the text cannot be read as rules; the last good ones stay in force.
    """
    current = workspace.policy()
    wanted = replace(read_policy(text, file), version=current.version)
    if wanted == current:
        return current
    published = replace(wanted, version=current.version + 1)
    workspace.submit(PublishPolicy(published, text))
    return published


def rules_from(file: Path) -> Policy:
    """The rules that a file holds; nothing is put in force.

    Raises:
        BadFile: it cannot be read, or is no text.
        BadPolicy: the text cannot be read as rules.
    """
    try:
        text = file.read_text("utf-8-sig")
    except OSError as error:
        raise BadFile(file.name, words_of(error)) from error
    except UnicodeDecodeError as error:
        raise BadFile(file.name, _("it is no text")) from error
    return read_policy(text, file.name)


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
    published = workspace.read(load_policy)
    if published is None:
        return write_policy(Policy())
    return _numbered(published.text, published.policy.version)


def _numbered(text: str, version: int) -> str:
    """The text with the version it was given when it was published, where it names one."""
    return re.sub(r"(?m)^version\s*=\s*[\d_]+", f"version = {version}", text, count=1)
