-- Why a second refused what was asked for, sealed, in a row of its own: it goes with whoever said it and with whom it was about, and
-- after 184 days.
alter table directory.sensitive_act drop column reason;
create table directory.act_reason (
    org_id     uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    act_id     uuid not null,
    decided_by uuid not null,
    about      uuid,                                           -- what the act concerns
    reason     bytea not null,
    constraint act_reason_pkey primary key (org_id, act_id)
);
select kernel.owned_by_org('directory.act_reason');
