-- Advertisements and sums of advertisements that are asked about: who had them shown, who paid, and by what they were aimed.
-- One row a fact. `source` says what it is: an advertisement of a public library, a sum of a library's report, or, of an
-- own archive, an advertisement that was shown or a list with its owner on it. Times of reports are not those of ads.
with fact as (
    select
        activity_id,
        platform,
        case
            when direction <> 'third' and verb = 'targeted' then 'list'
            when direction <> 'third' then 'archive'
            when object_id is null then 'report'
            else 'library'
        end as source,
        coalesce(actor_id, object_author_id) as page_id,
        happened_at,
        time_precision,
        "count" as n,
        ad
    from activity
    where
        "count" > 0
        and (
            (verb = 'targeted' and direction in ('third', 'about_me'))
            or (verb = 'ad_view' and direction in ('to_me', 'by_me', 'about_me'))
        )
)

select
    fact.platform,
    fact.source,
    fact.page_id,
    account.name as page_name,
    account.handle as page_handle,
    account.resolved,
    account.declared_kind as page_kind,
    fact.ad.advertiser as payer,
    fact.happened_at,
    fact.time_precision,
    cast(fact.n as bigint) as n,
    fact.ad.criteria as criteria,
    fact.ad.currency as currency,
    fact.ad.spend_low as spend_low,
    fact.ad.spend_high as spend_high,
    fact.ad.impressions_low as impressions_low,
    fact.ad.impressions_high as impressions_high
from fact
left join account on fact.page_id = account.account_id
order by fact.activity_id
