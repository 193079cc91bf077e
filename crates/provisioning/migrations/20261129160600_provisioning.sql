create schema provisioning;

-- What another program calls a person or a department.
create table provisioning.link (
    org_id        uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    kind          text not null check (kind in ('person', 'department')),
    object_id     uuid not null,
    external_hmac bytea not null,
    external      bytea not null,
    -- Suspended by a call, and so to be resumed by one.
    is_suspended  boolean not null default false,
    constraint link_pkey primary key (org_id, kind, object_id),
    constraint link_external unique (org_id, kind, external_hmac)
);
select kernel.owned_by_org('provisioning.link');

-- Each person and department once, at the place of its newest change.
create table provisioning.change (
    org_id    uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    kind      text not null check (kind in ('person', 'department')),
    object_id uuid not null,
    pos       bigint not null,
    constraint change_pkey primary key (org_id, kind, object_id)
);
select kernel.owned_by_org('provisioning.change');
create index change_pos on provisioning.change (org_id, pos);

-- Its row lock lives until commit, hence order of pos = order of commit.
create table provisioning.clock (
    org_id    uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    pos       bigint not null,
    -- Whether those who were here before the first change stand among the changes.
    is_filled boolean not null default false,
    constraint clock_pkey primary key (org_id)
);
select kernel.owned_by_org('provisioning.clock');
