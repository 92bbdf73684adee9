"""Which Python may set up and start the program: refuses the others in words, then hands over.

Even Python 2 can read this file: everything else is in `prepare`, imported once the version fits.
"""

import sys

ACCEPTED = ((3, 11), (3, 12), (3, 13), (3, 14))

if sys.version_info[:2] not in ACCEPTED or sys.maxsize < 2**32:
    names = ", ".join("%d.%d" % version for version in ACCEPTED)  # noqa: UP031 - read by Python 2
    sys.stderr.write(
        "This is Python %d.%d%s; Regie needs a 64-bit Python %s.\n"  # noqa: UP031
        "Install one of these, then start again with it, for example: "
        "python3.%d packaging/bootstrap.py run\n"
        % (
            sys.version_info[0],
            sys.version_info[1],
            "" if sys.maxsize > 2**32 else " (32-bit)",
            names,
            ACCEPTED[0][1],
        )
    )
    sys.exit(4)

from prepare.commands import main  # noqa: E402 - only once the version is known to fit

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
