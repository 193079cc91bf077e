-- The request that confirmed the import, or asked to take it back, sealed: a job does it, and the audit log says where from it came.
alter table identity.import add column asked bytea;
