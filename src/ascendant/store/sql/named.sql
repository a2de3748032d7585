-- Which of the acts asked about name an item of somebody else, and which of these only continue a conversation.
-- Needs `root` (object_id, root_id, root_author_id) for reposts of reposts, and `thread` (activity_id, found_thread_id).
-- In a thread the first reply between two accounts was moved; what follows between them is conversation. Replies
-- without any thread share one. A row that stands for n replies of a pair is its first reply and n - 1 others.
-- What an act names, and which reply was the first, is seen in all that is held: the answer on a window is the answer on
-- the whole for the acts in it.
with item as (
    select
        activity_id,
        happened_at,
        time_precision,
        actor_id,
        -- Who passes on a repost without its object passes on its author's item.
        case when verb = 'repost' and object_id is null then object_author_id else actor_id end as root_author_id
    from held
    where verb in ('post', 'repost', 'quote', 'reply')
),

link as (
    select
        act.activity_id as act_id,
        act.actor_id,
        act.verb,
        act.happened_at,
        act.time_precision,
        act."count" as n,
        act.is_asked,
        coalesce(root.root_id, act.object_id) as object_id,
        coalesce(root.root_author_id, act.object_author_id) as given_author_id,
        coalesce(act.thread_id, thread.found_thread_id) as thread_id
    from held as act
    left join root on act.verb = 'repost' and act.object_id = root.object_id
    left join thread on act.verb = 'reply' and act.activity_id = thread.activity_id
    where
        act.verb in ('repost', 'quote', 'reply')
        and act.actor_id is not null
        and act."count" > 0
        and (act.is_asked or act.verb = 'reply')  -- only of replies does an earlier one matter
),

authored as (
    select
        link.act_id,
        link.actor_id,
        link.verb,
        link.object_id,
        link.happened_at,
        link.thread_id,
        link.n,
        link.is_asked,
        item.happened_at as object_at,
        -- A day is no time of day: a delay from it would be invented.
        case
            when coalesce(link.time_precision, 's') in ('day', 'none') then 0
            when coalesce(item.time_precision, 's') in ('day', 'none') then 0
            else 1
        end as has_clock,
        case
            when link.verb = 'repost' then coalesce(item.root_author_id, link.given_author_id)
            else coalesce(item.actor_id, link.given_author_id)
        end as author_id
    from link
    left join item on link.object_id = item.activity_id
),

numbered as (
    select
        *,
        row_number() over (
            partition by
                verb,
                coalesce(thread_id, ''),
                case when actor_id < author_id then actor_id else author_id end,
                case when actor_id < author_id then author_id else actor_id end
            order by happened_at asc nulls last, act_id asc
        ) as nth_between_them
    from authored
    where author_id <> actor_id
),

counted as (
    select
        *,
        case when verb <> 'reply' then n when nth_between_them = 1 then 1 else 0 end as n_moved
    from numbered
    where is_asked
),

parted as (
    select *, false as is_conversation, n_moved as n_acts from counted where n_moved > 0
    union all
    select *, true as is_conversation, n - n_moved as n_acts from counted where n > n_moved
)

select
    act_id,
    actor_id,
    author_id,
    verb,
    object_id,
    happened_at,
    object_at,
    has_clock,
    thread_id,
    is_conversation,
    cast(n_acts as bigint) as n
from parted
order by author_id asc, actor_id asc, is_conversation asc, happened_at asc nulls last, act_id asc
