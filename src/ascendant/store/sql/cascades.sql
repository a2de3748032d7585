-- Each item that somebody else reposted, with its reposts: who stood in the cascade, and when.
-- Needs `root` (object_id, root_id, root_author_id). The item comes first; its time is null where it is in no file.
-- An account stands once in a cascade, with its first act: the author's own reposts and second reposts are left out.
-- A cascade is here when an act asked about stands in it, and then with all that is held of it on the topic: what came
-- before the window may have caused what is in it.
with item as (
    select
        activity_id,
        happened_at,
        case when verb = 'repost' and object_id is null then object_author_id else actor_id end as author_id
    from held
    where verb in ('post', 'repost', 'quote', 'reply')
),

repost as (
    select
        coalesce(root.root_id, act.object_id) as cascade_id,
        act.activity_id as act_id,
        act.actor_id as account_id,
        act.happened_at,
        act.is_on_topic,
        act.is_asked,
        coalesce(root.root_author_id, act.object_author_id) as given_author_id
    from held as act
    left join root on act.object_id = root.object_id
    where
        act.verb = 'repost'
        and act.object_id is not null
        and act.actor_id is not null
        and act.happened_at is not null
        and act."count" > 0
),

given as (
    select cascade_id, min(given_author_id) as author_id from repost group by cascade_id
),

origin as (
    select given.cascade_id, coalesce(item.author_id, given.author_id) as account_id, item.happened_at
    from given
    left join item on given.cascade_id = item.activity_id
),

ordered as (
    select
        repost.cascade_id,
        repost.act_id,
        repost.account_id,
        repost.happened_at,
        repost.is_on_topic,
        repost.is_asked,
        row_number() over (
            partition by repost.cascade_id, repost.account_id
            order by repost.happened_at asc, repost.act_id asc
        ) as nth
    from repost
    inner join origin on repost.cascade_id = origin.cascade_id
    where
        repost.act_id <> repost.cascade_id
        and (origin.account_id is null or repost.account_id <> origin.account_id)
),

passed_on as (
    select * from ordered where nth = 1 and is_on_topic
),

asked as (
    select distinct cascade_id from passed_on where is_asked
),

member as (
    select passed_on.cascade_id, act_id, account_id, happened_at, is_asked, 1 as place
    from passed_on
    inner join asked on passed_on.cascade_id = asked.cascade_id
    union all
    select origin.cascade_id, origin.cascade_id as act_id, account_id, happened_at, false as is_asked, 0 as place
    from origin
    inner join asked on origin.cascade_id = asked.cascade_id
)

select
    member.cascade_id,
    member.act_id,
    member.account_id,
    member.happened_at,
    member.is_asked,
    cast(member.place as bigint) as place,
    cast(account.followers as bigint) as followers
from member
left join account on member.account_id = account.account_id
order by member.cascade_id asc, member.place asc, member.happened_at asc nulls last, member.act_id asc
