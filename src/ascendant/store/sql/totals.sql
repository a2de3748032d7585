-- How much is asked about, on which platforms and between which times.
-- One row per platform; times are null where no row of the platform has one.
select
    platform,
    count(*) as n_rows,
    min(happened_at) as first_at,
    max(happened_at) as last_at
from activity
group by platform
order by platform
