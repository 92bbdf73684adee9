"""Take in rules.toml: the retailer's policy, as a new version when it says something new."""

from dataclasses import dataclass, replace
from pathlib import Path

from app.connectors.feeds.faults import Unreadable
from app.connectors.policy_file import read_policy
from app.domain.policy import Policy
from app.errors import BadPolicy, EnvironmentProblem
from app.operations.intake_files import RULES
from app.operations.intake_report import FileReport
from app.operations.policy import publish_policy
from app.wording.machine import words_of
from app.workspace import Workspace

MOST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class RulesRead:
    """A rules file that was understood."""

    path: Path
    text: str
    policy: Policy


def read_rules(path: Path) -> RulesRead:
    """The policy of a file.

    Raises:
        Unreadable: it is no text, or says something that cannot be, at a line and field.
    """
    text = text_of(path)
    try:
        return RulesRead(path, text, read_policy(text, path.name))
    except BadPolicy as bad:
        raise Unreadable("bad_rules", line=bad.line, column=bad.field, detail=bad.detail) from bad


def publish_rules(workspace: Workspace, rules: RulesRead, *, dry_run: bool) -> FileReport:
    """Publish the next version, unless it says the same as the one in force."""
    now = workspace.policy()
    report = FileReport(rules.path.name, RULES, rows=1)
    if replace(rules.policy, version=now.version) == now:
        return replace(report, unchanged=1)
    if not dry_run:
        publish_policy(workspace, rules.text, rules.path.name)
    return replace(report, updated=1) if now.version else replace(report, accepted=1)


def text_of(path: Path) -> str:
    """A small text file as a whole.

    Raises:
        Unreadable: it is not there, too large, or no UTF-8.
        EnvironmentProblem: the machine does not let it be read.
    """
    if not path.is_file():
        raise Unreadable("not_a_file", file=path.name)
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise EnvironmentProblem(
            "unreadable_file", file=path.name, detail=words_of(error)
        ) from error
    if len(content) > MOST_BYTES:
        raise Unreadable("file_too_large", file=path.name, limit_mb=MOST_BYTES >> 20)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("unknown_encoding", file=path.name) from error
