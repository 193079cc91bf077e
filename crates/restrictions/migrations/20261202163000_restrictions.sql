create schema restrictions;

-- Since when what is kept of somebody is kept and not used otherwise, why, who said so, and when and by whom it ended (PIPL 44, GDPR 18).
create table restrictions.restriction (
    org_id    uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id        uuid not null,
    member_id uuid not null,
    reason    text not null check (reason in ('accuracy', 'unlawful', 'claims', 'objection', 'own_wish')),
    placed_by text not null check (placed_by in ('oneself', 'administrator')),
    since     timestamptz not null,
    -- When an administrator's word that it ends takes effect: the person is told before.
    lifts_at  timestamptz,
    -- Whether those who look after it were reminded that it lasts.
    told      text not null check (told in ('nobody', 'reminded')),
    ended_at  timestamptz,
    ended_by  text check (ended_by in ('oneself', 'administrator', 'leaving')),
    constraint restriction_pkey primary key (org_id, id),
    constraint restriction_end check ((ended_at is null) = (ended_by is null))
);
select kernel.owned_by_org('restrictions.restriction');
-- One at a time.
create unique index restriction_live on restrictions.restriction (org_id, member_id) where ended_at is null;
create index restriction_member on restrictions.restriction (org_id, member_id, id);
