"""Which mapping a stranger's header suggests: names and their synonyms, in French and English."""

import re
import unicodedata
from collections.abc import Callable, Sequence, Set
from dataclasses import replace

from app.connectors.feeds.columns import Column, Kind
from app.connectors.feeds.faults import Misfit
from app.connectors.feeds.ground import Ground
from app.connectors.feeds.mappings.conversions import UNITS, can_convert
from app.connectors.feeds.mappings.dates import likely_form
from app.connectors.feeds.mappings.mapping import Fill, Mapping
from app.connectors.feeds.tables.tidy import tidy

#: Other names of our columns, in plain letters; where kinds differ, `kind.column` comes first.
SYNONYMS: dict[str, str] = {
    "account": "compte, numero client, account number, customer number",
    "active": "actif, ouvert, enabled, open",
    "also_from": "autre creneau debut, second creneau debut, creneau 2 debut, second window start",
    "also_to": "autre creneau fin, second creneau fin, creneau 2 fin, second window end",
    "amount": "montant, valeur, value",
    "amount_cents": "montant, prix, tarif, price, rate, amount",
    "areas": "secteurs, secteurs connus, zones connues, known areas",
    "as_of": "date stock, date inventaire, stock date, snapshot, au",
    "blocked": "bloque, stock bloque, blocked stock, quarantine, hs",
    "booking_format": "format, format edi",
    "break_from": "debut pause, pause de, break start",
    "break_minutes": "pause, duree pause, break, break duration",
    "break_to": "fin pause, pause a, break end",
    "capacity_kg": "charge utile, poids max, capacite poids, payload, max weight",
    "capacity_l": "volume, volume utile, capacite volume, max volume",
    "capacity_parcels": "colis, nb colis, capacite colis, parcels, max parcels",
    "carrier": "transporteur, code transporteur, carrier code",
    "carriers.code": "transporteur, code transporteur, carrier, carrier code, id",
    "co2e_g_per_km": "co2, emissions, g co2 km, co2 per km",
    "code": "code, id, identifiant, reference, ref",
    "collect_node": "magasin retrait, point retrait, magasin, store, pickup store, collect store",
    "comes_home": "retour depot, revient, returns, comes back",
    "cost_per_hour_cents": "cout horaire, cout heure, hourly cost, cost per hour",
    "cost_per_km_cents": "cout km, cout kilometrique, cost per km",
    "country": "pays, code pays, country code, delivery country, pays livraison",
    "critair": "crit air, vignette, vignette crit air",
    "currency": "devise, monnaie",
    "customer": "client, nom, nom client, destinataire, raison sociale, customer name, name, "
    "recipient, consignee, enseigne",
    "cutoff": "heure limite, cut off, cutoff time, limite",
    "days": "jours, jours de livraison, days of week",
    "department": "departement, dept, dep",
    "depot": "depot, site, agence, entrepot, node, base",
    "ean": "ean13, gtin, code barre, code barres, barcode, gencod",
    "email": "mail, courriel, e mail, adresse mail, email address",
    "end_latitude": "latitude fin, latitude arrivee, end lat",
    "end_longitude": "longitude fin, longitude arrivee, end lon, end lng",
    "fixed_cost_cents": "cout fixe, cout jour, fixed cost, daily cost",
    "floor": "etage, etages, storey",
    "from_excl": "de, poids min, min, from, min weight, tranche min",
    "fuel": "carburant, energie, motorisation, energy, fuel type",
    "gross_weight_kg": "ptac, ptra, poids total, gross vehicle weight, gvw, gvwr",
    "group": "groupe, livrer ensemble, together",
    "handling": "manutention, contrainte, contraintes, handling constraints",
    "height_mm": "hauteur, height, h",
    "in_transit": "en transit, transit, stock en transit",
    "in_transit_at": "date transit, arrivee transit, transit date",
    "inbound": "attendu, a recevoir, en commande, on order, incoming",
    "inbound_at": "date attendue, date reception, date arrivee, expected date, eta",
    "insee": "code insee, code commune",
    "kind": "type, categorie, nature, category",
    "label": "libelle, designation, nom, article, description, title, name, product name",
    "latitude": "lat, y, latitude wgs84",
    "length_mm": "longueur, length, l",
    "lift": "ascenseur, elevator",
    "loading_minutes": "chargement, temps chargement, loading, loading time",
    "longitude": "lon, lng, long, x, longitude wgs84",
    "max_km": "km max, kilometrage max, autonomie, range, max distance",
    "max_weight_g": "poids max, max weight",
    "max_work_minutes": "temps travail, duree travail, work time, max work",
    "minimum_cents": "minimum, minimum de perception, min charge",
    "mode": "mode livraison, mode de livraison, type livraison, delivery mode, shipping method, "
    "delivery method",
    "name": "nom, libelle, enseigne, raison sociale, designation, label, store name",
    "node": "magasin, code magasin, site, depot, entrepot, point de stock, store, store id, "
    "warehouse, location, seller id",
    "nodes.code": "code magasin, code site, magasin, id magasin, store id, store, node, id, site",
    "note": "commentaire, instructions, remarque, consigne, comment, remarks, delivery note",
    "on_hand": "stock, stock physique, quantite, qte, qte stock, physique, quantity, qty, "
    "stock level, available quantity",
    "opening_hours": "horaires, horaires d ouverture, hours",
    "order": "commande, numero commande, no commande, n commande, num commande, ref commande, "
    "id commande, order id, order number, order no, order ref, id",
    "orders_per_day": "capacite, capacite jour, commandes par jour, daily capacity, max orders",
    "overtime_cost_per_hour_cents": "majoration, cout heure sup, overtime cost",
    "overtime_minutes": "heures sup, heures supplementaires, overtime",
    "phone": "telephone, tel, mobile, portable, telephone client, phone number",
    "pickup_point": "point relais, relais, code relais, consigne, parcel shop, locker",
    "placed_at": "date commande, date de commande, date, commande le, order date, created at, "
    "purchase date, ordered at",
    "postcode": "code postal, cp, code postal livraison, zip, zip code, postal code, zipcode",
    "postcode_prefix": "prefixe, prefixe postal, cp debut, zip prefix",
    "preparation_minutes": "preparation, delai preparation, temps preparation, prep time",
    "promised_from": "creneau debut, debut creneau, promis de, livraison de, window start, "
    "delivery from, heure debut",
    "promised_to": "creneau fin, fin creneau, promis a, livraison a, window end, delivery to, "
    "date promise, promised date, heure fin",
    "quantity": "quantite, qte, nb, nombre, pieces, qty, units, nombre de pieces",
    "ready_at": "pret a, pret le, disponible a, disponible le, ready, ready from, available from",
    "reload_minutes": "temps rechargement, duree rechargement, reload time",
    "reloads": "rechargements, nb rechargements, rotations",
    "driver": "chauffeur, livreur, conducteur",
    "reserved": "reserve, stock reserve, allocated, committed",
    "safety_stock": "stock securite, stock de securite, securite, safety, min stock, buffer",
    "service": "prestation, produit, offre, product, service code",
    "service_minutes": "temps d arret, duree, temps service, duree livraison, service time, "
    "stop time",
    "service_percent": "coefficient, pourcentage temps, service factor",
    "services": "services, modes",
    "shift_from": "debut, heure debut, debut service, prise de service, start, shift start",
    "shift_to": "fin, heure fin, fin service, end, shift end",
    "siren": "siren, siret",
    "skills": "competences, equipements, equipment",
    "sku": "ref, reference, reference article, ref article, code article, article, produit, "
    "code produit, id produit, product, product id, product code, item, item code, ugs",
    "start_latitude": "latitude depart, start lat",
    "start_longitude": "longitude depart, start lon, start lng",
    "street": "adresse, rue, voie, adresse 1, adresse livraison, numero et voie, address, "
    "address 1, address line 1, delivery address, street address",
    "timezone": "fuseau, fuseau horaire, time zone, tz",
    "to_incl": "a, jusqu a, poids max, max, to, max weight, tranche max",
    "town": "ville, commune, localite, ville livraison, city, delivery city",
    "transit_days": "delai, delai jours, delay, lead time",
    "unit": "unite, unit of measure",
    "unit_price_cents": "prix, prix unitaire, pu, pu ht, prix ht, montant, price, unit price",
    "valid_from": "debut validite, valable du, date debut, start date, from date",
    "valid_to": "fin validite, valable au, date fin, end date, to date",
    "vehicles.code": "vehicule, code vehicule, immatriculation, vehicle, vehicle id, plate, id",
    "volume_ml": "volume, volume unitaire",
    "weight_g": "poids, poids unitaire, poids net, poids brut, weight, gross weight, net weight",
    "width_mm": "largeur, width, l",
    "wish_from": "souhait debut, souhaite de, wish start, requested from",
    "wish_to": "souhait fin, souhaite a, date souhaitee, wish end, requested to, requested date",
    "zone": "zone tarifaire, secteur, area",
}

