-- A whole organisation can be shut: a revocation is about a session, about a member, or about everybody of an organisation.
alter table identity.revocation
    drop constraint revocation_check,
    drop constraint revocation_check1,
    drop constraint revocation_code_check,
    add constraint revocation_about check ((session_id is not null) <> (org_id is not null)),
    add constraint revocation_member check (member_id is null or org_id is not null),
    add constraint revocation_code check
        (code in ('revoked', 'suspended', 'signed_out', 'password_changed', 'organisation_suspended'));
