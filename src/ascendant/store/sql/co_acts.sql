-- Who acted when, and on whose item, act by act in the order of time: of this the traces of groups are made.
-- Needs `root` (object_id, root_id, root_author_id: where a repost of a repost leads). The place of an act in this answer
-- is its number: `co_acts_said` tells in the same order what was said, and `co_acts_shown` counts in the same way. Acts
-- without a time of day, and rows that stand for several acts, are not here; `co_acts_left_out` counts them.
--   is_own           1 where the item named is the actor's
--   object_at        when that item was posted; null where it is in no file, or its second is unknown
--   is_to_the_minute 1 where the act's second is unknown
with named as (
    select distinct object_id from activity where verb in ('repost', 'quote', 'reply') and object_id is not null
    union
    select distinct root_id as object_id from root
),

item as (
    select
        activity_id,
        case when verb = 'repost' and object_id is null then object_author_id else actor_id end as author_id,
        case when coalesce(time_precision, 's') in ('min', 'day', 'none') then null else happened_at end as posted_at
    from held
    where verb in ('post', 'repost', 'quote', 'reply') and activity_id in (select object_id from named)
),

act as (
    select
        act.activity_id,
        act.actor_id,
        act.happened_at,
        act.verb,
        coalesce(root.root_id, act.object_id) as object_id,
        coalesce(root.root_author_id, act.object_author_id) as author_id,
        act.time_precision
    from activity as act
    left join root on act.verb in ('repost', 'quote') and act.object_id = root.object_id
    where
        act.verb in ('post', 'repost', 'quote', 'reply')
        and act.actor_id is not null
        and act.happened_at is not null
        and act."count" = 1
        and coalesce(act.time_precision, 's') not in ('day', 'none')
)

select
    act.actor_id,
    act.happened_at,
    act.verb,
    act.object_id,
    item.posted_at as object_at,
    cast(case when coalesce(item.author_id, act.author_id) = act.actor_id then 1 else 0 end as bigint) as is_own,
    cast(case when act.time_precision = 'min' then 1 else 0 end as bigint) as is_to_the_minute
from act
left join item on act.verb <> 'post' and act.object_id = item.activity_id
order by act.happened_at asc, act.activity_id asc
