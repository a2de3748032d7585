-- Every account that was seen, with how much it did, how much of that others moved, and how much of others' it moved.
-- Needs `named` (what the question of that name returns). An account has one row however it was seen.
--   n_acts_held      its act rows, and posts that are known only by whom they mention
--   n_posts_held     of these, its posts and quotes
--   n_items_unheld   items of it that others' acts name and that are in no file, or not among the acts asked about
--   n_acts           both; 1 where others name it without ids and nothing else is known of it
--   n_items_seen, n_moved_on_seen, n_squares_on_seen: its items held one by one, others' acts on them, and the
--   sum over the items of the square of these: what is needed to see how unevenly acts fall on items
with item as (
    select activity_id, actor_id, is_asked from held where verb in ('post', 'repost', 'quote', 'reply')
),

fact as (
    select
        act.activity_id,
        act.actor_id,
        act.happened_at,
        act.verb,
        act."count" as n,
        act.is_asked,
        case
            when act.verb = 'mention' then 0
            when act.verb = 'reply' and coalesce(item.actor_id, act.object_author_id) = act.actor_id then 0
            else 1
        end as is_act
    from held as act
    left join item on act.verb = 'reply' and act.object_id = item.activity_id
    where
        act.verb in ('post', 'repost', 'quote', 'reply', 'mention')
        and act.actor_id is not null
        and act."count" > 0
),

-- A mention at the same moment as another act of its author is that act; else it shows a post, once for all whom it names.
moment as (
    select
        actor_id,
        happened_at,
        sum(case when is_asked then is_act * n else 0 end) as n_acts,
        sum(case when is_asked and verb in ('post', 'quote') then n else 0 end) as n_posts,
        sum(case when verb = 'mention' then 0 else 1 end) as n_rows,
        max(case when is_asked and verb = 'mention' then n else 0 end) as n_mentioning
    from fact
    group by actor_id, happened_at
),

own as (
    select
        actor_id as account_id,
        sum(case when n_rows > 0 then n_acts else n_mentioning end) as n_rows,
        sum(n_posts) as n_posts
    from moment
    group by actor_id
),

moved as (
    select
        actor_id as account_id,
        sum(case when is_conversation then 0 else n end) as n_moved,
        sum(case when is_conversation then n else 0 end) as n_conversation
    from named
    group by actor_id
),

named_item as (
    select author_id, object_id, sum(n) as n_moved
    from named
    where not is_conversation
    group by author_id, object_id
),

moving as (
    select
        named_item.author_id as account_id,
        sum(named_item.n_moved) as n_moved_by_it,
        sum(case when named_item.object_id is not null and item.activity_id is null then 1 else 0 end) as n_items_unheld
    from named_item
    left join item on named_item.object_id = item.activity_id and item.is_asked
    group by named_item.author_id
),

conversation as (
    select act_id from named where is_conversation
),

seen_item as (
    select fact.actor_id as account_id, coalesce(named_item.n_moved, 0) as n_moved
    from fact
    left join conversation on fact.activity_id = conversation.act_id
    left join named_item on fact.activity_id = named_item.object_id and fact.actor_id = named_item.author_id
    where fact.is_asked and fact.is_act = 1 and fact.n = 1 and conversation.act_id is null
),

seen as (
    select
        account_id,
        count(*) as n_items_seen,
        sum(n_moved) as n_moved_on_seen,
        sum(n_moved * n_moved) as n_squares_on_seen
    from seen_item
    group by account_id
),

-- Who only pays for advertisements or has figures of its own measured is not on the network by that.
absent as (
    select actor_id as account_id
    from held
    where actor_id is not null
    group by actor_id
    having max(case when verb in ('targeted', 'measured', 'ad_view', 'inferred', 'tracked') then 0 else 1 end) = 0
),

-- A group or a page where others write is a place, until it writes itself.
place as (
    select distinct context_id as account_id from held where context_id is not null
),

present as (
    select account.account_id
    from account
    left join place on account.account_id = place.account_id
    where account.account_id is not null and place.account_id is null
    union
    select actor_id as account_id from activity where actor_id is not null
    union
    select object_author_id as account_id from activity
    where object_author_id is not null and verb not in ('targeted', 'measured', 'ad_view', 'inferred', 'tracked')
),

everybody as (
    select present.account_id
    from present
    left join absent on present.account_id = absent.account_id
    where absent.account_id is null
    union
    select author_id as account_id from named
),

counted as (
    select
        everybody.account_id,
        coalesce(own.n_rows, 0) - coalesce(moved.n_conversation, 0) as n_acts_held,
        coalesce(own.n_posts, 0) as n_posts_held,
        coalesce(moving.n_items_unheld, 0) as n_items_unheld,
        coalesce(moved.n_moved, 0) as n_moved,
        coalesce(moving.n_moved_by_it, 0) as n_moved_by_it,
        coalesce(moved.n_conversation, 0) as n_conversation,
        coalesce(seen.n_items_seen, 0) as n_items_seen,
        coalesce(seen.n_moved_on_seen, 0) as n_moved_on_seen,
        coalesce(seen.n_squares_on_seen, 0) as n_squares_on_seen
    from everybody
    left join own on everybody.account_id = own.account_id
    left join moved on everybody.account_id = moved.account_id
    left join moving on everybody.account_id = moving.account_id
    left join seen on everybody.account_id = seen.account_id
)

select
    account_id,
    cast(n_acts_held as bigint) as n_acts_held,
    cast(n_posts_held as bigint) as n_posts_held,
    cast(n_items_unheld as bigint) as n_items_unheld,
    cast(
        case
            when n_acts_held + n_items_unheld = 0 and n_moved_by_it > 0 then 1
            else n_acts_held + n_items_unheld
        end as bigint
    ) as n_acts,
    cast(n_moved as bigint) as n_moved,
    cast(n_moved_by_it as bigint) as n_moved_by_it,
    cast(n_conversation as bigint) as n_conversation,
    cast(n_items_seen as bigint) as n_items_seen,
    cast(n_moved_on_seen as bigint) as n_moved_on_seen,
    cast(n_squares_on_seen as bigint) as n_squares_on_seen
from counted
order by account_id
