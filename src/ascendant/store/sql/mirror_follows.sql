-- Whom the owner follows or is linked with, in all that is held.
-- Needs `me` (account_id, main_id). Where an archive tells that somebody was left too, the later of both counts; a
-- follow without a time stands in the list of today.
with tie as (
    select
        held.platform,
        coalesce(held.object_author_id, held.object_id) as account_id,
        max(case when held.verb = 'unfollow' then null else coalesce(held.happened_at, timestamptz '2200-01-01') end) as tied_at,
        max(case when held.verb = 'unfollow' then coalesce(held.happened_at, timestamptz '2000-01-01') end) as left_at
    from held
    left join me on held.actor_id = me.account_id
    where
        held.verb in ('follow', 'accept', 'unfollow')
        and held.object_kind = 'account'
        and (held.direction = 'by_me' or me.main_id is not null)
    group by held.platform, coalesce(held.object_author_id, held.object_id)
)

select platform, account_id
from tie
where account_id is not null and tied_at is not null and (left_at is null or left_at < tied_at)
order by platform, account_id
