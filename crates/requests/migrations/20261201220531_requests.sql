create schema requests;

-- What somebody asks the organisation about their data, and what became of it. What was written, by whoever asked and to them, is
-- sealed under a key of its own, which goes with the row.
create table requests.subject_request (
    org_id       uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id           uuid not null,
    -- As it is read out over the phone.
    number       text not null,
    kind         text not null check (kind in ('access', 'correction', 'deletion', 'restriction', 'objection', 'explanation',
                                               'withdrawal', 'deceased', 'complaint')),
    language     text not null check (language in ('zh-CN', 'zh-TW', 'en')),
    state        text not null check (state in ('received', 'identity_checked', 'in_work', 'answered', 'refused', 'forwarded',
                                                'withdrawn')),
    -- Whoever asked, once it is known who that is and they are of the organisation.
    member_id    uuid,
    -- Who took it up.
    handler_id   uuid,
    identity_how text check (identity_how in ('session', 'contact', 'in_person', 'papers')),
    -- Of the secret in the link by which it is followed.
    token_hash   bytea not null,
    said         bytea not null,
    delay        bytea,
    answer       bytea,
    ground       text check (ground in ('identity_unproven', 'nothing_held', 'law_requires', 'rights_of_others', 'excessive')),
    received_at  timestamptz not null,
    identity_at  timestamptz,
    taken_at     timestamptz,
    delay_at     timestamptz,
    ended_at     timestamptz,
    goes_at      timestamptz not null,
    -- How late the desk was told that it is.
    told         text not null check (told in ('on_time', 'past_target', 'past_limit')),
    constraint subject_request_pkey primary key (org_id, id),
    constraint subject_request_number unique (org_id, number),
    check ((state in ('answered', 'refused', 'forwarded', 'withdrawn')) = (ended_at is not null)),
    check ((state in ('answered', 'refused', 'forwarded')) = (answer is not null)),
    check ((state = 'refused') = (ground is not null)),
    check ((identity_how is null) = (identity_at is null)),
    check ((delay is null) = (delay_at is null))
);
create unique index subject_request_token on requests.subject_request (org_id, token_hash);
create index subject_request_member on requests.subject_request (org_id, member_id, id) where member_id is not null;
create index subject_request_open on requests.subject_request (org_id, id) where ended_at is null;
create index subject_request_goes on requests.subject_request (org_id, goes_at);
select kernel.owned_by_org('requests.subject_request');
