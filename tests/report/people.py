"""Invented accounts, and the names that may be shown of them."""

import pyarrow as pa

from ascendant.activity import ACCOUNT, Account, account_batch
from ascendant.report.naming import Names

KEY = b"an invented key, used in tests only"


def table(*rows: Account) -> pa.Table:
    return pa.Table.from_batches([account_batch(list(rows), source_file="a.jsonl", reader="t 1")], ACCOUNT)


def person(number, **facts):
    return Account(account_id=f"x:{number}", platform="x", **facts)


def names(*rows, **options):
    return Names(table(*rows), KEY, **options)


BOB = person(770011, handle="zqbob", name="Zqbob Zqmartin", followers=4999, bio="Zq lives here")
PAPER = person(880022, handle="zqpaper", name="The Zq Paper", followers=5000)
