create schema __name__;

create table __name__.entry (
    org_id     uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id         uuid not null,
    author_id  uuid not null,
    -- Sealed under the entry's own key.
    text       bytea not null,
    created_at timestamptz not null,
    constraint entry_pkey primary key (org_id, id)
);
select kernel.owned_by_org('__name__.entry');
