-- Who follows whom, as far as anybody says so, with the first moment at which it is known.
-- One row per pair; the time is null where it is unknown.
with follow as (
    select coalesce(object_author_id, object_id) as source_id, actor_id as target_id, happened_at
    from held
    where verb = 'follow' and actor_id is not null
),

pair as (
    select source_id, target_id, min(happened_at) as happened_at
    from follow
    where source_id is not null and source_id <> target_id
    group by source_id, target_id
)

select source_id, target_id, happened_at
from pair
order by target_id asc, source_id asc
