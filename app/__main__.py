"""Which front end to start; imports nothing heavy, because spawn imports it again."""

import multiprocessing
import sys


def main() -> int:
    """Run Régie; the exit status is that of the command line."""
    multiprocessing.freeze_support()
    from app.cli import run
    from app.jobs import tune_interpreter

    tune_interpreter()
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
