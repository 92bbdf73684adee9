"""Where words go: the one answer on standard output, everything else on standard error."""

import json
import os
import sys
from collections.abc import Mapping

from app.domain.reasons import Reason
from app.wording import sentence


def answer_with(answer: Mapping[str, object] | str) -> None:
    """Put the answer on standard output: a document as JSON, or words."""
    text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    try:
        print(text, flush=True)  # noqa: T201
    except BrokenPipeError:
        # whoever read us has gone, as `| head` does: the flush at the end must not complain either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def speak(text: str) -> None:
    """Say something beside the answer: on standard error."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def trouble_document(reason: Reason) -> dict[str, object]:
    """Why something did not go, as data: its facts beside code and text, which stay theirs."""
    told = {"code": reason.code, "text": sentence(reason)}
    return {**told, **{name: value for name, value in reason if name not in told}}
