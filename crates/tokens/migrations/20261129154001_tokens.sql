create schema tokens;

-- What a program shows instead of signing in. Of the secret there is only the hash.
create table tokens.token (
    org_id         uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id             uuid not null,
    name           text not null,
    hash           bytea not null,
    permissions    text[] not null,
    -- None: for the whole organisation.
    department_ids uuid[] not null,
    made_by        uuid not null,
    made_at        timestamptz not null,
    expires_at     timestamptz not null,
    last_used_at   timestamptz,
    revoked_at     timestamptz,
    constraint token_pkey primary key (org_id, id),
    constraint token_hash unique (org_id, hash)
);
select kernel.owned_by_org('tokens.token');
