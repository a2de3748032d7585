"""The drawing of the map: what it shows, what it says, whom it never names, and that a page may hold it."""

import base64
import io
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from PIL import Image

from ascendant.patterns.map_sizes import size_law
from ascendant.report.map import draw_map, map_png, short_name, write_map
from ascendant.report.map_dots import FILLS, dots_of, picture_png
from ascendant.report.map_labels import wrapped
from ascendant.report.map_places import SCALE, SIDE
from reference.map_worlds import planted
from report.mapped import HOSTILE, NO_TOPICS, given, known, study, tables_of, topics_of

SVG = "{http://www.w3.org/2000/svg}"
TAGS = {0: ["ville30", "vélo"], 1: ["budget"], 2: ["handle9"]}


@pytest.fixture(scope="module")
def tables():
    return study(topics=topics_of(TAGS))


@pytest.fixture(scope="module")
def drawing(tables):
    return draw_map(given(tables))


def texts(svg):
    return ["".join(one.itertext()) for one in ET.fromstring(svg).iter(f"{SVG}text")]


def circles(svg):
    """x, y, r and fill of each circle."""
    found = []
    for group in ET.fromstring(svg).iter(f"{SVG}g"):
        found += [
            (*(float(one.get(name)) for name in ("cx", "cy", "r")), one.get("fill") or group.get("fill"))
            for one in group.findall(f"{SVG}circle")
        ]
    return found


def test_each_account_is_one_dot_at_its_place_in_the_colour_of_its_side(tables, drawing):
    dots = [one for one in circles(drawing.picture) if one[3] in FILLS.values()]
    wanted = []
    rows = {row["account_id"]: row for row in tables["standing"].to_pylist()}
    for row in tables["map"].to_pylist():
        side = rows[row["account_id"]]
        fill = FILLS["presumed" if side["is_presumed"] else side["standing"]]
        wanted.append((SIDE / 2 + row["x"] * SCALE, SIDE / 2 - row["y"] * SCALE, row["radius"] * SCALE, fill))
    assert sorted(one[3] for one in dots) == sorted(one[3] for one in wanted)
    for fill in FILLS.values():
        drawn, meant = (np.array(sorted(one[:3] for one in some if one[3] == fill)) for some in (dots, wanted))
        np.testing.assert_allclose(np.sort(drawn, axis=0), np.sort(meant, axis=0), atol=0.06)


def test_each_community_is_one_disc(tables, drawing):
    discs = [one for one in circles(drawing.picture) if one[3] not in {*FILLS.values(), "#fff"}]
    assert len(discs) == tables["map_discs"].num_rows
    assert sorted(one[2] for one in discs) == pytest.approx(
        sorted(radius * SCALE for radius in tables["map_discs"]["radius"].to_pylist()), abs=0.06
    )


def test_communities_go_by_their_number_and_hashtags_and_accounts_by_their_names(tables, drawing):
    words = " ".join(texts(drawing.picture))
    assert "1 #ville30" in words
    assert "2 #budget" in words
    assert "Radio Estuaire" in words
    assert "person-" in words


def test_nobody_private_is_named_and_nothing_of_a_stranger_is_markup(tables):
    for code in ("en", "fr"):
        drawn = draw_map(given(tables, code=code))
        for svg in (drawn.picture, drawn.legend, drawn.sheet):
            assert "<script" not in svg
            for row in known(tables).to_pylist()[3:]:
                assert row["name"] not in svg
                assert row["handle"] not in svg
                assert row["account_id"] not in svg
    assert HOSTILE[:3] in " ".join(texts(drawn.picture))


def test_names_that_are_revealed_are_shown_with_a_warning(tables):
    drawn = draw_map(given(tables, is_revealed=True))
    assert "Prénom Nom0" in " ".join(texts(drawn.picture))
    assert any("do not pass it on" in words for words in texts(drawn.sheet))


