"""Files as strangers write them: semicolons, commas, accents, euros and dates of their own."""

from pathlib import Path

NODES = (
    "code;name;kind;latitude;longitude\n"
    "LAM;Lambersart;store;50,6500;3,0250\n"
    "LES;Lesquin;warehouse;50,5890;3,1120\n"
)
PRODUCTS = (
    "sku;label;weight_g\n"
    "LAMPE-01;Lampe de chevet;1200\n"
    "CHAISE-02;Chaise pliante;4300\n"
    "TABLE-03;Table basse;18500\n"
)
STOCK = (
    "node;sku;on_hand;safety_stock\n"
    "LAM;LAMPE-01;12;2\n"
    "LAM;CHAISE-02;4;1\n"
    "LES;LAMPE-01;140;10\n"
    "LES;CHAISE-02;60;10\n"
    "LES;TABLE-03;25;5\n"
    "ROU;TABLE-03;3;0\n"
)
_ORDERS = (
    "N° commande;Date commande;Mode;Réf article;Qté;PU TTC;Client;Adresse;CP;Ville;Tél;Fidélité\n"
    "480213;24/11/2026 08:12;LIV;LAMPE-01;1;49,90;Delattre, Claire;12 rue de Lille;59130;"
    "Lambersart;0612345678;Or\n"
    "480214;24/11/2026 08:20;LIV;CHAISE-02;4;34,50;Bouchet, Inès;3 place de la Gare;59100;"
    "Roubaix;0698765432;\n"
    "480215;24/11/2026 08:31;MAG;TABLE-03;1;129,00;SARL Atelier Nord;8 rue Neuve;59000;Lille;;\n"
    "480216;24/11/2026 08:47;LIV;LAMPE-1;2;49,90;Petit, Olivier;1 rue du Bois;59170;Croix;;Argent\n"
    "480217;hier;LIV;CHAISE-02;deux;34,50;Okafor, Grace;5 avenue Foch;59650;"
    "Villeneuve-d'Ascq;;\n"
    "480218;24/11/2026 09:02;REL;LAMPE-01;1;49,90;Caron, Juliette;22 rue Pasteur;59120;Loos;;\n"
)


def a_day(folder: Path) -> Path:
    """A folder with nodes, products, stock and orders; one line of stock names no node."""
    folder.mkdir(exist_ok=True)
    for name, text in (("nodes", NODES), ("products", PRODUCTS), ("stock", STOCK)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    an_export(folder, "orders.csv")
    return folder


def an_export(folder: Path, name: str = "export_commandes.csv") -> Path:
    """Orders as a shop's program exports them, in Windows-1252; two of them cannot be read."""
    path = folder / name
    path.write_bytes(_ORDERS.encode("cp1252"))
    return path
