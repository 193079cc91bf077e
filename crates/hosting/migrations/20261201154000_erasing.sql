-- Its time is over and its keys go: from here on nobody brings it back and nobody suspends it, whatever the clocks of the nodes say.
alter table hosting.decision add column is_erasing boolean not null default false;
