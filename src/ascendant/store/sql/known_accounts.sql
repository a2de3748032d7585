-- What is known of each account that a file describes.
-- One row per account; accounts that are only named are not here.
select
    account_id,
    platform,
    handle,
    name,
    bio,
    url,
    followers,
    following,
    created_at,
    verified,
    declared_kind,
    is_me,
    resolved,
    collected_at,
    source_file,
    reader
from account
order by account_id
