-- What two administrators change at once: the second is told (RFC 9110, If-Match).
alter table files.policy add column revision bigint not null default 0;
