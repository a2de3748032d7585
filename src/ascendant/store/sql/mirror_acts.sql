-- Acts of the owner, and what others did with the owner's items: whose item it was, when both happened, and whether it
-- only continues a conversation.
-- Needs `me` (account_id, main_id: each account of the owner and the one that stands for all of a platform), `owner`
-- (platform, main_id), `found` (act_id, object_id: reposted posts that are known by their words), `root` and `thread` as
-- `named` does. Of rows by the owner `other_id` is the author of the item that they name, null where nothing tells it; of
-- others' rows it is who did them.
-- In a thread the first reply between two accounts counts (`n_first`); what follows between them is conversation, and
-- so is what the owner answers to the owner. Replies that name neither a thread nor an item (`is_loose`) are of one
-- conversation when they fall on one day (UTC).
with done as (
    select
        held.activity_id,
        held.platform,
        held.verb,
        held.direction,
        held.relay,
        held.object_id,
        held.thread_id,
        held.happened_at,
        -- Minutes and days are no time of day, and a clock of an unknown zone is none.
        coalesce(held.time_precision not in ('min', 'day', 'none'), true)
        and coalesce(held.time_basis <> 'local_unknown', true) as has_clock,
        held.time_basis,
        held."count" as n,
        held.is_asked,
        case
            when doer.main_id is not null then doer.main_id
            when held.direction = 'by_me' then coalesce(owner.main_id, held.actor_id)
            else held.actor_id
        end as actor_id,
        coalesce(writer.main_id, held.object_author_id) as object_author_id
    from held
    left join me as doer on held.actor_id = doer.account_id
    left join me as writer on held.object_author_id = writer.account_id
    left join owner on held.platform = owner.platform
    where held.verb in ('post', 'repost', 'quote', 'reply')
),

item as (
    select
        activity_id,
        verb,
        happened_at,
        has_clock,
        actor_id,
        -- Who passes on a repost without its object passes on its author's item.
        case when verb = 'repost' and object_id is null then object_author_id else actor_id end as root_author_id
    from done
),

link as (
    select
        act.activity_id as act_id,
        act.platform,
        act.verb,
        act.relay,
        act.actor_id,
        act.happened_at,
        act.has_clock,
        act.time_basis,
        act.n,
        act.is_asked,
        coalesce(root.root_id, act.object_id, found.object_id) as object_id,
        coalesce(writer.main_id, root.root_author_id, act.object_author_id) as given_author_id,
        case
            when act.verb = 'reply' then coalesce(
                act.thread_id,
                thread.found_thread_id,
                act.object_id,
                'day ' || cast(cast(act.happened_at as date) as varchar),
                ''
            )
        end as conversation,
        act.verb = 'reply' and act.thread_id is null and act.object_id is null as is_loose,
        act.verb = 'reply'
        and act.thread_id is null
        and not coalesce(thread.is_told, false)
        and beginning.activity_id is null as is_unsure
    from done as act
    left join root on act.verb = 'repost' and act.object_id = root.object_id
    left join found on act.verb = 'repost' and act.activity_id = found.act_id
    left join me as writer on root.root_author_id = writer.account_id
    left join thread on act.verb = 'reply' and act.activity_id = thread.activity_id
    left join item as beginning on thread.found_thread_id = beginning.activity_id and beginning.verb <> 'reply'
    where
        act.n > 0
        and (act.is_asked or act.verb = 'reply')  -- only of replies does an earlier one matter
),

authored as (
    select
        link.act_id,
        link.platform,
        link.verb,
        link.relay,
        link.actor_id,
        link.happened_at,
        link.has_clock,
        link.time_basis,
        link.n,
        link.is_asked,
        link.conversation,
        link.is_loose,
        link.is_unsure,
        link.object_id,
        item.happened_at as object_at,
        item.has_clock as object_has_clock,
        case
            when link.verb = 'post' then null
            when link.verb = 'repost' then coalesce(item.root_author_id, link.given_author_id)
            else coalesce(item.actor_id, link.given_author_id)
        end as author_id
    from link
    left join item on link.object_id = item.activity_id
),

-- Of the owner, or on the owner's items.
mine as (
    select
        authored.*,
        doer.main_id is not null as is_mine,
        case when doer.main_id is not null then authored.author_id else authored.actor_id end as other_id,
        coalesce(authored.author_id = authored.actor_id, false) as is_self
    from authored
    left join owner as doer on authored.actor_id = doer.main_id
    left join owner as writer on authored.author_id = writer.main_id
    where doer.main_id is not null or writer.main_id is not null
),

numbered as (
    select
        *,
        row_number() over (
            partition by platform, conversation, coalesce(other_id, ''), is_self
            order by happened_at asc nulls last, act_id asc
        ) as nth_between_them
    from mine
    where verb = 'reply'
),

counted as (
    select
        *,
        case when is_self then 0 when nth_between_them = 1 then 1 else 0 end as n_first
    from numbered
    where is_asked
    union all
    select *, 1 as nth_between_them, n as n_first
    from mine
    where verb <> 'reply'
)

select
    act_id,
    platform,
    verb,
    relay,
    is_mine,
    is_self,
    is_loose,
    is_unsure,
    other_id,
    object_id,
    happened_at,
    has_clock,
    time_basis,
    object_at,
    object_has_clock,
    cast(n_first as bigint) as n_first,
    cast(n - n_first as bigint) as n_conversation
from counted
order by platform asc, act_id asc
