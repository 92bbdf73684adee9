"""What the files of a batch are called: as the profile says, safe in every file system."""

import re
from datetime import datetime

from app.domain.bookings import CarrierProfile

_UNSAFE = re.compile(r"[^\w-]+")


def file_stem(
    profile: CarrierProfile, *, carrier: str, site: str, created_at: datetime, reference: str
) -> str:
    """The name without its extension; what a folder could misunderstand becomes a hyphen."""
    stem = profile.file_name.format(
        profile=profile.name,
        carrier=carrier,
        site=site,
        stamp=f"{created_at:%Y%m%dT%H%M%S}",
        reference=reference,
    )
    return _UNSAFE.sub("-", stem)


def file_names(stem: str, extensions: dict[str, str]) -> dict[str, str]:
    """A name for each format; formats with the same extension are told apart by their own name."""
    shared = {ext for ext in extensions.values() if list(extensions.values()).count(ext) > 1}
    return {
        name: f"{stem}_{name}.{ext}" if ext in shared else f"{stem}.{ext}"
        for name, ext in extensions.items()
    }
