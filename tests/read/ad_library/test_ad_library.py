"""Libraries of advertisements: Meta's report (table, zip), Meta's API, Google's table."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ascendant.activity import Account, Activity, Ad, Coverage, Reject
from ascendant.read.ad_library import EXPLANATIONS, READER
from ascendant.read.ad_library.api import NOT_AN_AD
from ascendant.read.ad_library.disclaimers import payer
from ascendant.read.ad_library.report import BAD_AMOUNT, NO_DATE, NO_PAGE, report_of
from ascendant.read.export import Export
from ascendant.read.json_records import BROKEN_JSON, NOT_AN_OBJECT
from ascendant.read.known_tables import NO_ID
from ascendant.read.options import ReadOptions
from ascendant.testing import check_reader

SAMPLES = Path(__file__).resolve().parents[1] / "exports" / "ad_library"
REPORT = "FacebookAdLibraryReport_2026-03-01_FR_last_30_days_advertisers.csv"
ALL = sorted(path.name for path in SAMPLES.iterdir())
HALLE, ASSO, SMALL, SARL = (f"facebook:6155000000000000{n}" for n in (1, 2, 5, 6))
FIRST_OF_MARCH = 1_772_323_200_000_000
HEADER = "Page ID,Page name,Disclaimer,Amount spent (EUR),Number of ads in Library\n"


def region_of(ad: Ad) -> str:
    (region,) = (value for kind, value, _ in ad.criteria if kind == "region")
    return region


def everything(path: Path) -> list[object]:
    return list(READER.read(Export.at(path), ReadOptions()))


@pytest.mark.parametrize("name", ALL)
def test_every_promise_of_a_reader_is_kept_and_no_other_reader_claims_the_file(name, who_knows):
    check_reader(READER, SAMPLES / name)
    assert who_knows(SAMPLES / name) == ["ad_library"]


def test_the_real_header_of_a_report_is_read_to_its_values(headers, read_with):
    found = read_with(READER, headers / "FacebookAdLibraryReport_2024-06-01_FR_last_30_days_advertisers.csv")
    first, second = found.acts
    assert (first.verb, first.actor_id, first.count, first.object_kind) == (
        "targeted",
        "facebook:121264564551002",
        67,
        "ad",
    )
    assert (first.happened_at, first.time_precision, first.time_basis) == (1_717_200_000_000_000, "day", "export_time")
    window = (("country", "FR", "platform"), ("report_window", "last_30_days", "platform"))
    assert first.ad == Ad(
        advertiser="Financé par Parti Exemple", criteria=window, currency="EUR", spend_low=12345, spend_high=12345
    )
    assert second.ad == Ad(criteria=window, currency="EUR", spend_low=0, spend_high=100), "≤100 is an interval"
    assert second.count == 1
    assert found.account["facebook:999"] == Account(
        account_id="facebook:999",
        platform="facebook",
        name="Petite page",
        declared_kind="page",
        resolved="exact",
        collected_at=1_717_200_000_000_000,
    )
    assert [(one.status, one.rows_in, one.note) for one in found.coverage] == [("parsed", 2, None)]


def test_the_real_keys_of_the_api_are_read_to_their_values(headers, read_with):
    act = read_with(READER, headers / "meta_ad_library_api.json").only
    assert (act.activity_id, act.object_id) == ("facebook:ad-400000000000001", "facebook:400000000000001")
    assert (act.actor_id, act.text, act.urls, act.lang) == (
        "facebook:121264564551002",
        "Votez !",
        ("example.org",),
        "fr",
    )
    assert (act.happened_at, act.time_precision) == (1_716_249_600_000_000, "day"), "the day from which it was shown"
    ad = act.ad
    assert ad is not None
    assert (ad.advertiser, ad.currency, ad.spend_low, ad.spend_high) == ("Parti Exemple", "EUR", 100, 199)
    assert (ad.impressions_low, ad.impressions_high) == (10_000, 14_999)
    assert set(ad.criteria) == {
        ("target_age", "18-65+", "demographic"),
        ("target_gender", "All", "demographic"),
        ("target_location", "France", "demographic"),
        ("delivered_age_gender", "25-34|female|0.12", "demographic"),
        ("delivered_age_gender", "65+|unknown|0.003", "demographic"),
        ("delivered_region", "Île-de-France|0.55", "demographic"),
        ("delivered_reach", "FR|25-34|male|100", "demographic"),
        ("delivered_reach", "FR|25-34|female|120", "demographic"),
        ("delivered_reach", "FR|25-34|unknown|3", "demographic"),
        ("delivered_reach", "EU|12000", "demographic"),
        ("estimated_audience", "500001-1000000", "platform"),
        ("publisher_platform", "facebook", "platform"),
        ("publisher_platform", "instagram", "platform"),
        ("language", "fr", "platform"),
        ("beneficiary", "Parti Exemple", "platform"),
        ("delivery_window", "2024-05-21/2024-06-08", "platform"),
    }


def test_the_real_header_of_google_is_read_to_its_values(headers, read_with):
    act = read_with(READER, headers / "google_political_creative_stats.csv").only
    assert (act.platform, act.actor_id, act.object_id) == ("google", "google:AR01", "google:CR01")
    ad = act.ad
    assert ad is not None
    assert (ad.advertiser, ad.impressions_low, ad.impressions_high) == ("Parti Ex", 10_000, 100_000)
    assert (ad.currency, ad.spend_low, ad.spend_high) == ("USD", 100, 1000)
    assert act.happened_at == 1_714_521_600_000_000


def test_a_page_has_a_row_for_each_name_that_it_paid_under(read_with):
    acts = [act for act in read_with(READER, SAMPLES / REPORT).acts if act.actor_id == HALLE]
    assert [(act.ad.advertiser, act.count, act.ad.spend_low) for act in acts if act.ad] == [
        ("Coopérative de la Halle", 67, 12345),
        ("Mairie de quartier", 3, 250),
    ]
    assert len({act.activity_id for act in acts}) == 2


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("≤100", 0, 100),
        ("≤\u202f100", 0, 100),
        ("<100", 0, 100),
        ("<= 100", 0, 100),
        ("moins de 100", 0, 100),
        ("12345", 12345, 12345),
        ("12,345", 12345, 12345),
        ("12\u202f345", 12345, 12345),
        ("100-199", 100, 199),
        (">1000000", 1_000_000, None),
    ],
)
def test_an_amount_is_kept_as_the_interval_that_it_is(read_with, written, low, high):
    ad = read_with(READER, f'{HEADER}7,Page,Payeur,"{written}",1\n', REPORT).only.ad
    assert ad is not None
    assert (ad.spend_low, ad.spend_high) == (low, high)


def test_an_amount_that_cannot_be_read_and_a_row_of_nobody_are_rejects(read_with):
    found = read_with(READER, f"{HEADER}7,Page,Payeur,beaucoup,1\n,,,100,1\n8,Page,Payeur,,1\n", REPORT)
    assert found.reasons == [BAD_AMOUNT, NO_PAGE]
    assert found.acts[0].missing == ("ad",), "no amount is no zero"
    assert found.acts[0].ad is not None
    assert found.acts[0].ad.spend_low is None


def test_pages_without_an_id_are_not_one_account(read_with):
    found = read_with(READER, f"{HEADER}0,Une page,Payeur,200,2\n,Autre page,Payeur,200,2\n", REPORT)
    assert [(act.actor_id, act.missing) for act in found.acts] == [(None, ("actor_id",))] * 2
    assert found.acts[0].activity_id != found.acts[1].activity_id
    assert found.accounts == []


def test_a_number_of_advertisements_that_is_none_is_said_to_be_missing(read_with):
    for n in ("0", "-1", "beaucoup", ""):
        act = read_with(READER, f"{HEADER}7,Page,Payeur,200,{n}\n", REPORT).only
        assert (act.count, act.missing) == (1, ("count",))


def test_the_older_spelling_of_the_columns_is_read(read_with):
    older = "Page ID,Page Name,Disclaimer,Amount Spent (DKK),Number of Ads in Library\n7,Page,Payeur,≤100,4\n"
    act = read_with(READER, older, "FacebookAdLibraryReport_2019-06-06_DK_lifelong_advertisers.csv").only
    assert act.ad is not None
    assert (act.ad.currency, act.ad.spend_high, act.count) == ("DKK", 100, 4)
    assert ("report_window", "lifelong", "platform") in act.ad.criteria


def test_a_report_under_another_name_has_no_day_and_says_so(read_with):
    found = read_with(READER, f"{HEADER}7,Page,Payeur,200,2\n", "annonceurs.csv")
    assert (found.only.happened_at, found.only.missing, found.notes) == (None, ("happened_at",), [NO_DATE])


@pytest.mark.parametrize(
    ("disclaimer", "name"),
    [
        ("These ads ran without a disclaimer", None),
        ("Ces publicités ont été diffusées sans avertissement", None),
        ("Diese Werbeanzeigen wurden ohne Disclaimer geschaltet", None),
        ("Deze advertenties zijn weergegeven zonder disclaimer", None),
        ("", None),
        ("Financé par Parti Exemple", "Financé par Parti Exemple"),
        ("Médecins sans frontières", "Médecins sans frontières"),
        ("Ohne Grenzen e.V.", "Ohne Grenzen e.V."),
    ],
)
def test_a_sentence_that_says_that_nobody_is_named_names_nobody(disclaimer, name):
    assert payer(disclaimer) == name


def test_the_zip_of_a_report_is_one_export_whose_regions_do_not_count_twice(tmp_path, read_with):
    base = "FacebookAdLibraryReport_2026-03-01_FR_last_30_days"
    path = tmp_path / f"{base}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{base}_advertisers.csv", (SAMPLES / REPORT).read_bytes())
        archive.writestr(f"{base}_locations.csv", "Location name,Amount spent (EUR)\nBretagne,250\nCorse,≤100\n")
        header = "Page ID,Page name,Disclaimer,Amount spent (EUR)\n"
        archive.writestr(f"regions/{base}_Hauts-de-France.csv", f"{header}61550000000000001,La Halle,Coop,≤100\n")
        archive.writestr("README.txt", "This report is a summary.")
    check_reader(READER, path)
    found = read_with(READER, path)
    assert {act.verb for act in found.acts if act.count > 1} == {"targeted"}
    assert sum(act.verb == "targeted" for act in found.acts) == 4
    cut_again = [act for act in found.acts if act.verb == "measured"]
    assert sorted((act.actor_id or "", act.ad.spend_high, region_of(act.ad)) for act in cut_again if act.ad) == [
        ("", 100, "Corse"),
        ("", 250, "Bretagne"),
        (HALLE, 100, "Hauts-de-France"),
    ]
    assert {one.member: one.note for one in found.coverage}["README.txt"] == EXPLANATIONS
    assert {act.source_file for act in found.acts} == {one.member for one in found.coverage} - {"README.txt"}


def test_a_zip_with_something_else_in_it_is_left_to_others(tmp_path, who_knows):
    path = tmp_path / "mixed.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(REPORT, (SAMPLES / REPORT).read_bytes())
        archive.writestr("posts.csv", "a,b\n1,2\n")
    assert who_knows(path) == []


@pytest.mark.parametrize("name", ["api_page.json", "api_list.json", "api_lines.jsonl"])
def test_the_api_is_read_from_a_page_a_list_and_lines(name, read_with):
    found = read_with(READER, SAMPLES / name)
    assert [(act.activity_id, act.actor_id, act.ad.advertiser) for act in found.acts if act.ad] == [
        ("facebook:ad-400000000000011", HALLE, "Coopérative de la Halle"),
        ("facebook:ad-400000000000022", ASSO, "Les Amis du canal"),
        ("facebook:ad-400000000000033", SARL, "Vélos & Fils Holding"),
    ]
    old = found.acts[1]
    assert (old.text, old.happened_at, old.time_precision) == ("Votez vélo", 1_556_704_800_000_000, "s")
    assert old.ad is not None
    assert (old.ad.spend_low, old.ad.spend_high) == (0, 99)
    assert (old.ad.impressions_low, old.ad.impressions_high) == (1_000_000, None), "an open top stays open"
    assert found.acts[0].ad is not None
    assert ("excluded_location", "Roubaix", "demographic") in found.acts[0].ad.criteria
    assert ("estimated_audience", "1000001-", "platform") in found.acts[0].ad.criteria


@pytest.mark.parametrize("name", ["api_page.json", "api_list.json", "api_lines.jsonl"])
def test_no_access_token_is_ever_kept(name):
    assert b"SECRETTOKEN" in (SAMPLES / name).read_bytes(), "the sample holds tokens, or the test shows nothing"
    assert "SECRETTOKEN" not in repr(everything(SAMPLES / name))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_access_token_is_kept_from_a_file_that_breaks_off_or_has_it_elsewhere(tmp_path, data):
    text = (SAMPLES / data.draw(st.sampled_from(["api_page.json", "api_list.json", "api_lines.jsonl"]))).read_text(
        "utf-8"
    )
    text = text[: data.draw(st.integers(400, len(text)))]
    moved = data.draw(
        st.sampled_from(["page_name", "bylines", "currency", "id", "ad_creation_time", "ad_delivery_stop_time"])
    )
    path = tmp_path / "ads.json"
    path.write_text(text.replace('"ad_snapshot_url"', f'"{moved}"'), encoding="utf-8")
    assert "SECRETTOKEN" not in repr(everything(path))


def test_bad_records_of_the_api_are_rejects(read_with):
    good = json.loads((SAMPLES / "api_lines.jsonl").read_text(encoding="utf-8").splitlines()[0])
    lines = [json.dumps(good), "{broken", "[1]", json.dumps({"page_id": "7"}), json.dumps({**good, "id": None})]
    found = read_with(READER, "\n".join(lines), "ads.jsonl")
    assert len(found.acts) == 1
    assert found.reasons == [BROKEN_JSON, NOT_AN_OBJECT, NOT_AN_AD, NO_ID]
    assert [reject.detail for reject in found.rejects] == [""] * 4


def test_bounds_that_contradict_each_other_are_unknown(read_with):
    record = json.loads((SAMPLES / "api_lines.jsonl").read_text(encoding="utf-8").splitlines()[0])
    record["spend"] = {"lower_bound": "200", "upper_bound": "100"}
    record["impressions"] = "lower_bound: 1000, upper_bound: 4999"
    ad = read_with(READER, json.dumps(record), "ads.jsonl").only.ad
    assert ad is not None
    assert (ad.spend_low, ad.spend_high, ad.impressions_low, ad.impressions_high) == (None, None, 1000, 4999)


def test_google_s_cost_is_in_the_currency_that_was_paid_in(read_with):
    found = read_with(READER, SAMPLES / "google_creative_stats.csv")
    told = [(act.ad.currency, act.ad.spend_low, act.ad.spend_high) for act in found.acts if act.ad]
    assert told == [("EUR", 200, 300), ("USD", 0, 100)]
    seen = [(act.ad.impressions_low, act.ad.impressions_high) for act in found.acts if act.ad]
    assert seen == [(0, 10_000), (10_000_000, None)]


def test_the_name_of_a_report_is_read_wherever_it_stands_in_a_path():
    assert report_of(f"a/{REPORT}") == report_of(REPORT)
    assert report_of(f"{REPORT.removesuffix('_advertisers.csv')}/advertisers.csv")[1:] == ("FR", "last_30_days", None)
    assert report_of("FacebookAdLibraryReport_2026-13-01_FR_lifelong_advertisers.csv").day is None


CELLS = st.one_of(
    st.text(max_size=20), st.sampled_from(["", "≤", "<", "-", "9" * 30, "\0", "1e400", "--", "100-1", "≤≤100"])
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CELLS, min_size=5, max_size=5))
def test_no_cell_of_a_report_stops_the_reading(tmp_path, cells):
    path = tmp_path / REPORT
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    path.write_bytes((HEADER + quoted + "\n").encode("utf-8", "surrogatepass"))
    items = everything(path)
    assert isinstance(items[-1], Coverage)
    for item in items:
        if isinstance(item, Activity):
            assert item.ad is not None
            low, high = item.ad.spend_low, item.ad.spend_high
            assert low is None or high is None or 0 <= low <= high


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["lower_bound", "upper_bound", "name", "payer", "age", "percentage"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_value_of_the_api_stops_the_reading(tmp_path, data):
    record = json.loads((SAMPLES / "api_lines.jsonl").read_text(encoding="utf-8").splitlines()[0])
    record |= data.draw(st.dictionaries(st.sampled_from(sorted(record)), VALUES, min_size=1))
    path = tmp_path / "ads.jsonl"
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    items = everything(path)
    assert isinstance(items[-1], Coverage)
    assert sum(isinstance(item, Activity | Reject) for item in items) == 1
