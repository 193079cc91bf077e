-- What two who look after a group change at once: the second is told (RFC 9110, If-Match).
alter table chat.conversation add column revision bigint not null default 0;
