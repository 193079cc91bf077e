-- What two administrators change at once: the second is told (RFC 9110, If-Match).
alter table directory.organisation add column revision bigint not null default 0;
alter table directory.role add column revision bigint not null default 0;
