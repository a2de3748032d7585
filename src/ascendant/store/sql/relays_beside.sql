-- When acts happened, and whose the acts beside them are.
-- Needs `wanted` (act_id, source_act_id): acts of an account, each with an act of a group that it may have followed.
-- One row per pair whose first act is held; what is not known of the other is null.
select
    wanted.act_id,
    act.happened_at,
    wanted.source_act_id,
    source.actor_id as source_id,
    source.happened_at as source_at
from wanted
inner join held as act on wanted.act_id = act.activity_id
left join held as source on wanted.source_act_id = source.activity_id
order by wanted.act_id asc, wanted.source_act_id asc
