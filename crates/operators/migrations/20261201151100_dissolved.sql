-- That an organisation is gone stands here and nowhere else: which, and when. `about` is the id it had.
alter table operators.act drop constraint act_act_check;
alter table operators.act add constraint act_act_check
    check (act in ('signed_in', 'sign_in_failed', 'password_changed', 'founding_code_made', 'operator_added',
                   'operator_removed', 'organisation_dissolved'));
alter table operators.act add column about uuid;
