import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ascendant.activity import VERBS
from ascendant.errors import BadMapping
from ascendant.read.tabular.fields import shape
from ascendant.read.tabular.rows import BAD_COUNT, NO_ACTOR, NO_VERB, UNKNOWN_VERB

T = "2024-01-02T10:00:00Z"
EDGE = ("actor=a", "object_author=b", "verb=v")
fresh = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def test_a_table_that_names_others_needs_a_verb(read):
    with pytest.raises(BadMapping, match="verb"):
        read("a,b\n1,2\n", "actor=a", "object_author=b")
    assert read("a,b\n1,2\n", "actor=a").acts[0].verb == "post"


def test_a_table_needs_somebody_who_acts_and_names_need_ids(read):
    with pytest.raises(BadMapping, match="who acts"):
        read("a,b\n1,2\n", "text=a")
    with pytest.raises(BadMapping, match="display name"):
        read("a,b\n1,2\n", "actor=a", "object_author_name=b")
    with pytest.raises(BadMapping, match="no such verb"):
        read("a,b\n1,2\n", "actor=a", "verb=:repsot")


def test_a_code_without_a_meaning_is_rejected_by_name_and_never_a_post(read):
    found = read("a,b,v\n1,2,RT\n1,2,xx\n1,2,\n1,2,QT\n", *EDGE, values=("QT=quote",))
    assert [act.verb for act in found.acts] == ["repost", "quote"]
    assert [(r.pointer, r.reason, r.detail) for r in found.rejects] == [
        ("line 3", UNKNOWN_VERB, "xx"),
        ("line 4", NO_VERB, ""),
    ]


def test_a_code_of_the_user_wins_over_the_common_meaning(read):
    found = read("a,b,v\n1,2,share\n1,2,rt\n", *EDGE, values=("share=quote", "v:RT=reply"))
    assert [act.verb for act in found.acts] == ["quote", "reply"]


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_our_own_verbs_pass_in_any_case(read, verb):
    assert read(f"a,b,v\n1,2,{verb.upper()}\n", *EDGE).acts[0].verb == verb


@pytest.mark.parametrize("nobody", ["", " ", "None", "nan", "NaN", "null", "NA", "<NA>", "\\N"])
def test_deleted_accounts_never_become_one_account(read, nobody):
    found = read(f"a,b,v\n{nobody},2,RT\n1,{nobody},RT\n", *EDGE)
    assert [(reject.pointer, reject.reason) for reject in found.rejects] == [("line 2", NO_ACTOR)]
    assert [(act.object_author_id, act.missing) for act in found.acts] == [(None, ("object_author_id",))]


def test_the_same_person_has_one_id_whether_the_column_was_of_integers_or_of_floats(read):
    found = read("a,b,v\n77,88,RT\n88,77.0,RT\n", *EDGE)
    assert found.acts[0].actor_id == found.acts[1].object_author_id == "table:77"


def test_handles_are_one_account_in_any_case_and_with_or_without_the_sign(read):
    table = "a,b,v,m\nAda,@Bob,reply,@bob cy\nbob,ADA,reply,\n"
    found = read(table, "actor_handle=a", "object_author=b", "verb=v", "mentions=m", platform="x")
    assert [(act.actor_id, act.object_author_id) for act in found.acts] == [("x:@ada", "x:@bob"), ("x:@bob", "x:@ada")]
    assert found.acts[0].mentions == ("x:@bob", "x:@cy")
    assert [account.handle for account in found.accounts] == ["Ada", "bob"]


def test_columns_fall_back_in_order(read):
    found = read("id,name\n5,ada\n,bob\nnull,cy\n", "actor=id|name")
    assert [act.actor_id for act in found.acts] == ["table:5", "table:bob", "table:cy"]


def test_a_column_whose_name_holds_a_bar_is_one_column(read):
    assert read("id|name\n5\n", "actor=id|name", separator="comma").acts[0].actor_id == "table:5"


def test_each_network_of_a_mixed_table_has_its_own_identifiers(read):
    table = "a,net\nada,Twitter\nada,facebook_public\nada,\n"
    assert [act.actor_id for act in read(table, "actor=a", "platform=net").acts] == [
        "x:ada",
        "facebook:ada",
        "table:ada",
    ]
    assert {act.platform for act in read(table, "actor=a", "platform=:facebook").acts} == {"facebook"}
    assert {act.platform for act in read(table, "actor=a", "platform=net", platform="linkedin").acts} == {"linkedin"}


