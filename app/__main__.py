"""Which front end to start; imports nothing heavy, because spawn imports it again."""

import multiprocessing
import sys


def main() -> int:
    """Run Régie; the exit status is that of the command line."""
    multiprocessing.freeze_support()
    from app.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
