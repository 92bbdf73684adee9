"""What a search of the worklist finds: numbers, clients, streets, towns, goods, nodes."""

import unicodedata

from app.domain.orders import Order


def plain(text: str) -> str:
    """The text without accents, case and double spaces; narrow spaces within numbers go too."""
    lowered = text.replace("\u202f", "").casefold()
    if not lowered.isascii():
        apart = unicodedata.normalize("NFKD", lowered)
        lowered = "".join(char for char in apart if not unicodedata.combining(char))
    return " ".join(lowered.split())


def words_of(order: Order, *more: str) -> str:
    """All by which an order is found, in the form that `finds` compares."""
    address = order.address
    parts = (
        order.code,
        order.customer,
        address.street,
        address.postcode,
        address.town,
        order.phone.replace(" ", ""),
        order.email,
        order.pickup_point,
        *(line.sku for line in order.lines),
        *more,
    )
    return plain(" | ".join(part for part in parts if part))


def finds(query: str, words: str) -> bool:
    """Whether every word of a plain query is there; digits with gaps between are one number."""
    joined = query.replace(" ", "")
    if joined.isdigit():
        return joined in words
    return all(word in words for word in query.split())
