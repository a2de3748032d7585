-- Reposts of the owner that name an author and not the item, beside the collected items of that author that begin with the
-- same words and were there before.
-- Needs `me` (account_id, main_id). One row per repost and item; whole texts, since only their ends tell one from another.
-- `has_clock` and `is_to_the_second` tell how closely the time of the repost is known.
with repost as (
    select
        held.activity_id as act_id,
        held.object_author_id as author_id,
        held.happened_at,
        held."text" as words,
        coalesce(held.time_precision, 's') not in ('day', 'none') as has_clock,
        coalesce(held.time_precision, 's') not in ('min', 'day', 'none') as is_to_the_second
    from held
    inner join me on held.actor_id = me.account_id
    where
        held.verb = 'repost'
        and held.object_id is null
        and held.object_author_id is not null
        and held."text" is not null
)

select
    repost.act_id,
    item.activity_id as object_id,
    repost.words,
    repost.has_clock,
    repost.is_to_the_second,
    item."text" as item_words
from repost
inner join held as item
    on
        repost.author_id = item.actor_id
        and substr(repost.words, 1, 12) = substr(item."text", 1, 12)
where
    item.verb in ('post', 'quote', 'reply')
    and (item.happened_at is null or repost.happened_at is null or item.happened_at <= repost.happened_at)
order by repost.act_id asc, item.activity_id asc
