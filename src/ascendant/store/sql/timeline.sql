-- Every act that has a time of day, account by account in the order of time, with the item of somebody else that it names.
-- Needs `named` (what the question of that name returns). A row that stands for several acts is one moment here.
-- `is_shown` tells what followers see by itself: all but answers. `is_told` are later turns of a conversation, which
-- count for nothing and yet tell that their author was there. A mention without another act at its moment is a post.
-- Who passes an item on shows the links that it carries.
with moved as (
    select
        act_id,
        min(case when is_conversation then null else author_id end) as author_id,
        min(object_id) as object_id,
        min(object_at) as object_at,
        min(case when is_conversation then 1 else 0 end) as is_told
    from named
    group by act_id
),

item as (
    select activity_id, actor_id, urls from held where verb in ('post', 'repost', 'quote', 'reply')
),

act as (
    select
        act.activity_id as act_id,
        act.actor_id,
        act.happened_at,
        act.verb,
        case
            when act.verb = 'reply' and coalesce(item.actor_id, act.object_author_id) = act.actor_id then 1
            else 0
        end as is_aside,
        case when act.verb in ('repost', 'quote') then coalesce(act.urls, item.urls) else act.urls end as urls
    from held as act
    left join item on act.verb in ('reply', 'repost', 'quote') and act.object_id = item.activity_id
    where
        act.verb in ('post', 'repost', 'quote', 'reply')
        and act.is_asked
        and act.actor_id is not null
        and act."count" > 0
        and act.happened_at is not null
        and coalesce(act.time_precision, 's') not in ('day', 'none')
),

moment as (
    select distinct actor_id, happened_at from act
),

mention as (
    select
        min(mention.activity_id) as act_id,
        mention.actor_id,
        mention.happened_at
    from held as mention
    left join moment on mention.actor_id = moment.actor_id and mention.happened_at = moment.happened_at
    where
        mention.verb = 'mention'
        and mention.is_asked
        and moment.actor_id is null
        and mention.actor_id is not null
        and mention."count" > 0
        and mention.happened_at is not null
        and coalesce(mention.time_precision, 's') not in ('day', 'none')
    group by mention.actor_id, mention.happened_at
),

row_of as (
    select act_id, actor_id, happened_at, verb, is_aside, urls from act
    union all
    select act_id, actor_id, happened_at, 'post' as verb, 0 as is_aside, null as urls from mention
)

select
    row_of.act_id,
    row_of.actor_id,
    row_of.happened_at,
    row_of.verb,
    moved.author_id,
    moved.object_id,
    moved.object_at,
    cast(case when row_of.verb = 'reply' then 0 else 1 end as bigint) as is_shown,
    cast(case when row_of.is_aside = 1 or coalesce(moved.is_told, 0) = 1 then 1 else 0 end as bigint) as is_told,
    row_of.urls
from row_of
left join moved on row_of.act_id = moved.act_id
order by row_of.actor_id asc, row_of.happened_at asc, row_of.act_id asc
