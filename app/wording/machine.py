"""What the machine says no with, in the language in use: its own words are English."""

import errno

from app.domain.reasons import Reason, because
from app.i18n import N_, _

SENTENCES: dict[str, str] = {
    "os_problem": N_("{name}: {problem}. Check the path, its rights and the free space."),
}

_WORDS = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.ENOTDIR: N_("a part of the path is not a folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.EEXIST: N_("something of that name is in the way"),
    errno.EACCES: N_("access is denied"),
    errno.EPERM: N_("access is denied"),
    errno.EROFS: N_("the disk is read-only"),
    errno.ENOSPC: N_("the disk is full"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EIO: N_("the disk does not answer"),
}


def words_of(error: OSError) -> str:
    """What went wrong, in a few words; the machine's own where we have none."""
    known = _WORDS.get(error.errno or 0)
    return _(known) if known else error.strerror or str(error)


def os_problem(error: OSError) -> Reason:
    """The error as a reason: where, and what."""
    return because("os_problem", name=str(error.filename or ""), problem=words_of(error))