@pytest.mark.parametrize("code", ["en", "fr"])
def test_a_strict_page_may_hold_the_drawing(tables, code):
    drawn = draw_map(given(tables, code=code))
    for svg in (drawn.picture, drawn.legend, drawn.sheet):
        for one in ET.fromstring(svg).iter():
            assert one.tag in {f"{SVG}{name}" for name in "svg g circle path rect text image title desc".split()}
            assert not {"style", "class", "id", "onclick"} & set(one.keys())
            assert all("url(" not in value for value in one.attrib.values())
            assert one.get("href", "data:image/png").startswith("data:image/png")
    assert ET.fromstring(drawn.picture).get("aria-label") == drawn.alt
    said = ET.fromstring(drawn.legend).get("aria-label")
    assert len(said.split(". ")) >= 4  # disc, band, nearness, belt


def test_the_same_tables_give_the_same_bytes(tables, drawing):
    again = draw_map(given(tables))
    assert (again.picture, again.legend, again.sheet) == (drawing.picture, drawing.legend, drawing.sheet)
    assert map_png(again, width=400) == map_png(drawing, width=400)


def test_the_rows_are_the_bands(tables, drawing):
    bands = list(ET.fromstring(drawing.picture).iter(f"{SVG}path"))
    assert len(bands) == len(drawing.rows) > 0
    assert len(drawing.columns) == 3
    assert drawing.rows[0][0].startswith("Community ")
    acts = [int(row[2].replace(",", "")) for row in drawing.rows]
    assert acts == sorted(acts, reverse=True)


def test_no_name_covers_another(drawing):
    boxes = []
    for one in ET.fromstring(drawing.picture).iter(f"{SVG}rect"):
        x, y, width, height = (float(one.get(name)) for name in ("x", "y", "width", "height"))
        boxes.append((x, y, x + width, y + height))
    assert len(boxes) >= 3
    for n, one in enumerate(boxes):
        assert 0 <= one[0] < one[2] <= SIDE
        for other in boxes[:n]:
            assert (
                one[2] <= other[0] + 0.2
                or other[2] <= one[0] + 0.2
                or one[3] <= other[1] + 0.2
                or other[3] <= one[1] + 0.2
            )


def test_the_legend_shows_dots_as_large_as_they_are_on_the_map(tables, drawing):
    dots = dots_of(tables["map"], tables["standing"])
    slope, least = np.polyfit(size_law(dots.n_moved.astype(float)), dots.radius, 1)
    root = ET.fromstring(drawing.legend)
    shown = {}
    for group in root.iter(f"{SVG}g"):
        marks = [one for one in group.findall(f"{SVG}circle") if one.get("fill") == "#4a5763"]
        words = [one for one in group.findall(f"{SVG}text") if one.get("text-anchor") == "middle"]
        shown |= {one.text: float(mark.get("r")) for mark, one in zip(marks, words, strict=True)} if marks else {}
    assert len(shown) >= 3
    for words, radius in shown.items():
        assert radius == pytest.approx(least + slope * float(size_law(float(words.replace(",", "")))), abs=0.02)


def test_the_legend_counts_every_account(tables, drawing):
    words = texts(drawing.legend)
    end = next(place for place, one in enumerate(words) if one.startswith("A dot is"))
    numbers = [int(one.replace(",", "")) for one in words[:end] if re.fullmatch(r"[\d,]+", one)]
    assert sum(numbers) == tables["map"].num_rows


def title_of(tables, code="en"):
    return draw_map(given(tables, code=code)).title


def test_the_title_is_the_finding():
    null, _ = planted(2, is_null=True)
    assert title_of(tables_of(*null)) == "Acts cross between communities, and no current stands out"
    ties, communities, accounts = planted(2, is_null=False)[0]
    home = dict(zip(communities["account_id"].to_pylist(), communities["community"].to_pylist(), strict=True))
    strong = [
        row["n_moved"] * (40 if (home[row["source_id"]], home[row["target_id"]]) == first else 1)
        for first in [next((home[r["source_id"]], home[r["target_id"]]) for r in ties.to_pylist()
                           if home[r["source_id"]] != home[r["target_id"]])]
        for row in ties.to_pylist()
    ]  # fmt: skip
    louder = ties.set_column(2, "n_moved", [strong])
    drawn = draw_map(given(tables_of(louder, communities, accounts)))
    assert re.fullmatch(r"The strongest current goes from Community \d+ to Community \d+", drawn.title)
    assert re.match(r"It carries [\d,]+ acts, half of them moved by (one account|\d+ accounts)\. Inside", drawn.reading)
    assert drawn.title in drawn.alt


