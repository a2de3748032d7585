-- Whose items the owner liked, and who liked the owner's: likes by account, those of the owner by time too.
-- Needs `me` (account_id, main_id) and `owner` (platform, main_id). `other_id` is null where nothing tells it; times
-- of others' likes, which nothing rests on, are left out, and so are times that are no time of day.
with item as (
    select held.activity_id, coalesce(me.main_id, case when held.direction = 'by_me' then owner.main_id end, held.actor_id) as actor_id
    from held
    left join me on held.actor_id = me.account_id
    left join owner on held.platform = owner.platform
    where held.verb in ('post', 'repost', 'quote', 'reply')
),

liked as (
    select
        activity.platform,
        activity.verb,
        activity.happened_at,
        activity.time_precision,
        activity.time_basis,
        activity."count" as n,
        case
            when doer.main_id is not null then doer.main_id
            when activity.direction = 'by_me' then coalesce(owner.main_id, activity.actor_id)
            else activity.actor_id
        end as actor_id,
        coalesce(item.actor_id, writer.main_id, activity.object_author_id) as author_id
    from activity
    left join me as doer on activity.actor_id = doer.account_id
    left join me as writer on activity.object_author_id = writer.account_id
    left join owner on activity.platform = owner.platform
    left join item on activity.object_id = item.activity_id
    where
        activity.verb in ('react', 'vote')
        and activity."count" > 0
        and not (activity.verb = 'react' and activity.platform = 'linkedin' and coalesce(activity.object_kind, '') = 'account')
),

sided as (
    select
        liked.platform,
        liked.n,
        liked.verb,
        true as is_mine,
        liked.author_id as other_id,
        case
            when coalesce(liked.time_precision, 's') in ('day', 'none') then null
            when liked.time_basis = 'local_unknown' then null
            else liked.happened_at
        end as happened_at
    from liked
    inner join owner on liked.actor_id = owner.main_id
    union all
    select liked.platform, liked.n, liked.verb, false as is_mine, liked.actor_id as other_id, null as happened_at
    from liked
    inner join owner on liked.author_id = owner.main_id
    where liked.actor_id is null or liked.actor_id <> liked.author_id
)

select platform, verb, is_mine, other_id, happened_at, cast(sum(n) as bigint) as n
from sided
group by platform, verb, is_mine, other_id, happened_at
order by platform asc, verb asc, is_mine asc, other_id asc nulls last, happened_at asc nulls last
