create schema announcements;

-- What the organisation tells its people. Title and text are sealed under a key of their own.
create table announcements.announcement (
    org_id            uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id                uuid not null,
    author_id         uuid not null,
    written           bytea not null,
    is_for_everyone   boolean not null,
    must_be_confirmed boolean not null,
    until_at          timestamptz,
    created_at        timestamptz not null,
    edited_at         timestamptz,
    withdrawn_at      timestamptz,
    revision          bigint not null default 1,
    constraint announcement_pkey primary key (org_id, id)
);
select kernel.owned_by_org('announcements.announcement');

-- The departments whom it concerns, with what lies below them; none when it is for everyone.
create table announcements.addressed_department (
    org_id          uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    announcement_id uuid not null,
    department_id   uuid not null,
    constraint addressed_department_pkey primary key (org_id, announcement_id, department_id),
    foreign key (org_id, announcement_id) references announcements.announcement on delete cascade
);
create index addressed_department_department on announcements.addressed_department (org_id, department_id);
select kernel.owned_by_org('announcements.addressed_department');

-- Who has read it, and whether they confirmed that.
create table announcements.reading (
    org_id          uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    announcement_id uuid not null,
    member_id       uuid not null,
    read_at         timestamptz not null,
    confirmed_at    timestamptz,
    constraint reading_pkey primary key (org_id, announcement_id, member_id),
    foreign key (org_id, announcement_id) references announcements.announcement on delete cascade
);
create index reading_member on announcements.reading (org_id, member_id);
select kernel.owned_by_org('announcements.reading');
