-- What the owner reacted to, voted on, saw and opened: how many of each kind, how many with a day, first and last.
-- Needs `me` (account_id, main_id). An endorsement of somebody's skills names no item and is left out.
select
    activity.platform,
    activity.verb,
    cast(sum(activity."count") as bigint) as n,
    cast(sum(case when activity.happened_at is null then 0 else activity."count" end) as bigint) as n_timed,
    cast(min(activity.happened_at) as timestamptz) as first_at,
    cast(max(activity.happened_at) as timestamptz) as last_at
from activity
left join me on activity.actor_id = me.account_id
where
    activity."count" > 0
    and not (activity.verb = 'react' and activity.platform = 'linkedin' and coalesce(activity.object_kind, '') = 'account')
    and (
        (activity.verb in ('react', 'vote', 'click', 'ad_click') and (activity.direction = 'by_me' or me.main_id is not null))
        or (activity.verb in ('view', 'ad_view') and activity.direction in ('by_me', 'to_me'))
    )
group by activity.platform, activity.verb
order by activity.platform, activity.verb
