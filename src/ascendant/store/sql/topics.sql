-- Each act that carries a hashtag or a site of the 200 that most accounts share: who did it, who moved it, and when.
-- Needs `named` (what the question of that name returns). A repost carries what the item that it passes on carries; a
-- site is the host of a link. An act has a row for each such topic that it carries.
with moved as (
    select
        act_id,
        sum(case when is_conversation then 0 else n end) as n_moved,
        sum(case when is_conversation then n else 0 end) as n_conversation,
        max(case when is_conversation then null else author_id end) as author_id
    from named
    group by act_id
),

item as (
    select activity_id, actor_id, hashtags, urls from activity where verb in ('post', 'repost', 'quote', 'reply')
),

act as (
    select
        act.activity_id,
        act.actor_id,
        act.happened_at,
        moved.author_id,
        coalesce(moved.n_moved, 0) as n_moved,
        act."count" - coalesce(moved.n_conversation, 0) as n_acts,
        case when act.verb = 'repost' then coalesce(act.hashtags, item.hashtags) else act.hashtags end as hashtags,
        case when act.verb = 'repost' then coalesce(act.urls, item.urls) else act.urls end as urls
    from activity as act
    left join item on act.object_id = item.activity_id
    left join moved on act.activity_id = moved.act_id
    where
        act.verb in ('post', 'repost', 'quote', 'reply')
        and act.actor_id is not null
        and act."count" > 0
        and not (act.verb = 'reply' and coalesce(item.actor_id, act.object_author_id, '') = act.actor_id)
),

tag as (
    select activity_id, 'hashtag' as kind, unnest(hashtags) as topic from act where hashtags is not null
),

link as (
    select activity_id, unnest(urls) as url from act where urls is not null
),

carried as (
    select distinct activity_id, kind, topic from tag where topic <> ''
    union all
    select distinct
        activity_id,
        'domain' as kind,
        regexp_extract(lower(url), '^https?://(?:[^/?#@]*@)?(?:www[.])?([^/?#:]+)', 1) as topic
    from link
    where url is not null
),

counted as (
    select
        carried.kind,
        carried.topic,
        count(distinct act.actor_id) as n_accounts,
        sum(act.n_acts) as n_acts
    from carried
    inner join act on carried.activity_id = act.activity_id
    where carried.topic <> '' and act.n_acts > 0
    group by carried.kind, carried.topic
),

shared as (
    select kind, topic
    from counted
    where n_accounts > 1
    order by n_accounts desc, n_acts desc, kind asc, topic asc
    limit 200
)

select
    shared.kind,
    shared.topic,
    act.activity_id,
    act.actor_id,
    act.author_id,
    act.happened_at,
    cast(act.n_acts as bigint) as n_acts,
    cast(act.n_moved as bigint) as n_moved
from shared
inner join carried on shared.kind = carried.kind and shared.topic = carried.topic
inner join act on carried.activity_id = act.activity_id
where act.n_acts > 0
order by shared.kind asc, shared.topic asc, act.happened_at asc nulls last, act.activity_id asc
