create schema inbox;

create table inbox.notification (
    org_id     uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    member_id  uuid not null,
    id         uuid not null,
    kind       text not null check (kind in ('mention', 'added_to_group', 'security', 'system')),
    ref_kind   text,
    ref_id     uuid,
    ref_seq    bigint,
    actor_id   uuid,
    -- Sealed under the recipient's key.
    text       bytea not null,
    created_at timestamptz not null,
    read_at    timestamptz,
    constraint notification_pkey primary key (org_id, member_id, id),
    check ((ref_kind is null) = (ref_id is null))
);
create index notification_unread on inbox.notification (org_id, member_id) where read_at is null;
create index notification_ref on inbox.notification (org_id, ref_id, ref_seq);
create index notification_created on inbox.notification (org_id, created_at);
select kernel.owned_by_org('inbox.notification');

create table inbox.setting (
    org_id        uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    member_id     uuid not null,
    desktop       boolean not null,
    sound         boolean not null,
    mentions_only boolean not null,
    shows_text    boolean not null,
    constraint setting_pkey primary key (org_id, member_id)
);
select kernel.owned_by_org('inbox.setting');
