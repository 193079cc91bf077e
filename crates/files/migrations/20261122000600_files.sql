create schema files;

-- Sealed bytes, cut into segments that lie in the store under this id. Its key is the ring's entry `object(id)`.
create table files.blob (
    org_id     uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id         uuid not null,
    size       bigint not null check (size >= 0),
    created_at timestamptz not null,
    -- Nobody needs it any more: the key is destroyed, the segments follow, then the row.
    dropped_at timestamptz,
    constraint blob_pkey primary key (org_id, id)
);
create index blob_dropped on files.blob (org_id, dropped_at) where dropped_at is not null;
select kernel.owned_by_org('files.blob');

-- A file on its way in (tus 1.0); with its last byte there is a file of the same id.
create table files.upload (
    org_id     uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id         uuid not null,
    member_id  uuid not null,
    blob_id    uuid not null,
    -- Sealed under the blob's key.
    name       bytea not null,
    length     bigint not null check (length >= 0),
    -- Whole segments that are in the store; what comes after lies in the staging file of the node that takes it.
    segments   integer not null default 0,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    -- Its last byte is there and the file is made; kept for whoever lost the answer and asks again.
    completed_at timestamptz,
    constraint upload_pkey primary key (org_id, id)
);
create index upload_expires on files.upload (org_id, expires_at);
select kernel.owned_by_org('files.upload');

create table files.file (
    org_id       uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id           uuid not null,
    owner_id     uuid not null,
    blob_id      uuid not null,
    thumbnail_id uuid,
    -- Sealed under the blob's key.
    name         bytea not null,
    size         bigint not null,
    media_type   text not null,
    kind         text not null check (kind in ('picture', 'video', 'audio', 'file')),
    width        integer,
    height       integer,
    state        text not null check (state in ('processing', 'ready')),
    created_at   timestamptz not null,
    -- Who carries it: the feature, the place there (a conversation), the id under which the carrier was sent, and the
    -- number it got.
    feature      text,
    scope_id     uuid,
    carrier_id   uuid,
    scope_seq    bigint,
    attached_at  timestamptz,
    constraint file_pkey primary key (org_id, id),
    check ((scope_id is null) = (attached_at is null) and (scope_id is null) = (feature is null))
);
create index file_scope on files.file (org_id, scope_id, scope_seq);
create index file_attached on files.file (org_id, feature, attached_at);
create index file_loose on files.file (org_id, created_at) where scope_id is null;
create index file_blob on files.file (org_id, blob_id);
create index file_thumbnail on files.file (org_id, thumbnail_id) where thumbnail_id is not null;
select kernel.owned_by_org('files.file');

-- Bytes of all blobs that are not dropped: reserved when an upload begins.
create table files.usage (
    org_id uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    bytes  bigint not null check (bytes >= 0),
    constraint usage_pkey primary key (org_id)
);
select kernel.owned_by_org('files.usage');

-- What the organisation allows; absent: the defaults.
create table files.policy (
    org_id             uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    max_file_bytes     bigint not null check (max_file_bytes > 0),
    quota_bytes        bigint not null check (quota_bytes > 0),
    refused_extensions text[] not null,
    constraint policy_pkey primary key (org_id)
);
select kernel.owned_by_org('files.policy');
