-- Words that accounts of `wanted` wrote themselves: of each at most 40 posts or quotes, taken by a hash of their ids.
-- Needs `wanted` (account_id). One row per post.
with post as (
    select
        a.activity_id,
        a.actor_id as account_id,
        a.text,
        a.lang,
        md5(a.activity_id) as mixed
    from activity as a
    inner join wanted as w on a.actor_id = w.account_id
    where a.verb in ('post', 'quote') and a.text is not null
),

ranked as (
    select
        activity_id,
        account_id,
        text,
        lang,
        row_number() over (partition by account_id order by mixed, activity_id) as rank
    from post
)

select
    activity_id,
    account_id,
    text,
    lang
from ranked
where rank <= 40
order by account_id, activity_id
