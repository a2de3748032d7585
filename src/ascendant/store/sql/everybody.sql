-- Every account that a row names: as who acts, as whose item it is, or as a described account.
-- One row per account, whatever is known of it.
select account_id from account where account_id is not null
union
select actor_id as account_id from held where actor_id is not null
union
select object_author_id as account_id from held where object_author_id is not null
order by account_id
