-- Who and what an import creates, changes and moves, one by one: shown before it is confirmed, compared before it is written.
alter table identity.import add column told bytea;
