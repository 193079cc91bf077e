-- Lines of the audit log go when their time is over, the oldest first. Where the log begins since then: the last line that went, its
-- link, and both keyed by the installation, so that nobody else can take a beginning away and say that its time was over.
alter table kernel.org_clock add column past_line bigint not null default 0;
alter table kernel.org_clock add column past_link bytea not null default '';
alter table kernel.org_clock add column past_proof bytea not null default '';