@fresh
@given(
    st.lists(st.tuples(st.sampled_from("pqr"), st.sampled_from("st"), st.integers(0, 2)), min_size=1, max_size=30),
    st.randoms(),
)
def test_every_row_keeps_its_place_and_a_new_export_of_the_same_rows_has_the_same_ids(read, rows, random):
    def written(some):
        return "a,b,t,v\n" + "".join(f"{a},{b},{1_700_000_000 + t},RT\n" for a, b, t in some)

    first = read(written(rows), *EDGE, "happened_at=t")
    assert len({act.activity_id for act in first.acts}) == len(rows)
    shuffled = random.sample(rows, len(rows))
    second = read(written(shuffled), *EDGE, "happened_at=t")
    assert {act.activity_id for act in first.acts} == {act.activity_id for act in second.acts}


def test_repeated_rows_are_told_apart_across_batches(read):
    n = 20_000
    found = read("a,t\n" + "ada,1700000000\nbob,1700000000\n" * (n // 2), "actor=a", "happened_at=t")
    assert len({act.activity_id for act in found.acts}) == n


def test_what_a_later_export_counts_again_does_not_change_an_id(read):
    one = read("a,t,n,f\nada,1700000000,3,10\n", "actor=a", "happened_at=t", "likes=n", "actor_followers=f")
    other = read("a,t,n,f\nada,1700000000,9,99\n", "actor=a", "happened_at=t", "likes=n", "actor_followers=f")
    assert one.acts[0].activity_id == other.acts[0].activity_id
    assert one.acts[0].metrics != other.acts[0].metrics


def test_mentions_that_carry_the_id_of_their_post_do_not_replace_it(read):
    table = "i,a,b,v\n9,ada,,post\n9,ada,bob,mention\n9,ada,cy,mention\n"
    found = read(table, *EDGE, "id=i")
    assert len({act.activity_id for act in found.acts}) == 3
    assert found.acts[0].activity_id == "table:9"


def test_an_interval_is_missing_rather_than_a_count(read):
    act = read('a,l,r\nada,"1,234",≤100\n', "actor=a", "likes=l", "reposts=r").acts[0]
    assert (act.metrics.likes, act.metrics.reposts, act.missing) == (1234, None, ("reposts",))


def test_a_number_of_acts_that_is_none_is_rejected(read):
    found = read("a,n\nada,2\nbob,0\ncy,-1\ndi,many\ned,\n", "actor=a", "count=n")
    assert [act.count for act in found.acts] == [2, 1]
    assert [reject.reason for reject in found.rejects] == [BAD_COUNT] * 3


def test_a_row_without_a_time_is_kept_and_says_so_and_an_absurd_one_is_rejected(read):
    found = read(f"a,t\nada,{T}\nbob,\ncy,1970-01-01\ndi,2024-13-01\n", "actor=a", "happened_at=t")
    assert [(act.happened_at is None, act.missing) for act in found.acts] == [(False, None), (True, ("happened_at",))]
    assert [reject.pointer for reject in found.rejects] == ["line 4", "line 5"]


def test_a_reject_never_repeats_the_words_of_a_post(read):
    secret = "words nobody may read in a log"
    table = f"a,b,v,t,n\nada,bob,RT,{T},1\nada,bob,RT,{secret},1\nada,bob,RT,{T},1,{secret}\n"
    for reject in read(table, *EDGE, "happened_at=t", "count=n").rejects:
        assert not any(word in f"{reject.reason} {reject.detail}" for word in secret.split() if len(word) > 3)


@given(st.text())
def test_the_shape_of_a_cell_tells_neither_letters_nor_digits(cell):
    shown = shape(cell)
    assert len(shown) <= 40
    assert set(filter(str.isalnum, shown)) <= {"a", "9"} | {
        sign for sign in shown if not (sign.isalpha() or sign.isdigit())
    }


def test_the_time_of_collection_is_read_in_its_own_way(read):
    table = "a,t,c\nada,05/06/2024,1700000000\n"
    act = read(table, "actor=a", "happened_at=t", "collected_at=c", time_format="%d/%m/%Y").acts[0]
    assert act.collected_at == 1_700_000_000_000_000


def test_an_account_is_described_once_until_its_description_changes(read):
    table = "a,f\nada,10\nada,10\nbob,5\nada,10\nada,11\n"
    found = read(table, "actor=a", "actor_followers=f")
    assert [(account.account_id, account.followers) for account in found.accounts] == [
        ("table:ada", 10),
        ("table:bob", 5),
        ("table:ada", 11),
    ]
