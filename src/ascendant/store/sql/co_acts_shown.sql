-- The acts of these numbers, with what is needed to show on what they were done.
-- Needs `wanted` (place: the act's place in the answer of `co_acts`, from 0) and `root`, as `co_acts` does.
with numbered as (
    select
        act.activity_id,
        row_number() over (order by act.happened_at asc, act.activity_id asc) - 1 as place
    from activity as act
    where
        act.verb in ('post', 'repost', 'quote', 'reply')
        and act.actor_id is not null
        and act.happened_at is not null
        and act."count" = 1
        and coalesce(act.time_precision, 's') not in ('day', 'none')
),

found as (
    select numbered.activity_id, numbered.place
    from numbered
    inner join wanted on numbered.place = wanted.place
),

shown as (
    select
        found.place,
        act.activity_id as act_id,
        act.verb,
        coalesce(root.root_id, act.object_id) as object_id,
        coalesce(root.root_author_id, act.object_author_id) as author_id,
        act.text,
        act.urls,
        act.hashtags,
        act.media_hash
    from activity as act
    inner join found on act.activity_id = found.activity_id
    left join root on act.verb in ('repost', 'quote') and act.object_id = root.object_id
)

select
    cast(place as bigint) as place,
    act_id,
    verb,
    object_id,
    author_id,
    text,
    urls,
    hashtags,
    media_hash
from shown
order by place asc
