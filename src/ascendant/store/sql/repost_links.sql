-- Reposts that were themselves reposted, and what they pass on: the steps from a repost of a repost to its root.
-- Readers name the root, so that most studies have none; a table of plain edges may have long chains, even circles.
select
    activity_id,
    object_id,
    object_author_id
from held
where
    verb = 'repost'
    and object_id is not null
    and activity_id in (select object_id from held where verb = 'repost' and object_id is not null)
order by activity_id
