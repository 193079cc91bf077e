-- When somebody who is disabled leaves, and somebody who is leaving is erased (ACC-11, DEL-01, DEL-02).
alter table directory.member add column state_until timestamptz;
create index member_shut_out on directory.member (org_id) where state in ('suspended', 'disabled', 'leaving');

-- Whether people may leave by themselves (ACC-12); they may not unless an administrator says so.
alter table directory.organisation add column lets_people_leave boolean not null default false;
