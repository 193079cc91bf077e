-- What two operators change at once: the second is told (RFC 9110, If-Match).
alter table hosting.decision add column limits_revision bigint not null default 0;
