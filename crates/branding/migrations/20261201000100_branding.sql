create schema branding;

-- How the organisation's house looks. What is null is Tulou's own.
create table branding.brand (
    org_id       uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    name         bytea,
    accent       text check (accent ~ '^#[0-9a-f]{6}$'),
    logo         bytea,
    logo_type    text check (logo_type in ('image/png', 'image/jpeg', 'image/webp')),
    logo_version bigint not null default 0,
    revision     bigint not null default 0,
    constraint brand_pkey primary key (org_id),
    check ((logo is null) = (logo_type is null))
);
select kernel.owned_by_org('branding.brand');