def test_studies_with_nothing_to_see_say_so():
    ties, communities, accounts = planted(0, is_null=False, n_communities=1, size=12)[0]
    assert title_of(tables_of(ties, communities, accounts)) == "All who exchange are one community"
    talk = ties.set_column(2, "n_moved", [[0] * ties.num_rows]).set_column(3, "n_conversation", [[1] * ties.num_rows])
    assert title_of(tables_of(talk, communities, accounts)) == "Nobody moved anybody: the map shows who was there"
    nobody = tables_of(ties.slice(0, 0), communities.slice(0, 0), accounts.slice(0, 0))
    drawn = draw_map(given(nobody))
    assert drawn.title == "There is no account to map"
    ET.fromstring(drawn.sheet)
    lone = tables_of(
        ties.slice(0, 0), communities.slice(0, 1).set_column(1, "community", [pa_null()]), accounts.slice(0, 1)
    )
    assert len(circles(draw_map(given(lone)).picture)) == 1


def pa_null():
    import pyarrow as pa

    return pa.nulls(1, pa.int32())


@pytest.fixture(scope="module")
def large():
    return study(seed=7, n=10_000, n_communities=40, share_alone=0.25)


def test_ten_thousand_accounts_are_a_small_drawing(large):
    drawn = draw_map(given(large, code="fr"))
    assert len(drawn.picture.encode()) <= 400_000
    assert len(drawn.sheet.encode()) <= 400_000
    assert len(circles(drawn.picture)) < 2000


def test_the_picture_of_many_dots_has_each_in_its_place_and_colour(large):
    dots = dots_of(large["map"], large["standing"])
    image = Image.open(io.BytesIO(picture_png(dots))).convert("RGBA")
    scale = image.size[0] / SIDE
    pixels = np.asarray(image)
    for row in [*range(200), *range(5000, 5200)]:
        x, y = int(dots.x[row] * scale), int(dots.y[row] * scale)
        colour = "#" + bytes(pixels[y, x, :3].tolist()).hex()
        assert colour == list(FILLS.values())[dots.fill[row]]
        assert pixels[y, x, 3] > 120
    assert np.mean(pixels[:, :, 3] == 0) > 0.3  # nothing where nobody is


def test_the_picture_in_the_page_is_that_one(large):
    drawn = draw_map(given(large))
    [image] = ET.fromstring(drawn.picture).iter(f"{SVG}image")
    data = base64.b64decode(image.get("href").partition("base64,")[2])
    assert data == picture_png(dots_of(large["map"], large["standing"]))


def test_the_png_is_as_wide_as_asked_and_shows_colours_and_words(drawing):
    image = Image.open(io.BytesIO(map_png(drawing)))
    assert image.size[0] == 2000
    pixels = np.asarray(image.convert("RGB")).reshape(-1, 3)
    seen = {tuple(one) for one in pixels[::7].tolist()}
    for side in ("influencer", "influenced", "presumed"):
        assert tuple(bytes.fromhex(FILLS[side][1:])) in seen


def test_files_of_the_map_stand_by_themselves(tables, tmp_path):
    svg, png = write_map(given(tables, code="fr"), tmp_path / "report")
    assert (svg.name, png.name) == ("map-fr.svg", "map-fr.png")
    root = ET.parse(svg).getroot()
    assert "Ascendant Sans" in root.find(f"{SVG}style").text
    assert "http" not in root.find(f"{SVG}style").text
    with Image.open(png) as image:
        assert image.size[0] == 2000


def test_in_french_the_map_speaks_french(tables):
    words = draw_map(given(tables, code="fr"))
    assert "," not in words.rows[0][2]
    assert "Comptes qui" in texts(words.legend)


def test_a_name_is_shown_without_its_handle():
    assert short_name("A (@b) (@c)") == "A (@b)"


def test_words_are_broken_where_there_are_spaces_that_may_break():
    assert wrapped("un\u202f: deux trois", 60, 12) == ["un\u202f: deux", "trois"] or wrapped("a b", 1, 12) == ["a", "b"]
    assert " ".join(wrapped("one two three four", 70, 12)) == "one two three four"


def test_a_study_without_hashtags_numbers_its_communities():
    drawn = draw_map(given(study(topics=NO_TOPICS)))
    assert any(words.startswith("Community ") for words in texts(drawn.picture))
