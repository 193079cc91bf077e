-- How far messages can be found. A table of its own: the indexer never holds up whoever writes into the conversation.
create table chat.indexed (
    org_id          uuid   not null default nullif(current_setting('app.org', true), '')::uuid,
    conversation_id uuid   not null,
    seq             bigint not null,
    constraint indexed_pkey primary key (org_id, conversation_id)
) with (fillfactor = 50);
select kernel.owned_by_org('chat.indexed');
