"""Every command by its name, in the order of the day."""

from app.cli.context import Command
from app.cli.day import DAY
from app.cli.intake import INTAKE
from app.cli.keeping import KEEPING

COMMANDS: dict[str, Command] = {**INTAKE, **DAY, **KEEPING}
