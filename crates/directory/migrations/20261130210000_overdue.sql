-- Whose time is over is asked every few minutes.
create index member_overdue on directory.member (org_id, state_until) where state_until is not null;
