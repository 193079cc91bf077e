create schema erasure;

-- Somebody who has come to be erased; gone when everything about them is, this row with it.
create table erasure.run (
    org_id     uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id         uuid not null,
    member_id  uuid not null,
    account_id uuid not null,
    begun_at   timestamptz not null,
    deleted    jsonb,                                          -- how much that was, once the rows are gone
    constraint run_pkey primary key (org_id, id)
);
select kernel.owned_by_org('erasure.run');
