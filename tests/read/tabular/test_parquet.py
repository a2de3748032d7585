import gzip
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ascendant.errors import BrokenFile, MissingColumn
from ascendant.read.tabular.cells import INEXACT

C = ("actor=who", "happened_at=when")
BIG = [9_007_199_254_740_993, 9_007_199_254_740_995, 2**63 - 1]
WHEN = pa.array([1_700_000_000] * 3)


@pytest.fixture
def write(tmp_path):
    def write_table(**options):
        def table(**columns):
            path = tmp_path / "t.parquet"
            pq.write_table(pa.table(columns), path, **options)
            return path

        return table

    return write_table


@pytest.mark.parametrize(
    "array",
    [
        pa.array(BIG),
        pa.array(BIG, pa.uint64()),
        pa.array([Decimal(n) for n in BIG], pa.decimal128(20, 0)),
        pa.array([Decimal(n) for n in BIG], pa.decimal128(24, 2)),
        pa.array([str(n) for n in BIG]),
        pa.array([str(n) for n in BIG], pa.large_string()),
        pa.array([str(n) for n in BIG]).dictionary_encode(),
    ],
)
def test_identifiers_of_every_type_are_exact(read, write, array):
    found = read(write()(who=array, when=WHEN), *C)
    assert [act.actor_id for act in found.acts] == [f"table:{n}" for n in BIG]
    assert [act.source_pointer for act in found.acts] == ["row 1", "row 2", "row 3"]


def test_a_float_identifier_is_read_where_it_is_exact_and_refused_where_it_is_not(read, write):
    found = read(write()(who=pa.array([77.0, 1.4e18, None]), when=WHEN), *C)
    assert [act.actor_id for act in found.acts] == ["table:77"]
    assert (found.rejects[0].pointer, found.rejects[0].reason) == ("row 2", INEXACT)
    assert len(found.rejects) == 2  # and the row that says nobody


def test_a_count_in_a_column_of_floats_is_a_count(read, write):
    found = read(write()(who=["a", "b", "c"], when=WHEN, n=pa.array([3.0, None, 2.5])), *C, "likes=n")
    assert [act.metrics.likes if act.metrics else None for act in found.acts] == [3, None, None]
    assert [act.missing for act in found.acts] == [None, None, ("likes",)]


def test_times_of_every_unit_and_zone_are_the_same_instant(read, write):
    instant = datetime(2024, 7, 2, 8, 0, 0, 250_000, tzinfo=UTC)
    for unit in ("ms", "us", "ns"):
        for zone, basis in (("UTC", "explicit"), ("Europe/Paris", "explicit"), (None, "assumed_utc")):
            times = pa.array([instant] * 3, pa.timestamp(unit, "UTC"))
            times = times.cast(pa.timestamp(unit, zone)) if zone else times.cast(pa.timestamp(unit))
            found = read(write()(who=["a", "b", "c"], when=times), *C)
            assert found.acts[0].happened_at == int(instant.timestamp() * 1e6)
            assert found.acts[0].time_basis == basis
    days = read(write()(who=["a"], when=[date(2024, 7, 2)]), *C)
    assert days.acts[0].time_precision == "day"


def test_structs_and_lists_are_reached(read, write):
    table = write()(user=[{"id": 5, "name": "Ada"}, None], when=WHEN[:2], tags=[["A", "b"], None])
    found = read(table, "actor=user.id", "actor_name=user.name", "happened_at=when", "hashtags=tags")
    assert found.acts[0].actor_id == "table:5"
    assert found.acts[0].hashtags == ("a", "b")
    assert found.accounts[0].name == "Ada"
    assert len(found.rejects) == 1


def test_groups_of_rows_are_counted_through(read, write):
    n = 30_000
    found = read(write(row_group_size=1000)(who=pa.array(range(n)), when=pa.array([1_700_000_000] * n)), *C)
    assert found.acts[-1].source_pointer == f"row {n}"
    assert len({act.activity_id for act in found.acts}) == n


def test_a_packed_parquet_is_read_and_a_damaged_one_is_said(read, write, tmp_path):
    path = write()(who=["a", "b", "c"], when=WHEN)
    packed = tmp_path / "t.parquet.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert len(read(packed, *C).acts) == 3
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(BrokenFile, match=r"t\.parquet"):
        read(path, *C)


def test_columns_are_asked_for_by_name_or_number(read, write):
    path = write()(who=["a", "b", "c"], when=WHEN)
    assert read(path, "1=actor", "2=happened_at").acts == read(path, *C).acts
    with pytest.raises(MissingColumn, match="who, when"):
        read(path, "actor=whom", "happened_at=when")
    with pytest.raises(MissingColumn):
        read(path, "3=actor")
