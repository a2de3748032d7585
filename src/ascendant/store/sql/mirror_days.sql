-- In which days the acts of others that somebody collected stand, platform by platform, as far as they have a time of
-- day.
-- Needs `me` (account_id, main_id) and `explained` (act_id): the acts that are asked about.
with day as (
    select
        held.platform,
        min(held.happened_at) as first_at,
        max(held.happened_at) as last_at
    from held
    inner join explained on held.activity_id = explained.act_id
    left join me on held.actor_id = me.account_id
    where
        held.verb in ('post', 'repost', 'quote', 'reply')
        and me.account_id is null
        and held.happened_at is not null
        and coalesce(held.time_precision, 's') not in ('day', 'none')
    group by held.platform
)

select
    platform,
    first_at,
    last_at
from day
order by platform asc
