create schema receipts;

-- How far the log of erasures of an organisation reaches, in the hashes of its subtrees, and who says so. Outlives the organisation
-- until the last receipt is over: a job finds it from outside.
create table receipts.log (
    org_id     uuid not null,
    size       bigint not null default 0,
    peaks      bytea[] not null default '{}',
    signature  bytea not null default '',                      -- of the checkpoint of this size
    at         timestamptz,                                    -- of the newest receipt
    past_size  bigint not null default 0,                      -- receipts whose time is over
    past_peaks bytea[] not null default '{}',                  -- and all that is left of them
    constraint log_pkey primary key (org_id)
);
select kernel.owned_by_installation('receipts.log');

-- That something was erased: how much, by which rule, under which keys. Of whom or what it does not say.
create table receipts.receipt (
    org_id   uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    position bigint not null,
    at       timestamptz not null,
    class    text not null check (class in ('member', 'messages', 'organisation')),
    rule     text not null,
    rows     jsonb not null,                                   -- how many, by table
    keys     integer not null,                                 -- how many
    said     text not null,                                    -- the receipt, byte for byte as it was hashed
    leaf     bytea not null,                                   -- its hash
    constraint receipt_pkey primary key (org_id, position)
);
select kernel.owned_by_org('receipts.receipt');

-- What an erasure that is under way has done so far; its receipt takes these rows.
create table receipts.tally (
    org_id  uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    class   text not null,
    run_id  uuid not null,
    kind    text not null check (kind in ('table', 'key')),
    name    text not null,
    deleted bigint not null,
    constraint tally_pkey primary key (org_id, class, run_id, kind, name)
);
select kernel.owned_by_org('receipts.tally');
