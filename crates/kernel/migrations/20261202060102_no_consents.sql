-- What was here stands in the schema `consents` now.
drop function kernel.past_consents();
drop table kernel.consent;
