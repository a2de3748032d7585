-- Accounts of the owner: those that an own archive declares, and those that do what it says its owner did.
-- One row per account and platform; `account_id` is null where an archive does not say whose it is. `n_rows` are rows
-- of own archives, `n_collected` acts on the platform that somebody else collected.
with known as (
    select
        platform,
        direction <> 'third' as is_own,
        case when direction = 'by_me' then actor_id end as account_id,
        direction,
        collected_at,
        verb in ('post', 'repost', 'quote', 'reply')
        and not coalesce(actor_id in (select account_id from account where is_me), false) as is_act_of_others
    from held
    where direction is not null
),

grouped as (
    select
        platform,
        is_own,
        account_id,
        count(*) as n_rows,
        sum(case when direction = 'by_me' then 1 else 0 end) as n_by_me,
        sum(case when is_act_of_others then 1 else 0 end) as n_acts_of_others,
        max(collected_at) as collected_at
    from known
    group by platform, is_own, account_id
),

own as (
    select platform, account_id, n_rows, n_by_me, collected_at
    from grouped
    where is_own
),

collected as (
    select platform, n_acts_of_others as n_collected
    from grouped
    where not is_own and n_acts_of_others > 0
),

declared as (
    select platform, account_id, 0 as n_rows, 0 as n_by_me, collected_at, 0 as n_collected
    from account
    where is_me
),

everything as (
    select platform, account_id, n_rows, n_by_me, collected_at, 0 as n_collected, 0 as is_declared from own
    union all
    select platform, account_id, n_rows, n_by_me, collected_at, n_collected, 1 as is_declared from declared
    union all
    select
        platform,
        null as account_id,
        0 as n_rows,
        0 as n_by_me,
        null as collected_at,
        n_collected,
        0 as is_declared
    from collected
),

counted as (
    select
        platform,
        account_id,
        sum(n_rows) as n_rows,
        sum(n_by_me) as n_by_me,
        sum(n_collected) as n_collected,
        max(is_declared) as is_declared,
        max(collected_at) as collected_at
    from everything
    group by platform, account_id
)

select
    counted.platform,
    counted.account_id,
    account.handle,
    account.name,
    account.followers,
    account.following,
    counted.collected_at,
    cast(counted.is_declared as bigint) as is_declared,
    cast(counted.n_rows as bigint) as n_rows,
    cast(counted.n_by_me as bigint) as n_by_me,
    cast(counted.n_collected as bigint) as n_collected
from counted
left join account on counted.account_id = account.account_id
order by counted.platform asc, counted.account_id asc nulls last
