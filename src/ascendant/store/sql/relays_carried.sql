-- Acts that name nobody and carry a link, a row of hashtags or a text that an account of a group was the first to post.
-- Needs `member` (account_id, group_id) and `linked` (act_id): acts that name an item of somebody else. One row per act,
-- object and group that brought it, the group's own acts on it among them. A link is taken without its scheme and what
-- follows `#`; a row of hashtags has two at least; a text of forty characters at least is the same but for its case.
with act as (
    select
        held.activity_id as act_id,
        held.actor_id as account_id,
        held.happened_at,
        held.urls,
        held.hashtags,
        held."text"
    from held
    left join linked on held.activity_id = linked.act_id
    where
        held.verb in ('post', 'quote')
        and linked.act_id is null
        and held.is_asked
        and held.actor_id is not null
        and held.happened_at is not null
        and coalesce(held.time_precision, 's') not in ('day', 'none')
),

link as (
    select act_id, account_id, happened_at, unnest(urls) as url from act where urls is not null
),

carried as (
    select distinct
        act_id,
        account_id,
        happened_at,
        'link' as trace,
        regexp_extract(url, '^(?:https?://)?(?:www[.])?([^#]+)', 1) as object
    from link
    where url is not null
    union all
    select
        act_id,
        account_id,
        happened_at,
        'hashtags' as trace,
        lower(concat_ws(' ', hashtags)) as object
    from act
    where hashtags is not null and array_length(hashtags) > 1
    union all
    select
        act_id,
        account_id,
        happened_at,
        'text' as trace,
        lower(trim("text")) as object
    from act
    where "text" is not null and length(trim("text")) >= 40
),

began as (
    select trace, object, min(happened_at) as first_at
    from carried
    where object <> ''
    group by trace, object
    having count(distinct account_id) > 1
),

brought as (
    select began.trace, began.object, member.group_id, min(began.first_at) as first_at
    from began
    inner join carried
        on began.trace = carried.trace and began.object = carried.object and began.first_at = carried.happened_at
    inner join member on carried.account_id = member.account_id
    group by began.trace, began.object, member.group_id
)

select
    brought.group_id,
    brought.trace,
    brought.object,
    carried.act_id,
    carried.account_id,
    carried.happened_at
from brought
inner join carried on brought.trace = carried.trace and brought.object = carried.object
order by
    brought.group_id asc, brought.trace asc, brought.object asc, carried.happened_at asc, carried.act_id asc
