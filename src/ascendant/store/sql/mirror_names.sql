-- Accounts that are known by a name only.
-- One row per account.
select account_id
from account
where resolved = 'name_only'
order by account_id
