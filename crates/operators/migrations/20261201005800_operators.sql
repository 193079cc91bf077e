create schema operators;

-- Who runs the installation, in the browser. The password is an argon2id hash; one for one time expires and must be changed.
create table operators.operator (
    id         uuid not null,
    name       text not null,
    hash       text not null,
    expires_at timestamptz,
    created_at timestamptz not null,
    constraint operator_pkey primary key (id),
    constraint operator_name unique (name)
);

create table operators.session (
    token_hash  bytea not null,
    operator_id uuid not null references operators.operator on delete cascade,
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    constraint session_pkey primary key (token_hash)
);
create index session_operator on operators.session (operator_id);

-- What is done to no single organisation. Outlives the operator; the address is sealed under the key of its day.
create table operators.act (
    id          uuid not null,
    at          timestamptz not null,
    operator_id uuid,
    act         text not null check (act in ('signed_in', 'sign_in_failed', 'password_changed', 'founding_code_made',
                                             'operator_added', 'operator_removed')),
    address     bytea,
    constraint act_pkey primary key (id)
);
create index act_at on operators.act (at);

select kernel.owned_by_installation('operators.act');
select kernel.owned_by_installation('operators.operator');
select kernel.owned_by_installation('operators.session');
