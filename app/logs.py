"""Where the program writes what went wrong: a rotating file in the workspace, without names."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def log_to(folder: Path) -> None:
    """Write warnings and errors of this run into `regie.log` of the workspace."""
    handler = RotatingFileHandler(
        folder / "regie.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True
    )
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter(FORMAT))
    logging.getLogger().addHandler(handler)
