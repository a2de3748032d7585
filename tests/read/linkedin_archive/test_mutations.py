"""Archives that went wrong, some hundreds of them; `benchmarks/mutations.py` makes as many as one likes."""

import time

import pytest

from ascendant.activity import Account, Activity, Coverage, Reject, account_batch, activity_batch
from ascendant.errors import ExportError
from ascendant.read.export import Export
from ascendant.read.linkedin_archive import READER
from ascendant.read.options import ReadOptions
from ascendant.testing import check_row
from linkedin_archives import EXPORTS, table_mutant
from mutants import files_of, mutant

N_PER_KIND = 250


@pytest.mark.parametrize("layout", ["complete", "quick", ""])
@pytest.mark.parametrize("make", [mutant, table_mutant])
def test_an_archive_that_went_wrong_is_read_or_refused_and_every_row_keeps_its_promises(tmp_path, layout, make):
    files = files_of(EXPORTS / layout)
    path = tmp_path / "a.zip"
    n_acts = n_rejects = 0
    for seed in range(N_PER_KIND):
        path.write_bytes(make(files, seed))
        started = time.process_time()
        try:
            export = Export.at(path)
            READER.recognises(export, ReadOptions())
            items = list(READER.read(export, ReadOptions(with_messages=True)))
        except ExportError:
            continue
        assert time.process_time() - started < 2, seed
        for item in items:
            try:
                check_row(item)
            except AssertionError as error:
                raise AssertionError(f"seed {seed}: {error}") from None
        acts = [item for item in items if isinstance(item, Activity)]
        activity_batch(acts, source_file="", reader="")  # and the store can take them
        account_batch([item for item in items if isinstance(item, Account)], source_file="", reader="")
        told = [item.member for item in items if isinstance(item, Coverage)]
        assert len(told) == len(set(told)), seed
        assert {member.name for member in export.members} <= set(told), seed
        n_acts += len(acts)
        n_rejects += sum(isinstance(item, Reject) for item in items)
    assert n_acts > N_PER_KIND
    assert n_rejects > N_PER_KIND // 20
