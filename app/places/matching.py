"""Which of a postcode's towns is meant by a name as people write it."""

from collections.abc import Sequence

from app.places.names import TownAsWritten, without_article, words_of
from app.places.towns import Town

#: Shorter names are too alike for a guess.
_LETTERS_TO_GUESS = 4


def meant_town(written: TownAsWritten, towns: Sequence[Town]) -> Town | None:
    """The town that the name means: the same, the same but for an article, a part, a typing slip.

    `towns` come in the order of preference among equals.
    """
    if not written.key:
        return None
    return (
        _same(written, towns)
        or _same_but_article(written, towns)
        or _part(written, towns)
        or _slip(written, towns)
    )


def slips(one: str, other: str, limit: int) -> int:
    """How many letters were missed, added, changed or swapped; `limit` + 1 when more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        next_row = [i]
        for j, opposite in enumerate(other, start=1):
            cost = min(row[j] + 1, next_row[j - 1] + 1, row[j - 1] + (letter != opposite))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == opposite:
                cost = min(cost, before[j - 2] + 1)
            next_row.append(cost)
        if min(next_row) > limit:
            return limit + 1
        before, row = row, next_row
    return min(row[-1], limit + 1)


def _same(written: TownAsWritten, towns: Sequence[Town]) -> Town | None:
    return next((town for town in towns if town.key == written.key), None)


def _same_but_article(written: TownAsWritten, towns: Sequence[Town]) -> Town | None:
    bare = without_article(written.words)
    return next((t for t in towns if without_article(_words(t)) == bare), None)


def _part(written: TownAsWritten, towns: Sequence[Town]) -> Town | None:
    """`Saint-Denis La Plaine` means Saint-Denis; `Bourg` means Bourg-en-Bresse."""
    mine = without_article(written.words)
    best: tuple[int, Town] | None = None
    for town in towns:
        theirs = without_article(_words(town))
        shorter, longer = sorted((mine, theirs), key=len)
        contained = longer[: len(shorter)] == shorter or longer[-len(shorter) :] == shorter
        letters = sum(map(len, shorter))
        if contained and letters >= _LETTERS_TO_GUESS and (best is None or letters > best[0]):
            best = (letters, town)
    return best[1] if best else None


def _slip(written: TownAsWritten, towns: Sequence[Town]) -> Town | None:
    """The only town within the slips that a name of this length can hide."""
    if len(written.key) < _LETTERS_TO_GUESS:
        return None
    limit = 1 if len(written.key) <= 6 else 2 if len(written.key) <= 11 else 3
    counted = [(slips(written.key, town.key, limit), town) for town in towns]
    fewest = min((count for count, _ in counted), default=limit + 1)
    if fewest > limit:
        return None
    nearest = [town for count, town in counted if count == fewest]
    return nearest[0] if len({town.key for town in nearest}) == 1 else None


def _words(town: Town) -> tuple[str, ...]:
    return words_of(town.name) if town.kind != "arrondissement" else (town.key,)
