"""The local knowledge book: what people know of clients, streets and drivers."""
