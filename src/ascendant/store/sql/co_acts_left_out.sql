-- How many acts cannot be compared in time with others', and why: one row of counts.
with flagged as (
    select
        case when actor_id is null then 1 else 0 end as is_without_actor,
        case
            when actor_id is not null and "count" = 1 and (happened_at is null or time_precision in ('day', 'none')) then 1
            else 0
        end as is_without_time,
        case when actor_id is not null and "count" <> 1 then 1 else 0 end as is_a_sum,
        case
            when
                actor_id is not null
                and "count" = 1
                and happened_at is not null
                and time_precision = 'min'
                then 1
            else 0
        end as is_to_the_minute,
        case when verb = 'repost' and object_id is null then 1 else 0 end as is_repost_without_object
    from activity
    where verb in ('post', 'repost', 'quote', 'reply') and "count" > 0
)

select
    cast(coalesce(sum(is_without_actor), 0) as bigint) as n_without_actor,
    cast(coalesce(sum(is_without_time), 0) as bigint) as n_without_time,
    cast(coalesce(sum(is_a_sum), 0) as bigint) as n_sums,
    cast(coalesce(sum(is_to_the_minute), 0) as bigint) as n_to_the_minute,
    cast(coalesce(sum(is_repost_without_object), 0) as bigint) as n_reposts_without_object
from flagged
order by n_without_actor
