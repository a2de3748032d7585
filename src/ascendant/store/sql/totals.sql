-- How much is asked about, on which platforms and between which times.
-- One row per platform; times are null where no row of the platform has one.
select
    platform,
    cast(count(*) as bigint) as n_rows,
    cast(min(happened_at) as timestamptz) as first_at,
    cast(max(happened_at) as timestamptz) as last_at
from activity
group by platform
order by platform
