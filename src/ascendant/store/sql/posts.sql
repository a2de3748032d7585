-- The posts behind a figure, whose ids stand in `wanted`.
-- One row per post that is held.
select
    a.activity_id,
    a.platform,
    a.verb,
    a.actor_id,
    a.object_id,
    a.object_author_id,
    a.text,
    a.happened_at
from activity as a
inner join wanted as w on w.activity_id = a.activity_id
order by a.activity_id
