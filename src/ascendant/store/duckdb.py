"""Questions to a study: SQL files over its Parquet parts, asked through DuckDB.

What a question sees:
- `held`, one row an act: the latest of each id, handles put back to ids where the study knows them. `is_on_topic` and
  `is_asked` say which rows are about what is asked, and which of these are in its window too;
- `activity`, the rows that are asked about. Who wrote the item that an act names, and when, is looked up in `held`;
- `account`, one row an account, the latest known value of each column.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ascendant.activity import ACCOUNT, ACTIVITY
from ascendant.store.files import told_when_full, write_parquet
from ascendant.store.options import Question
from ascendant.store.parts import COVERAGE, coverage_table, reading

_SPILL = ".spill"
_T = TypeVar("_T")
# The mirror of 592,000 posts (1 GB of JSON) takes 350 MB less so than with all that is there, and 1.5 CPU-s more.
LITTLE_BYTES = 96 << 20
_SUPERSEDED = ".superseded"


class Questions:
    """An open connection on one version of a study. Made by `asking` or `asking_tables`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, version: int) -> None:
        self._connection, self.version = connection, version

    def ask(self, name: str, /, **tables: pa.Table) -> pa.Table:
        """The answer of `sql/<name>.sql`; `tables` are relations of those names while it runs."""
        with self._with(tables):
            return self._connection.sql(sql_text(name)).to_arrow_table()

    def stream(self, name: str, rows: int, /, **tables: pa.Table) -> Iterator[pa.RecordBatch]:
        """The same answer in batches of about so many rows; at least one, be it empty."""
        with self._with(tables):
            reader = self._connection.sql(sql_text(name)).to_arrow_reader(rows)
            yield pa.RecordBatch.from_pylist([], reader.schema)
            yield from reader

    @contextmanager
    def _with(self, tables: Mapping[str, pa.Table]) -> Iterator[None]:
        for relation, table in tables.items():
            self._connection.register(relation, table)
        try:
            yield
        finally:
            for relation in tables:
                self._connection.unregister(relation)


@cache
def sql_text(name: str) -> str:
    """The text of `sql/<name>.sql`."""
    return files("ascendant.store").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def sql_names() -> list[str]:
    """The names of all questions."""
    folder = files("ascendant.store").joinpath("sql")
    return sorted(path.name.removesuffix(".sql") for path in folder.iterdir() if path.name.endswith(".sql"))


@contextmanager
def asking(folder: Path, question: Question = Question(), *, memory_bytes: int | None = None) -> Iterator[Questions]:
    """Questions on the study as its manifest stands now; what is imported meanwhile is not seen.

    `memory_bytes` is what a question may take, on one thread; a third of the machine's memory otherwise.
    """
    with reading(folder) as manifest, manifest.snapshot():
        version = manifest.version()
        parts = {kind: manifest.parts(kind) for kind in ("activity", "accounts")}
    with told_when_full(folder), _rows(folder, version, parts) as connection:
        if memory_bytes is not None:
            connection.execute(f"set memory_limit = '{memory_bytes >> 20}MiB'; set threads = 1")
            connection.execute("set preserve_insertion_order = false")
        yield from _questions(connection, question, version)


def ask_in_little_memory(folder: Path, work: Callable[[Questions], _T], *, memory_bytes: int = LITTLE_BYTES) -> _T:
    """What `work` makes of a study, asked in little memory where that is enough, else in what `asking` allows."""
    try:
        with asking(folder, memory_bytes=memory_bytes) as questions:
            return work(questions)
    except duckdb.OutOfMemoryException:
        with asking(folder) as questions:
            return work(questions)


def coverage_now(folder: Path) -> pa.Table:
    """One row per member of each source (columns of `store.parts.COVERAGE`), with what other files replaced.

    A row whose id also stands in a later collected row, of whichever file, is superseded and no longer counted as kept.
    """
    with reading(folder) as manifest, manifest.snapshot():
        version = manifest.version()
        parts = {kind: manifest.parts(kind) for kind in ("activity", "accounts")}
        source_of, members, coverage = manifest.part_sources(), manifest.members(), coverage_table(manifest)
    query = "select part, source_file, count(*) as n from superseded group by all"
    with told_when_full(folder), _rows(folder, version, parts) as connection:
        replaced = connection.sql(query).fetchall()
    lost: dict[tuple[int, str], int] = {}
    for part, member, n in replaced:
        key = (source_of[part], member)
        lost[key] = lost.get(key, 0) + n
    n_lost = pa.array([lost.get(member, 0) for member in members], pa.int64())
    for name, count in (("superseded", pc.add), ("rows_out", pc.subtract)):
        coverage = coverage.set_column(coverage.column_names.index(name), name, count(coverage[name], n_lost))
    return coverage.cast(COVERAGE)


