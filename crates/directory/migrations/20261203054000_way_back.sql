-- Who lets somebody in again who is shut out: people, or also a call of another program, which alone shut them out. Of whom a call
-- suspended before this column was there an administrator's own suspension is made by letting them in and suspending them.
alter table directory.member add column way_back text not null default 'people' check (way_back in ('people', 'calls'));
