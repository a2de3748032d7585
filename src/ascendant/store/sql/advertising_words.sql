-- What the advertisements of some pages say, and where they lead.
-- Needs `wanted` (page_id, payer; empty for none). One row per page, payer and text (`kind` text) or host of a link
-- (`kind` domain), with the number of advertisements that have it.
with mine as (
    select
        ad.activity_id,
        ad.actor_id as page_id,
        coalesce(ad.ad.advertiser, '') as payer,
        ad.text,
        ad.urls
    from activity as ad
    inner join wanted on ad.actor_id = wanted.page_id and coalesce(ad.ad.advertiser, '') = wanted.payer
    where ad.verb = 'targeted' and ad.direction = 'third' and ad."count" > 0
),

link as (
    select activity_id, page_id, payer, unnest(urls) as url from mine where urls is not null
),

said as (
    select distinct activity_id, page_id, payer, 'text' as kind, text as words from mine where text is not null
    union all
    select distinct
        activity_id,
        page_id,
        payer,
        'domain' as kind,
        regexp_extract(lower(url), '^(?:https?://)?(?:[^/?#@]*@)?(?:www[.])?([^/?#:]+)', 1) as words
    from link
    where url is not null
)

select
    page_id,
    payer,
    kind,
    words,
    cast(count(*) as bigint) as n_ads
from said
where words <> ''
group by page_id, payer, kind, words
order by page_id, payer, kind, words