@contextmanager
def _rows(folder: Path, version: int, parts: dict[str, list[str]]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the rows of one version, and which of them are superseded."""
    with _connected(folder) as connection:
        _relation(connection, "activity_row", [str(folder / "activity" / name) for name in parts["activity"]], ACTIVITY)
        _relation(connection, "account_row", [str(folder / "accounts" / name) for name in parts["accounts"]], ACCOUNT)
        _leave_out_superseded(connection, folder, version)
        yield connection


@contextmanager
def asking_tables(
    activity: pa.Table,
    accounts: pa.Table | None = None,
    question: Question = Question(),
) -> Iterator[Questions]:
    """The same questions on tables in memory (columns of `ACTIVITY` and `ACCOUNT`), for small worlds and notebooks."""
    with _connected(None) as connection:
        held = {
            "activity_row": activity,
            "account_row": ACCOUNT.empty_table() if accounts is None else accounts,
        }
        for name, table in held.items():
            rows = table.append_column("part", pa.array(["0"] * table.num_rows, pa.string()))
            rows = rows.append_column("place", pa.array(range(table.num_rows), pa.int64()))
            connection.register(f"given_{name}", rows)
            connection.execute(f"create view {name} as select * from given_{name}")
        connection.execute(f"create table superseded as {_SUPERSEDED_ROWS}")
        yield from _questions(connection, question, 0)


def _questions(connection: duckdb.DuckDBPyConnection, question: Question, version: int) -> Iterator[Questions]:
    connection.execute(_ALIASES)
    connection.execute(_accounts_sql())
    connection.execute(_held_sql(question))
    connection.execute("create view activity as select * exclude (is_on_topic, is_asked) from held where is_asked")
    yield Questions(connection, version)


@contextmanager
def _connected(folder: Path | None) -> Iterator[duckdb.DuckDBPyConnection]:
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "memory_limit": f"{memory_limit_bytes() // (1 << 20)}MiB",
        "threads": str(os.cpu_count() or 1),
    }
    if folder is not None:
        config["temp_directory"] = str(_spill(folder))
    with duckdb.connect(":memory:", config=config) as connection:
        connection.execute("set TimeZone = 'UTC'")
        yield connection


def _spill(folder: Path) -> Path:
    """Where a question goes on that is larger than memory: in the study, or beside the system's temporary files."""
    if os.access(folder, os.W_OK):
        return folder / _SPILL
    return Path(tempfile.gettempdir()) / f"ascendant{_SPILL}-{os.getpid()}"


@contextmanager
def if_writable() -> Iterator[None]:
    """What a study that may only be read (another's folder, a disk mounted so) cannot keep is not kept."""
    try:
        yield
    except PermissionError:
        pass
    except OSError as error:
        if error.errno != errno.EROFS:
            raise


def memory_limit_bytes() -> int:
    """A third of the machine's memory; at least 512 MiB."""
    try:
        total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # Windows
        total = 6 << 30
    return max(512 << 20, total // 3)


def _relation(connection: duckdb.DuckDBPyConnection, name: str, paths: list[str], schema: pa.Schema) -> None:
    """A view of Parquet parts with `part` (file name) and `place` (row in it)."""
    if not paths:
        empty = schema.append(pa.field("part", pa.string())).append(pa.field("place", pa.int64())).empty_table()
        connection.register(f"empty_{name}", empty)
        connection.execute(f"create view {name} as select * from empty_{name}")
        return
    listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    connection.execute(
        f"create view {name} as select * exclude (filename, file_row_number), parse_filename(filename) as part,"
        f" file_row_number as place from read_parquet([{listed}], filename = true, file_row_number = true)"
    )


# Columns that tell how a row came to us, not what happened.
_OF_THE_READING = {"source_file", "source_pointer", "reader", "missing", "collected_at"}


def _n_known_sql() -> str:
    """How much a row knows: its columns and metrics that are not null; an account's id counts twice, its handle once.

    >>> _n_known_sql().count("is not null"), _n_known_sql().count("':@'")
    (32, 2)
    """
    columns = [field.name for field in ACTIVITY if field.name not in _OF_THE_READING]
    columns += [f"metrics.{field.name}" for field in ACTIVITY.field("metrics").type]
    known = " + ".join(f"(({column}) is not null)::integer" for column in columns)
    by_id = [f"coalesce(not contains({column}, ':@'), false)::integer" for column in ("actor_id", "object_author_id")]
    return f"({known} + {' + '.join(by_id)})"


# Of one id the latest collected row stays; of rows collected together the one that knows more, since a post stands
# shortened inside those that pass it on; then the longer text; then the one that was read last.
_SUPERSEDED_ROWS = f"""
    select part, place, source_file from (
        select part, place, source_file, row_number() over (
            partition by activity_id order by collected_at desc nulls last, {_n_known_sql()} desc,
            length(coalesce("text", '')) desc, part desc, place desc) as rank
        from activity_row
        where activity_id in (select activity_id from activity_row group by activity_id having count(*) > 1))
    where rank > 1
"""
_RULE = hashlib.sha256(_SUPERSEDED_ROWS.encode()).hexdigest()[:8]  # another rule, another answer


def _leave_out_superseded(connection: duckdb.DuckDBPyConnection, folder: Path, version: int) -> None:
    """Rows of an id that also stands in a better row. Found once a version, then kept beside the study."""
    kept = folder / f"{_SUPERSEDED}-{version}-{_RULE}.parquet"
    try:
        table = pq.read_table(kept)
    except (FileNotFoundError, pa.ArrowException, OSError):  # a damaged one is found anew
        table = connection.sql(f"select * from ({_SUPERSEDED_ROWS}) order by part, place").to_arrow_table()
        with if_writable():
            write_parquet(kept, table)
            for older in folder.glob(f"{_SUPERSEDED}-*.parquet"):
                if older != kept:
                    older.unlink(missing_ok=True)
    connection.register("superseded_rows", table)
    connection.execute("create table superseded as select * from superseded_rows")


# A handle stands for an id when exactly one account of the platform bears it.
_ALIASES = """
    create table alias as
    select platform || ':@' || lower(handle) as alias, min(account_id) as account_id
    from account_row
    where handle is not null and not contains(account_id, ':@')
    group by 1 having count(distinct account_id) = 1
"""


def _accounts_sql() -> str:
    """One row an account; of each column the latest known value, since poor records must not erase rich ones."""
    kept = [
        f"max_by(r.{field.name}, r.ranked) filter (where r.{field.name} is not null) as {field.name}"
        for field in ACCOUNT
        if field.name != "account_id"
    ]
    return (
        "create table account as with r as (select coalesce(alias.account_id, a.account_id) as account_id,"
        f" a.* exclude (account_id), row(coalesce(epoch_us(a.collected_at), 0), part, place) as ranked"
        " from account_row a left join alias on alias.alias = a.account_id)"
        f" select account_id, {', '.join(kept)} from r group by account_id order by account_id"
    )


def _held_sql(question: Question) -> str:
    columns = []
    for field in ACTIVITY:
        known = {"actor_id": "actor", "object_author_id": "author"}.get(field.name)
        columns.append(f"coalesce({known}.account_id, a.{field.name}) as {field.name}" if known else f"a.{field.name}")
    since, until = question.window_us()
    bounds = [f"happened_at >= make_timestamptz({since}::bigint)"] if since is not None else []
    bounds += [f"happened_at < make_timestamptz({until}::bigint)"] if until is not None else []
    is_on_topic = f"coalesce({_about_sql(question.about)}, false)"
    is_asked = " and ".join([is_on_topic, *(f"coalesce({bound}, false)" for bound in bounds)])
    return (
        f"create view held as with known as (select {', '.join(columns)} from activity_row a"
        " left join alias actor on actor.alias = a.actor_id"
        " left join alias author on author.alias = a.object_author_id"
        " where not exists (select 1 from superseded s where s.part = a.part and s.place = a.place))"
        f" select *, {is_on_topic} as is_on_topic, {is_asked} as is_asked from known"
    )


_DOMAIN = re.compile(r"^(?:https?://)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)/?$")


def _about_sql(about: str | None) -> str:
    """The condition for a #tag, a domain, or words in the text.

    >>> _about_sql(None)
    'true'
    >>> _about_sql("#Retraites")
    "list_contains(hashtags, 'retraites')"
    """
    if about is None or not about.strip():
        return "true"
    wanted = about.strip().lower()
    quoted = wanted.replace("'", "''")
    if wanted.startswith("#"):
        return f"list_contains(hashtags, '{quoted[1:]}')"
    if match := _DOMAIN.match(wanted):
        host = re.escape(match.group(1))
        pattern = rf"^[a-z]+://(?:[^/?#]*[.@])?{host}(?:[/:?#]|$)"
        return f"len(list_filter(urls, lambda u: regexp_matches(lower(u), '{pattern}'))) > 0"
    return f"contains(lower(text), '{quoted}')"
