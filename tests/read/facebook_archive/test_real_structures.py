"""Exports invented from the structures of real ones, whose values were replaced by their types."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ascendant.read.archive import plain
from ascendant.read.facebook_archive import READER
from ascendant.read.facebook_archive.files import table
from ascendant.read.options import ReadOptions
from ascendant.testing import check_reader
from facebook_archives import ADA, PROFILE, STRUCTURES, found_in, invented, misspelled, templates, zipped

needs_structures = pytest.mark.skipif(
    not STRUCTURES.exists(), reason="the real structures (shared/data/facebook) are not beside the checkout"
)


@needs_structures
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**9), st.booleans(), st.booleans())
def test_exports_invented_from_real_structures_are_read_without_a_reject(tmp_path, seed, is_wrapped, is_html):
    files = {name: misspelled(value) for name, value in invented(random.Random(seed)).items()}
    files = {**files, PROFILE: ADA}
    wrapping = "facebook-adaexemple-2025-06-04-Ab1/" if is_wrapped else ""
    path = zipped(tmp_path / "export.zip", {f"{wrapping}{name}": value for name, value in files.items()})
    found = found_in(path, with_messages=True)
    assert found.rejects == []
    assert found.damage is None
    assert found.me.account_id == "facebook:@ada.exemple"
    assert set(found.status.values()) <= {"parsed", "empty", "unread"}
    check_reader(READER, path, ReadOptions(with_messages=True))


@needs_structures
def test_every_file_of_the_real_exports_is_read_or_left_on_purpose():
    for path in templates():
        name = plain(path.replace("_N.", "_1."))
        assert table().find(name) is not None or table().is_left(name), path
