-- What the platform counted on the owner's items: sums by platform, null where it counted none of a kind.
-- Needs `me` (account_id, main_id) and `owner` (platform, main_id). LinkedIn's statistics name posts by numbers that an
-- archive may not have: such a post counts among the counted ones only.
with own as (
    select activity.platform, activity.activity_id, activity.metrics, activity."count" as n
    from activity
    left join me on activity.actor_id = me.account_id
    where
        activity.verb in ('post', 'quote', 'reply')
        and activity."count" > 0
        and (me.main_id is not null or activity.direction = 'by_me')
),

counted as (
    select
        platform,
        activity_id as item_id,
        metrics.likes as likes,
        metrics.reposts as reposts,
        metrics.replies as replies,
        metrics.quotes as quotes,
        metrics.views as views
    from own
    union all
    select
        measured.platform,
        measured.object_id as item_id,
        measured.metrics.likes as likes,
        measured.metrics.reposts as reposts,
        measured.metrics.replies as replies,
        measured.metrics.quotes as quotes,
        measured.metrics.views as views
    from activity as measured
    inner join owner on measured.platform = owner.platform
    where
        measured.verb = 'measured'
        and measured.direction = 'about_me'
        and measured.object_kind = 'post'
        and measured.object_id is not null
),

per_item as (
    select
        platform,
        item_id,
        max(likes) as likes,
        max(reposts) as reposts,
        max(replies) as replies,
        max(quotes) as quotes,
        max(views) as views
    from counted
    group by platform, item_id
),

total as (
    select
        platform,
        sum(case when coalesce(likes, reposts, replies, quotes, views) is null then 0 else 1 end) as n_counted,
        sum(likes) as likes,
        sum(reposts) as reposts,
        sum(replies) as replies,
        sum(quotes) as quotes,
        sum(views) as views
    from per_item
    group by platform
),

written as (
    select platform, sum(n) as n_posts from own group by platform
)

select
    total.platform,
    cast(coalesce(written.n_posts, 0) as bigint) as n_posts,
    cast(total.n_counted as bigint) as n_counted,
    cast(total.likes as bigint) as likes,
    cast(total.reposts as bigint) as reposts,
    cast(total.replies as bigint) as replies,
    cast(total.quotes as bigint) as quotes,
    cast(total.views as bigint) as views
from total
left join written on total.platform = written.platform
order by total.platform
