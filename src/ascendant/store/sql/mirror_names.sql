-- How many of the accounts in `wanted` (account_id) are known by a name only.
select cast(count(*) as bigint) as n_accounts
from wanted
inner join account on wanted.account_id = account.account_id
where account.resolved = 'name_only'
order by n_accounts
