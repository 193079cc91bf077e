-- What the operator handed to an authority, or to whom it named, because the law says so (`ORG-07`). To whom, on what ground
-- and what is sealed under the organisation's key, which the organisation reads it with. A line stays as it was written: a
-- correction is another line.
create table verification.disclosure (
    org_id       uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id           uuid not null,
    said         bytea not null,
    disclosed_on date not null,
    recorded_at  timestamptz not null,
    -- The line this one corrects.
    corrects     uuid,
    constraint disclosure_pkey primary key (org_id, id),
    foreign key (org_id, corrects) references verification.disclosure (org_id, id)
);
select kernel.owned_by_org('verification.disclosure');
-- It goes with the organisation and not before: no operation deletes one.
revoke update on verification.disclosure from tulou_app;
