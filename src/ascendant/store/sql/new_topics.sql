-- Whether what an act is about was new to its actor: no earlier act of the actor in the study carries any of its topics.
-- Needs `wanted` (act_id). A topic is a hashtag, or the host of a link; a repost carries what the item that it passes on
-- carries. Earlier is by time, then by id. An act without a topic, or with fewer than ten acts of its actor before it,
-- has no row: what came before is then too little to tell.
with item as (
    select activity_id, hashtags, urls from held where verb in ('post', 'repost', 'quote', 'reply')
),

act as (
    select
        act.activity_id,
        act.actor_id,
        act.hashtags,
        act.urls,
        case when act.verb = 'repost' then act.object_id else null end as passed_id,
        row_number() over (partition by act.actor_id order by act.happened_at asc, act.activity_id asc) as place
    from held as act
    where
        act.verb in ('post', 'repost', 'quote', 'reply')
        and act.actor_id is not null
        and act."count" > 0
        and act.happened_at is not null
        and coalesce(act.time_precision, 's') <> 'none'
),

about as (
    select
        act.activity_id,
        act.actor_id,
        act.place,
        coalesce(act.hashtags, item.hashtags) as hashtags,
        coalesce(act.urls, item.urls) as urls
    from act
    left join item on act.passed_id = item.activity_id
),

tag as (
    select activity_id, actor_id, place, unnest(hashtags) as topic from about where hashtags is not null
),

link as (
    select activity_id, actor_id, place, unnest(urls) as url from about where urls is not null
),

carried as (
    select activity_id, actor_id, place, concat('#', topic) as topic from tag where topic <> ''
    union all
    select
        activity_id,
        actor_id,
        place,
        regexp_extract(lower(url), '^https?://(?:[^/?#@]*@)?(?:www[.])?([^/?#:]+)', 1) as topic
    from link
    where url is not null
),

beginning as (
    select actor_id, topic, min(place) as place
    from carried
    where topic <> ''
    group by actor_id, topic
)

select
    carried.activity_id as act_id,
    cast(min(case when beginning.place = carried.place then 1 else 0 end) as bigint) as is_new
from carried
inner join wanted on carried.activity_id = wanted.act_id
inner join beginning on carried.actor_id = beginning.actor_id and carried.topic = beginning.topic
where carried.place > 10
group by carried.activity_id
order by act_id asc
