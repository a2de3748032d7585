-- What the acts asked about do not say: one row of counts, for the caveats.
with item as (
    select activity_id, actor_id from held where verb in ('post', 'repost', 'quote', 'reply')
),

act as (
    select
        activity.verb,
        activity.actor_id,
        activity.object_id,
        activity.thread_id,
        activity.happened_at,
        coalesce(item.actor_id, activity.object_author_id) as author_id
    from activity
    left join item on activity.object_id = item.activity_id
    where activity.verb in ('post', 'repost', 'quote', 'reply') and activity."count" > 0
),

flagged as (
    select
        case when actor_id is null then 1 else 0 end as is_without_actor,
        case when actor_id is not null and verb <> 'post' and author_id is null then 1 else 0 end as is_without_author,
        case
            when verb = 'reply' and thread_id is null and object_id is null and author_id <> actor_id then 1 else 0
        end as is_reply_without_thread,
        case when verb = 'repost' then 1 else 0 end as is_repost,
        case when verb = 'repost' and object_id is null then 1 else 0 end as is_repost_without_object,
        case
            when verb = 'repost' and object_id is not null and happened_at is null then 1 else 0
        end as is_repost_without_time
    from act
)

select
    cast(coalesce(sum(is_without_actor), 0) as bigint) as n_without_actor,
    cast(coalesce(sum(is_without_author), 0) as bigint) as n_without_author,
    cast(coalesce(sum(is_reply_without_thread), 0) as bigint) as n_replies_without_thread,
    cast(coalesce(sum(is_repost), 0) as bigint) as n_reposts,
    cast(coalesce(sum(is_repost_without_object), 0) as bigint) as n_reposts_without_object,
    cast(coalesce(sum(is_repost_without_time), 0) as bigint) as n_reposts_without_time
from flagged
order by n_without_actor
