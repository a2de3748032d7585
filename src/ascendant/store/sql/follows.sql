-- Who follows whom, as far as anybody says so, with the first moment at which it is known.
-- One row per pair; the time is null where it is unknown.
select
    coalesce(object_author_id, object_id) as source_id,
    actor_id as target_id,
    min(happened_at) as happened_at
from held
where
    verb = 'follow'
    and actor_id is not null
    and coalesce(object_author_id, object_id) is not null
    and coalesce(object_author_id, object_id) <> actor_id
group by coalesce(object_author_id, object_id), actor_id
order by target_id asc, source_id asc
