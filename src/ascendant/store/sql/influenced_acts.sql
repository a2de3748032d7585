-- What each account does with what others bring: how many of its acts pass something on, answer, or are posts of its own.
-- Needs `named` (what the question of that name returns). One row per account that acts; asides under own posts and
-- further turns of a conversation are left out, as they are for its standing. A repost that comes with words, or whose
-- source marks it so, is not bare. `n_links` are posts of its own that carry a link.
with talk as (
    select act_id, sum(n) as n_conversation
    from named
    where is_conversation
    group by act_id
),

item as (
    select activity_id, actor_id from held where verb in ('post', 'repost', 'quote', 'reply')
),

act as (
    select
        act.actor_id,
        act.verb,
        act.relay,
        act.urls,
        act."count" - coalesce(talk.n_conversation, 0) as n
    from activity as act
    left join item on act.verb = 'reply' and act.object_id = item.activity_id
    left join talk on act.activity_id = talk.act_id
    where
        act.verb in ('post', 'repost', 'quote', 'reply')
        and act.actor_id is not null
        and act."count" > 0
        and not (act.verb = 'reply' and coalesce(item.actor_id, act.object_author_id, '') = act.actor_id)
)

select
    actor_id as account_id,
    cast(sum(n) as bigint) as n_held,
    cast(sum(case when verb in ('repost', 'quote') then n else 0 end) as bigint) as n_passed_on,
    cast(
        sum(case when verb = 'repost' and coalesce(relay, 'pure') not in ('with_comment', 'quote') then n else 0 end)
        as bigint
    ) as n_bare,
    cast(sum(case when verb = 'reply' then n else 0 end) as bigint) as n_replies,
    cast(sum(case when verb = 'post' then n else 0 end) as bigint) as n_posts,
    cast(sum(case when verb = 'post' and (urls is not null or relay = 'link') then n else 0 end) as bigint) as n_links
from act
where n > 0
group by actor_id
order by actor_id asc
