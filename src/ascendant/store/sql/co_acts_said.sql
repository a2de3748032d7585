-- What acts of one span of time say in their own words, in the order of `co_acts`, reposts left out.
-- Needs `span` (since_at, until_at: from and before; one row): spans keep what has to be sorted at once small.
select
    act.verb,
    act.object_id,
    act.text,
    act.urls,
    act.hashtags,
    act.media_hash
from activity as act
inner join span on act.happened_at >= span.since_at and act.happened_at < span.until_at
where
    act.verb in ('post', 'quote', 'reply')
    and act.actor_id is not null
    and act."count" = 1
    and coalesce(act.time_precision, 's') not in ('day', 'none')
order by act.happened_at asc, act.activity_id asc