#: How titles name units, beside our own names for them.
_UNIT_WORDS = {
    **{unit: unit for unit in UNITS},
    "eur": "euros",
    "euro": "euros",
    "centimes": "cents",
    "cent": "cents",
    "litre": "l",
    "litres": "l",
    "grammes": "g",
    "kilos": "kg",
    "tonnes": "t",
    "minutes": "min",
}
_MONEY = "_cents"  # people write euros unless they say cents


def suggest_mapping(header: Sequence[str], kind: Kind) -> Mapping:
    """The likeliest mapping; a title fills at most one column, and what is unsure stays open."""
    free = [title for title in header if title]
    fills: dict[str, Fill] = {}
    for says in (_is_our_name, _is_a_synonym, _holds_a_synonym):
        for column in kind.columns:
            title = next((title for title in free if says(title, column, kind)), None)
            if title is not None and column.name not in fills:
                fills[column.name] = Fill((title,), unit=unit_of(title, column))
                free.remove(title)
    if kind.name == "orders" and "mode" not in fills:
        fills["mode"] = Fill(constant="home_delivery")
    return Mapping(
        kind.name, tuple((c.name, fills[c.name]) for c in kind.columns if c.name in fills)
    )


def with_dates(
    mapping: Mapping, kind: Kind, header: Sequence[str], rows: Sequence[Sequence[str]]
) -> Mapping:
    """The mapping with a form of dates where no cell of a column is a date as we write them."""
    columns = {column.name: column for column in kind.columns}
    fills = tuple((name, dated(fill, columns[name], header, rows)) for name, fill in mapping.fills)
    return replace(mapping, fills=fills)


