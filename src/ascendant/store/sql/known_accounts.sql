-- What is known of each account that a file describes.
-- One row per account; accounts that are only named are not here.
select *
from account
order by account_id
