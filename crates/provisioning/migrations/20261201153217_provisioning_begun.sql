-- Where everything was noted anew, because something had been missed: whoever has read no further knows people who are gone.
alter table provisioning.clock add column begun bigint not null default 0;
