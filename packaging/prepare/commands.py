"""Which command was asked of set-up, and how every trouble ends in a sentence."""

import sys
from collections.abc import Sequence

from prepare.application import start, warn_about_root
from prepare.checks import check_everything
from prepare.locks import lock
from prepare.machine import has_display
from prepare.running import complain, say
from prepare.steps import Purpose, make_ready
from prepare.troubles import ENVIRONMENT, SetUpStopped, explain_os_error

USAGE = """Usage: python3 packaging/bootstrap.py COMMAND

  setup          prepare everything and start nothing
  run            prepare, then show the demonstration day: in a window where there is a display,
                 else played through to its end, with a list of what it wrote
  run WORDS...   prepare, then give the words to Régie: run import FOLDER, run --help
  test WORDS...  prepare, then check style, layers, types, translations and tests;
                 words go to pytest: test tests/domain -x
  lock WORDS...  write the lock files anew; words go to uv: lock --upgrade-package alembic

What is already done is not done again. Exit status 4: this machine has to change, and how."""


def main(words: Sequence[str]) -> int:
    """Carry out one command; the exit status."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal of any charset
    try:
        return _carry_out(words)
    except SetUpStopped as trouble:
        complain(f"\n{trouble}")
        return ENVIRONMENT
    except OSError as error:
        complain(f"\n{explain_os_error(error)}")
        return ENVIRONMENT
    except KeyboardInterrupt:
        complain("\nStopped. Start again to go on from here.")
        return 130


def _carry_out(words: Sequence[str]) -> int:
    match words:
        case ["-h" | "--help", *_]:
            say(USAGE)
            return 0
        case ["setup"]:
            make_ready(Purpose(with_screen=has_display(), starts_qt=False))
            say("Régie is ready: python3 packaging/bootstrap.py run")
            return 0
        case ["run", *more]:
            make_ready(Purpose(with_screen=has_display(), starts_qt=True))
            warn_about_root()
            return start(_without_dashes(more))
        case ["test", *more]:
            make_ready(Purpose(with_screen=False, starts_qt=True, for_tests=True))
            return check_everything(_without_dashes(more))
        case ["lock", *more]:
            make_ready(Purpose(with_screen=False, starts_qt=False, for_tests=True))
            return lock(_without_dashes(more))
    complain(USAGE)
    return 2


def _without_dashes(words: Sequence[str]) -> Sequence[str]:
    return words[1:] if words[:1] == ["--"] else words
