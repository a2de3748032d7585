-- Who paid to reach the owner and by which criteria, what is inferred of the owner, and what sites told of them.
-- One row a fact, with the name of the account where the fact itself gives none. Lists and inferences have no time: they
-- are taken from all that is held, the rest from what is asked.
with fact as (
    select
        held.activity_id,
        held.platform,
        held.verb,
        held.direction,
        held.happened_at,
        held."count" as n,
        held.ad,
        -- What was let in for good bears the name of the application; its advertiser may be the maker.
        case when held.verb = 'tracked' and held.object_kind = 'account' then held.text end as application,
        case when held.verb = 'ad_click' then held.object_author_id else coalesce(held.actor_id, held.object_author_id) end as who
    from held
    where
        held."count" > 0
        and (
            (held.verb in ('ad_view', 'ad_click', 'tracked') and held.direction in ('to_me', 'by_me', 'about_me') and held.is_asked)
            or (held.verb in ('targeted', 'inferred') and held.direction = 'about_me')
        )
)

select
    fact.platform,
    fact.verb,
    fact.who as account_id,
    fact.ad.advertiser as advertiser,
    fact.application,
    account.name,
    account.handle,
    account.resolved,
    fact.happened_at,
    fact.ad.criteria as criteria,
    cast(fact.n as bigint) as n
from fact
left join account on fact.who = account.account_id
order by fact.activity_id
