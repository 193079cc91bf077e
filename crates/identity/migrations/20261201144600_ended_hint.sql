-- Hints that an account has read or followed: they do not come back, on whatever device. A word of a closed list, and when.
create table identity.ended_hint (
    account_id uuid not null references identity.account on delete cascade,
    hint       text not null check (hint in ('choose_people', 'conversation_menu')),
    ended_at   timestamptz not null,
    constraint ended_hint_pkey primary key (account_id, hint)
);
select kernel.owned_by_installation('identity.ended_hint');
