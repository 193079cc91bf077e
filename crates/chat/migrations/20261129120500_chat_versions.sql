-- What messages said before they were edited, while the organisation keeps that. Sealed like the message: under the key of
-- its day and its author, with which it goes.
create table chat.message_version (
    org_id          uuid        not null default nullif(current_setting('app.org', true), '')::uuid,
    conversation_id uuid        not null,
    seq             bigint      not null,
    id              uuid        not null,
    author_id       uuid        not null,
    sent_at         timestamptz not null,                      -- of the message
    written_at      timestamptz not null,                      -- of these words
    body            bytea       not null,                      -- sealed
    constraint message_version_pkey primary key (org_id, conversation_id, seq, id)
);
select kernel.owned_by_org('chat.message_version');
