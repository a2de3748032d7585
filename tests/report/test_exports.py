"""Results for other tools: the same places in each format, GEXF as its schema has it, no formula in a cell."""

import csv
import xml.etree.ElementTree as ET

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ascendant.errors import BadSetting
from ascendant.report.exports import write_exports
from ascendant.report.naming import Names
from report.mapped import KEY, known, study

GEXF, VIZ = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"
# What GEXF 1.3 allows here, after the schemas gexf.xsd, data.xsd and viz.xsd of its specification: for each element its
# attributes (those that are needed with a !) and its children.
ALLOWED = {
    f"{GEXF}gexf": ({"version!", "variant"}, [f"{GEXF}meta", f"{GEXF}graph"]),
    f"{GEXF}meta": ({"lastmodifieddate"}, [f"{GEXF}creator", f"{GEXF}keywords", f"{GEXF}description"]),
    f"{GEXF}creator": (set(), []),
    f"{GEXF}graph": (
        {"defaultedgetype", "idtype", "mode"},
        [f"{GEXF}attributes", f"{GEXF}nodes", f"{GEXF}edges"],
    ),
    f"{GEXF}attributes": ({"class!"}, [f"{GEXF}attribute"]),
    f"{GEXF}attribute": ({"id!", "title!", "type!"}, [f"{GEXF}default", f"{GEXF}options"]),
    f"{GEXF}nodes": ({"count"}, [f"{GEXF}node"]),
    f"{GEXF}node": (
        {"id!", "label"},
        [f"{GEXF}attvalues", f"{VIZ}color", f"{VIZ}position", f"{VIZ}size", f"{VIZ}shape"],
    ),
    f"{GEXF}attvalues": (set(), [f"{GEXF}attvalue"]),
    f"{GEXF}attvalue": ({"for", "id", "value!"}, []),
    f"{VIZ}color": ({"r", "g", "b", "hex", "a"}, []),
    f"{VIZ}position": ({"x!", "y!", "z"}, []),
    f"{VIZ}size": ({"value!"}, []),
    f"{GEXF}edges": ({"count"}, [f"{GEXF}edge"]),
    f"{GEXF}edge": ({"id", "source!", "target!", "weight", "type", "label"}, [f"{GEXF}attvalues"]),
}
TYPES = set("integer long double float boolean string anyURI".split())


@pytest.fixture(scope="module")
def tables():
    found = study()
    accounts = known(found)
    handles = ["=1+1", "+cmd|' /C calc'!A0", *accounts["handle"].to_pylist()[2:]]
    accounts = accounts.set_column(1, "handle", pa.array(handles))
    empty = pa.table({"act_id": pa.array([], pa.string()), "actor_id": pa.array([], pa.string())})
    del found["community_topics"]  # its own tests say how it may leave
    inferred = pa.array([None if row % 3 else row / 8 for row in range(found["standing"].num_rows)], pa.float64())
    for name in ("n_inferred", "n_inferred_by_it"):
        found["standing"] = found["standing"].append_column(name, inferred)
    return {**found, "accounts": accounts, "named_by": empty}


@pytest.fixture(scope="module")
def names(tables):
    return Names(tables["accounts"], KEY)


def written(tables, names, kind, folder):
    return {path.name: path for path in write_exports(tables, names, kind, folder)}


@pytest.fixture(scope="module")
def network(tables, names, tmp_path_factory):
    return ET.parse(written(tables, names, "gexf", tmp_path_factory.mktemp("gexf"))["ties.gexf"]).getroot()


def checked(element):
    attributes, children = ALLOWED[element.tag]
    assert {name.rstrip("!") for name in attributes} >= set(element.keys())
    assert {name[:-1] for name in attributes if name.endswith("!")} <= set(element.keys())
    order = [children.index(child.tag) for child in element]
    assert order == sorted(order)
    return 1 + sum(checked(child) for child in element)


def test_the_network_has_the_structure_of_gexf_1_3(network, tables):
    assert checked(network) > 2 * tables["map"].num_rows
    assert network.get("version") == "1.3"
    declared = {one.get("id"): one for one in network.iter(f"{GEXF}attribute")}
    assert {one.get("type") for one in declared.values()} <= TYPES
    for value in network.iter(f"{GEXF}attvalue"):
        if declared[value.get("for")].get("type") == "long":
            int(value.get("value"))
        elif declared[value.get("for")].get("type") == "double":
            assert float(value.get("value")) >= 0  # what is not known has no value at all
    ids = [one.get("id") for one in network.iter(f"{GEXF}node")]
    assert len(set(ids)) == len(ids) == tables["standing"].num_rows
    ends = {one.get(end) for one in network.iter(f"{GEXF}edge") for end in ("source", "target")}
    assert ends <= set(ids)
    for one in network.iter(f"{VIZ}color"):
        assert all(0 <= int(one.get(channel)) <= 255 for channel in "rgb")
    assert all(float(one.get("value")) > 0 for one in network.iter(f"{VIZ}size"))


