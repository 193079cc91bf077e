create schema identity;

create table identity.account (
    id         uuid primary key,
    state      text not null check (state in ('active', 'erased')),
    created_at timestamptz not null
);

-- How an account proves itself. An 'initial' one was given by an administrator: it expires and must be changed (ACC-06).
create table identity.credential (
    account_id uuid not null references identity.account on delete cascade,
    kind       text not null check (kind in ('password', 'initial')),
    hash       text not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    primary key (account_id, kind),
    check ((kind = 'initial') = (expires_at is not null))
);

-- A signed-in device. Address and device are sealed: the address tells where somebody is (ACC-14).
create table identity.session (
    id            uuid primary key,
    account_id    uuid not null references identity.account on delete cascade,
    token_hash    bytea not null,
    is_remembered boolean not null,
    device        bytea not null,
    address       bytea not null,
    created_at    timestamptz not null,
    last_seen_at  timestamptz not null,
    expires_at    timestamptz not null,
    constraint session_token unique (token_hash)
);
create index session_account on identity.session (account_id, created_at);
create index session_expiry on identity.session (expires_at);

-- A browser that has signed in to the account before: guesses from elsewhere cannot lock it out.
create table identity.known_device (
    account_id uuid not null references identity.account on delete cascade,
    token_hash bytea not null,
    seen_at    timestamptz not null,
    primary key (account_id, token_hash)
);
create index known_device_seen on identity.known_device (seen_at);

-- The history a person sees of the own account (ACC-13).
create table identity.sign_in (
    id            uuid primary key,
    account_id    uuid not null references identity.account on delete cascade,
    at            timestamptz not null,
    outcome       text not null check (outcome in ('ok', 'wrong_password', 'throttled', 'suspended')),
    is_new_device boolean not null,
    device        bytea not null,
    address       bytea not null
);
create index sign_in_account on identity.sign_in (account_id, id);
create index sign_in_at on identity.sign_in (at);

-- What every node must forget and cut at once; read every half second by each of them.
create table identity.revocation (
    id         uuid primary key,
    session_id uuid,
    org_id     uuid,
    member_id  uuid,
    code       text not null check (code in ('revoked', 'suspended', 'signed_out', 'password_changed')),
    at         timestamptz not null,
    check ((session_id is not null) <> (member_id is not null)),
    check ((member_id is null) = (org_id is null))
);
create index revocation_at on identity.revocation (at);

-- Proof that whoever sets up a fresh installation can read what the server printed (ORG-01).
create table identity.setup_code (
    hash       bytea primary key,
    created_at timestamptz not null,
    used_at    timestamptz
);

-- An organisation asks an account that exists already; it decides by itself (ORG-14).
create table identity.account_invitation (
    id         uuid primary key,
    account_id uuid not null references identity.account on delete cascade,
    org_id     uuid not null,
    member_id  uuid not null,
    inviter_id uuid not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    constraint account_invitation_once unique (account_id, org_id)
);

-- A link by which people join (ORG-08).
create table identity.invitation (
    org_id        uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id            uuid not null,
    token_hash    bytea not null,
    department_id uuid,
    created_by    uuid not null,
    created_at    timestamptz not null,
    expires_at    timestamptz not null,
    max_uses      integer not null check (max_uses between 1 and 500),
    uses          integer not null default 0 check (uses between 0 and max_uses),
    revoked_at    timestamptz,
    primary key (org_id, id),
    constraint invitation_token unique (org_id, token_hash)
);

select kernel.owned_by_installation('identity.account');
select kernel.owned_by_installation('identity.credential');
select kernel.owned_by_installation('identity.session');
select kernel.owned_by_installation('identity.known_device');
select kernel.owned_by_installation('identity.sign_in');
select kernel.owned_by_installation('identity.revocation');
select kernel.owned_by_installation('identity.setup_code');
select kernel.owned_by_installation('identity.account_invitation');
select kernel.owned_by_org('identity.invitation');
