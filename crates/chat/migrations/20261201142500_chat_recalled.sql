-- What was taken back, as long as it is kept: nobody has it left to read. A row for each, so that what is unread is counted
-- without a look at the messages. What was taken back before has no row: a migration sees no messages, row security is forced
-- and it acts for no organisation. It counts as unread, as it always did, until it is read past or expires.
create table chat.recalled (
    org_id          uuid   not null default nullif(current_setting('app.org', true), '')::uuid,
    conversation_id uuid   not null,
    seq             bigint not null,
    n               bigint not null,
    constraint recalled_pkey primary key (org_id, conversation_id, seq)
);
select kernel.owned_by_org('chat.recalled');
