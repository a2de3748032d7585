-- Whether acts of others with a time of day were collected, platform by platform.
-- Needs `me` (account_id, main_id). What archives hold of others' acts is not counted: it stands in answer to the owner.
select
    held.platform,
    cast(count(*) as bigint) as n_acts
from held
left join me on held.actor_id = me.account_id
where
    held.direction = 'third'
    and held.verb in ('post', 'repost', 'quote', 'reply')
    and me.account_id is null
    and held.actor_id is not null
    and held.happened_at is not null
    and coalesce(held.time_precision, 's') not in ('day', 'none')
group by held.platform
order by held.platform asc
