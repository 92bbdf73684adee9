"""Every command by its name, in the order of the day."""

from app.cli.context import Command
from app.cli.keeping import KEEPING

COMMANDS: dict[str, Command] = {**KEEPING}
