-- Why a second refused what was asked for, sealed; null where nobody said.
alter table directory.sensitive_act add column reason bytea;
