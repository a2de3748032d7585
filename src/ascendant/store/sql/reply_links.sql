-- Replies that name what they answer but no conversation: the steps from a reply up to the start of its thread.
-- `parent_thread_id` is the conversation of the answered item, where we hold that item and it names one.
select
    reply.activity_id,
    reply.object_id,
    parent.thread_id as parent_thread_id
from held as reply
left join held as parent
    on reply.object_id = parent.activity_id and parent.verb in ('post', 'repost', 'quote', 'reply')
where reply.verb = 'reply' and reply.thread_id is null and reply.object_id is not null
order by reply.activity_id