def test_each_format_has_the_same_places(tables, names, network, tmp_path):
    known_places = {
        row["account_id"]: (row["x"], row["y"], row["radius"], row["community"]) for row in tables["map"].to_pylist()
    }
    hidden = {one: one if names.is_public(one) else names.pseudonym(one) for one in known_places}
    wanted = {hidden[one]: place for one, place in known_places.items()}
    parquet = pq.read_table(written(tables, names, "parquet", tmp_path / "p")["accounts.parquet"]).to_pylist()
    assert {
        row["account_id"]: tuple(row[name] for name in ("x", "y", "radius", "community")) for row in parquet
    } == wanted
    with written(tables, names, "csv", tmp_path / "c")["accounts.csv"].open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    number = {"": None}
    found = {
        row["account_id"]: (*(float(row[name]) for name in ("x", "y", "radius")),
                            number.get(row["community"], row["community"] and int(row["community"])))
        for row in rows
    }  # fmt: skip
    assert found == wanted
    for node in network.iter(f"{GEXF}node"):
        position, size = node.find(f"{VIZ}position"), node.find(f"{VIZ}size")
        place = (*(float(position.get(name)) for name in "xy"), float(size.get("value")))
        assert place == wanted[node.get("id")][:3]


def test_edges_lead_from_who_moves_to_who_is_moved_with_the_acts_as_weight(tables, names, network):
    hidden = {
        one: one if names.is_public(one) else names.pseudonym(one) for one in tables["map"]["account_id"].to_pylist()
    }
    wanted = {
        (hidden[row["source_id"]], hidden[row["target_id"]]): row["n_moved"] for row in tables["ties"].to_pylist()
    }
    wanted = {pair: n for pair, n in wanted.items() if n > 0}
    edges = {(one.get("source"), one.get("target")): int(one.get("weight")) for one in network.iter(f"{GEXF}edge")}
    assert edges == wanted


def test_nobody_private_and_no_formula_leaves(tables, names, tmp_path):
    private = [row for row in tables["accounts"].to_pylist() if not names.is_public(row["account_id"])]
    assert len(private) > 300
    for kind in ("csv", "gexf"):
        for path in written(tables, names, kind, tmp_path / kind).values():
            text = path.read_text(encoding="utf-8-sig")
            assert not any(row["name"] in text or row["account_id"] in text for row in private)
    with (tmp_path / "csv" / "accounts.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert "'=1+1" in cells
    assert not any(cell[:1] in "=+@" for cell in cells if cell)


def test_public_accounts_are_labelled_by_name_and_private_ones_by_pseudonym(tables, names, network):
    labels = {one.get("id"): one.get("label") for one in network.iter(f"{GEXF}node")}
    shown = {one: names.shown(one) for one in tables["map"]["account_id"].to_pylist()}
    assert sorted(labels.values()) == sorted(shown.values())
    assert any("Radio Estuaire" in label for label in labels.values())


def test_what_xml_cannot_hold_is_replaced(tables, tmp_path):
    bad = "x:\x07\x00"
    accounts = tables["accounts"].slice(0, 1).set_column(0, "account_id", [[bad]]).set_column(2, "name", [["A\x08B"]])
    small = {name: tables[name].filter(pa.array([row == 0 for row in range(tables[name].num_rows)]))
             for name in ("map", "standing")}  # fmt: skip
    small = {name: table.set_column(0, "account_id", [[bad]]) for name, table in small.items()}
    rest = {"ties": tables["ties"].slice(0, 0), "named_by": tables["named_by"], "accounts": accounts}
    path = written({**small, **rest}, Names(accounts, KEY), "gexf", tmp_path)["ties.gexf"]
    [node] = ET.parse(path).getroot().iter(f"{GEXF}node")
    assert node.get("id") == "x:\ufffd\ufffd"


def test_a_study_without_a_map_is_exported_without_places(tables, names, tmp_path):
    less = {name: table for name, table in tables.items() if not name.startswith("map")}
    root = ET.parse(written(less, names, "gexf", tmp_path)["ties.gexf"]).getroot()
    checked(root)
    assert root.find(f".//{VIZ}position") is None
    header = written(less, names, "csv", tmp_path)["accounts.csv"].read_text(encoding="utf-8-sig").splitlines()[0]
    assert "radius" not in header


def test_another_format_is_refused(tables, names, tmp_path):
    with pytest.raises(BadSetting):
        write_exports(tables, names, "xlsx", tmp_path)
