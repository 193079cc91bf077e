create schema consents;

-- Who consented to which purpose, in which words, when, from which device and how (CON-14); and when and how it ended.
create table consents.consent (
    org_id       uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id           uuid not null,
    member_id    uuid not null,
    purpose      text not null,
    text_version text not null,
    way          text not null check (way in ('sheet', 'settings')),
    given_at     timestamptz not null,
    -- Not known of those from before devices were kept.
    device       bytea,
    ended_at     timestamptz,
    ended_as     text check (ended_as in ('withdrawn', 'outgrown')),
    ended_device bytea,
    constraint consent_pkey primary key (org_id, id),
    constraint consent_end check ((ended_at is null) = (ended_as is null))
);

-- Those from before, while the table does not yet ask in which organisation one is.
insert into consents.consent (org_id, id, member_id, purpose, text_version, way, given_at, ended_at, ended_as)
select org_id, id, member_id, purpose, text_version, 'sheet', given_at, withdrawn_at,
       case when withdrawn_at is not null then 'withdrawn' end
from kernel.past_consents();

select kernel.owned_by_org('consents.consent');
create unique index consent_live on consents.consent (org_id, member_id, purpose) where ended_at is null;
create index consent_member on consents.consent (org_id, member_id, purpose, given_at, id);

-- What was given is never rewritten: the program can end a consent that holds, once, and nothing else.
revoke update on consents.consent from tulou_app;
grant update (ended_at, ended_as, ended_device) on consents.consent to tulou_app;
create policy once on consents.consent as restrictive for update using (ended_at is null) with check (ended_at is not null);
