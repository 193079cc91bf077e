-- Besides the four periods that are offered an organisation may choose one of its own (RET-09): not shorter than a week, in which
-- a device still sends again what it sent before, and not longer than the longest that people were told.
alter table directory.organisation drop constraint organisation_chat_retention_days_check;
alter table directory.organisation add constraint organisation_chat_retention_days_check
    check (chat_retention_days between 7 and 720);
