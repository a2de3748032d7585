"""Archives that went wrong, some thousands of them; `benchmarks/mutations.py` makes as many as one likes."""

import time

import pytest

from ascendant.activity import Coverage, Reject
from ascendant.errors import ExportError
from ascendant.read.export import Export
from ascendant.read.options import ReadOptions
from ascendant.read.x_archive import READER
from ascendant.testing import check_row
from mutants import files_of, mutant
from x_archives import EXPORTS

N_PER_LAYOUT = 700


@pytest.mark.parametrize("layout", ["2025", "2019", "2017"])
def test_an_archive_that_went_wrong_is_read_or_refused_and_every_row_keeps_its_promises(tmp_path, layout):
    files = files_of(EXPORTS / layout)
    path = tmp_path / "a.zip"
    n_read = n_refused = n_rejects = 0
    for seed in range(N_PER_LAYOUT):
        path.write_bytes(mutant(files, seed))
        started = time.process_time()
        try:
            export = Export.at(path)
            READER.recognises(export, ReadOptions())
            for item in READER.read(export, ReadOptions(with_messages=True)):
                check_row(item)
                n_rejects += isinstance(item, Reject)
                n_read += isinstance(item, Coverage)
        except ExportError:
            n_refused += 1
        except AssertionError as error:
            raise AssertionError(f"{layout}, seed {seed}: {error}") from None
        assert time.process_time() - started < 2, f"{layout}, seed {seed}"
    assert n_read > N_PER_LAYOUT
    assert n_rejects > N_PER_LAYOUT // 20
    assert 0 < n_refused < N_PER_LAYOUT