def dated(fill: Fill, column: Column, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Fill:
    """The fill with a form of dates where no cell of its column is a date as we write them."""
    if len(fill.columns) != 1 or fill.date or fill.columns[0] not in header:
        return fill
    place = header.index(fill.columns[0])
    cells = [cell for row in rows if place < len(row) and (cell := tidy(row[place]))]
    if not cells or not all(_is_no_date(cell, column) for cell in cells):
        return fill
    return replace(fill, date=likely_form(cells))


def _is_no_date(cell: str, column: Column) -> bool:
    try:
        column.parse(cell, Ground())
    except Misfit as misfit:
        return misfit.reason.code == "bad_date"
    return False


def kind_of_our_names(header: Sequence[str], kinds: Sequence[Kind]) -> Kind | None:
    """The kind whose required columns the header names as we do, and most of its others."""
    return _fullest(kinds, lambda kind: _named_as_ours(header, kind))


def kind_guessed(header: Sequence[str], kinds: Sequence[Kind]) -> Kind | None:
    """The kind whose columns a stranger's header seems to have; a person has to agree."""
    return _fullest(kinds, lambda kind: dict(suggest_mapping(header, kind).fills).keys())


def _fullest(kinds: Sequence[Kind], named: Callable[[Kind], Set[str]]) -> Kind | None:
    counts = {kind.name: len(named(kind)) for kind in kinds if named(kind) >= set(kind.required)}
    return max((k for k in kinds if k.name in counts), key=lambda k: counts[k.name], default=None)


def _named_as_ours(header: Sequence[str], kind: Kind) -> set[str]:
    return {c.name for c in kind.columns for title in header if _is_our_name(title, c, kind)}


def _is_our_name(title: str, column: Column, _kind: Kind) -> bool:
    return _plain(title) == _plain(column.name)


def _is_a_synonym(title: str, column: Column, kind: Kind) -> bool:
    words = _without_units(title)
    return any(synonym in (words, _plain(title)) for synonym in _synonyms(column, kind))


def _holds_a_synonym(title: str, column: Column, kind: Kind) -> bool:
    """A longer title, such as "Code postal du client"; short words say too little for that."""
    words = f" {_plain(title)} "
    return any(f" {synonym} " in words for synonym in _synonyms(column, kind) if len(synonym) > 4)


def _synonyms(column: Column, kind: Kind) -> list[str]:
    listed = SYNONYMS.get(f"{kind.name}.{column.name}", SYNONYMS.get(column.name, ""))
    return [synonym.strip() for synonym in listed.split(",") if synonym.strip()]


def unit_of(title: str, column: Column) -> str:
    """The unit that a title names, else euros for money; empty when it is ours."""
    if not column.unit or _plain(title) == _plain(column.name):
        return ""
    for word in reversed(_plain(title).split()):
        unit = _UNIT_WORDS.get(word, "")
        if can_convert(unit, column):
            return "" if unit == column.unit else unit
    if "€" in title or column.name.endswith(_MONEY):
        return "euros"
    return ""


def _without_units(title: str) -> str:
    words = _plain(title).split()
    return " ".join(word for word in words if word not in _UNIT_WORDS) or _plain(title)


def _plain(title: str) -> str:
    """Small letters without accents, one space between words."""
    bare = unicodedata.normalize("NFKD", title.casefold().replace("œ", "oe"))
    return " ".join(
        re.findall(r"[a-z0-9]+", "".join(c for c in bare if not unicodedata.combining(c)))
    )
