-- What the accounts of `wanted` did, as far as it tells what kind of account each is.
-- Needs `wanted` (account_id, host: its own site, or null). One row per account with an act.
--   n_own        posts and quotes, whose words are its own
--   n_own_site   of these, with a link to its own site
--   n_timed      posts of which the minute is known; n_on_quarter, of these, at :00, :15, :30 or :45
with act as (
    select
        a.activity_id,
        a.actor_id,
        a.verb,
        a.happened_at,
        a.time_precision,
        a.urls,
        a."count" as n,
        w.host
    from activity as a
    inner join wanted as w on a.actor_id = w.account_id
    where
        a.verb in ('post', 'repost', 'quote', 'reply')
        and a."count" > 0
        and not (a.verb = 'reply' and coalesce(a.object_author_id, '') = a.actor_id)
),

link as (
    select activity_id, host, unnest(urls) as url
    from act
    where urls is not null and host is not null and verb in ('post', 'quote')
),

site as (
    select
        activity_id,
        host,
        regexp_extract(lower(url), '^https?://(?:[^/?#@]*@)?(?:www[.])?([^/?#:]+)', 1) as site
    from link
),

own_site as (
    select distinct activity_id
    from site
    where site = host or (length(site) > length(host) and right(site, length(host) + 1) = '.' || host)
)

select
    act.actor_id as account_id,
    cast(sum(act.n) as bigint) as n_acts,
    cast(sum(case when act.verb in ('post', 'quote') then act.n else 0 end) as bigint) as n_own,
    cast(sum(case when act.verb = 'repost' then act.n else 0 end) as bigint) as n_reposts,
    cast(sum(case when act.verb = 'reply' then act.n else 0 end) as bigint) as n_replies,
    cast(sum(case when own_site.activity_id is null then 0 else act.n end) as bigint) as n_own_site,
    cast(
        sum(
            case
                when act.verb = 'post' and act.happened_at is not null
                    and coalesce(act.time_precision, 's') not in ('day', 'none') then 1
                else 0
            end
        ) as bigint
    ) as n_timed,
    cast(
        sum(
            case
                when act.verb = 'post' and act.happened_at is not null
                    and coalesce(act.time_precision, 's') not in ('day', 'none')
                    and extract(minute from act.happened_at) in (0, 15, 30, 45) then 1
                else 0
            end
        ) as bigint
    ) as n_on_quarter,
    cast(min(act.happened_at) as timestamptz) as first_at,
    cast(max(act.happened_at) as timestamptz) as last_at
from act
left join own_site on act.activity_id = own_site.activity_id
group by act.actor_id
order by account_id
