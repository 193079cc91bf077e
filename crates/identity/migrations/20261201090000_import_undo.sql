-- What an import did, one thing a row, with what was there before: sealed under the key of the import, and gone with it a day after
-- it was written. Until then it can be taken back.
create table identity.import_deed (
    org_id     uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    import_id  uuid not null,
    n          integer not null,
    kind       text not null check (kind in ('created', 'changed', 'moved', 'left')),
    -- Whether anybody sees it as a thing of its own.
    is_counted boolean not null,
    state      text not null check (state in ('done', 'undone', 'kept')),
    -- Why it was kept.
    code       text,
    deed       bytea not null,
    primary key (org_id, import_id, n),
    foreign key (org_id, import_id) references identity.import on delete cascade,
    check ((state = 'kept') = (code is not null))
);
select kernel.owned_by_org('identity.import_deed');

alter table identity.import drop constraint import_state_check;
alter table identity.import add constraint import_state_check
    check (state in ('receiving', 'ready', 'queued', 'writing', 'done', 'failed', 'undoing'));
