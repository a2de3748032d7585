-- When acts happened, and the last thing that somebody had posted before each.
-- Needs `wanted` (act_id, source_id): acts, with the account of which that is asked, null where nobody is asked about.
-- One row per act. Answers are left out: nobody sees them who does not look for them.
with act as (
    select
        held.activity_id as act_id,
        held.platform,
        held.happened_at,
        coalesce(held.time_precision not in ('min', 'day', 'none'), true)
        and coalesce(held.time_basis <> 'local_unknown', true) as has_clock,
        wanted.source_id
    from held
    inner join wanted on held.activity_id = wanted.act_id
    where held.happened_at is not null
),

before as (
    select
        act.act_id,
        item.activity_id as source_act_id,
        item.happened_at as source_at,
        row_number() over (partition by act.act_id order by item.happened_at desc, item.activity_id asc) as nth
    from act
    inner join held as item on act.source_id = item.actor_id and item.happened_at < act.happened_at
    where
        item.verb in ('post', 'repost', 'quote')
        and coalesce(item.time_precision, 's') not in ('min', 'day', 'none')
        and coalesce(item.time_basis <> 'local_unknown', true)
)

select
    act.act_id,
    act.platform,
    act.happened_at,
    act.has_clock,
    act.source_id,
    before.source_act_id,
    before.source_at
from act
left join before on act.act_id = before.act_id and before.nth = 1
order by act.act_id asc
