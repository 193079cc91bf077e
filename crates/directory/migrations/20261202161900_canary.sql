-- An organisation of people who do not exist, which nobody lists or counts: what is done with every one is done with it too.
alter table directory.organisation drop constraint organisation_state_check;
alter table directory.organisation add constraint organisation_state_check check (state in ('active', 'dissolving', 'erased', 'canary'));
