create schema hosting;

-- Installation: what the operator decided about an organisation; absent: nothing. Sign-in asks it before any organisation
-- is entered. The reason is sealed under the organisation's key.
create table hosting.decision (
    org_id       uuid not null,
    suspended_at timestamptz,
    reason       bytea,
    most_people  integer check (most_people > 0),
    most_bytes   bigint check (most_bytes >= 0),
    constraint decision_pkey primary key (org_id),
    check ((suspended_at is null) = (reason is null))
);
select kernel.owned_by_installation('hosting.decision');
