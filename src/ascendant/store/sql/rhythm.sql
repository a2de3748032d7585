-- When acts were done, where the source knows the time of day; and on what, where another account moved them.
-- Needs `named`. One row per moment and item: `item_id` is the item that was named, or else its author.
with moved as (
    select
        act_id,
        sum(case when is_conversation then 0 else n end) as n_moved,
        sum(case when is_conversation then n else 0 end) as n_conversation,
        max(case when is_conversation then null else coalesce(object_id, author_id) end) as item_id
    from named
    group by act_id
),

item as (
    select activity_id, actor_id from activity where verb in ('post', 'repost', 'quote', 'reply')
),

act as (
    select
        act.happened_at,
        moved.item_id,
        coalesce(moved.n_moved, 0) as n_moved,
        act."count" - coalesce(moved.n_conversation, 0) as n_acts
    from activity as act
    left join item on act.verb = 'reply' and act.object_id = item.activity_id
    left join moved on act.activity_id = moved.act_id
    where
        act.verb in ('post', 'repost', 'quote', 'reply')
        and act.actor_id is not null
        and act."count" > 0
        and act.happened_at is not null
        and coalesce(act.time_precision, 's') not in ('day', 'none')
        and not (act.verb = 'reply' and coalesce(item.actor_id, act.object_author_id, '') = act.actor_id)
)

select
    happened_at,
    item_id,
    cast(sum(n_acts) as bigint) as n_acts,
    cast(sum(n_moved) as bigint) as n_moved
from act
where n_acts > 0
group by happened_at, item_id
order by happened_at asc, item_id asc nulls last
