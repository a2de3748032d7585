-- How much is asked about, on which platforms and between which times.
-- One row per platform; times are null where no row of the platform has one. A library of advertisements holds years of
-- them, whatever the days of the other files: their times count where there are no others at all.
with other as (
    select count(*) as n from activity where verb <> 'targeted' and happened_at is not null
)

select
    platform,
    cast(count(*) as bigint) as n_rows,
    cast(min(case when verb <> 'targeted' or other.n = 0 then happened_at end) as timestamptz) as first_at,
    cast(max(case when verb <> 'targeted' or other.n = 0 then happened_at end) as timestamptz) as last_at
from activity
cross join other
group by platform
order by platform
