-- What the platform counted on the owner's items: sums by platform, null where it counted none of a kind.
-- Needs `me` (account_id, main_id) and `owner` (platform, main_id). LinkedIn's statistics name posts by numbers that an
-- archive may not have: such a post counts among the counted ones only. Of two counts of one item the higher one stands.
with measured as (
    select
        activity.platform,
        activity.object_id as item_id,
        activity.metrics
    from activity
    inner join owner on activity.platform = owner.platform
    where
        activity.verb = 'measured'
        and activity.direction = 'about_me'
        and activity.object_kind = 'post'
        and activity.object_id is not null
),

counted as (
    select
        platform,
        -- Items that are counted once need not be told apart: they may be a million.
        case when activity_id in (select item_id from measured) then activity_id end as item_id,
        "count" as n,
        metrics
    from activity
    where
        verb in ('post', 'quote', 'reply')
        and "count" > 0
        and (direction = 'by_me' or actor_id in (select account_id from me))
    union all
    select platform, item_id, 0 as n, metrics from measured
),

per_item as (
    select
        platform,
        sum(n) as n,
        1 as n_counted,
        max(metrics.likes) as likes,
        max(metrics.reposts) as reposts,
        max(metrics.replies) as replies,
        max(metrics.quotes) as quotes,
        max(metrics.views) as views
    from counted
    where item_id is not null
    group by platform, item_id
    union all
    select
        platform,
        sum(n) as n,
        sum(
            case
                when coalesce(metrics.likes, metrics.reposts, metrics.replies, metrics.quotes, metrics.views) is null
                    then 0
                else 1
            end
        ) as n_counted,
        sum(metrics.likes) as likes,
        sum(metrics.reposts) as reposts,
        sum(metrics.replies) as replies,
        sum(metrics.quotes) as quotes,
        sum(metrics.views) as views
    from counted
    where item_id is null
    group by platform
)

select
    platform,
    cast(sum(n) as bigint) as n_posts,
    cast(
        sum(case when coalesce(likes, reposts, replies, quotes, views) is null then 0 else n_counted end) as bigint
    ) as n_counted,
    cast(sum(likes) as bigint) as likes,
    cast(sum(reposts) as bigint) as reposts,
    cast(sum(replies) as bigint) as replies,
    cast(sum(quotes) as bigint) as quotes,
    cast(sum(views) as bigint) as views
from per_item
group by platform
order by platform
