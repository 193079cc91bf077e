-- How long things are kept is said by the data map and by the organisation (directory.organisation). What stands here is that messages will be
-- kept for a shorter time: until it takes effect it can be taken back.
create schema retention;

create table retention.shortening (
    org_id          uuid        not null default nullif(current_setting('app.org', true), '')::uuid,
    from_days       integer     not null,
    to_days         integer     not null,
    asked_by        uuid        not null,
    asked_at        timestamptz not null,
    takes_effect_at timestamptz not null,
    constraint shortening_pkey primary key (org_id),
    constraint shortening_is_shorter check (to_days < from_days)
);
select kernel.owned_by_org('retention.shortening');
