-- While what is kept is being erased: not before then, and when some of it went last.
alter table applications.application add column erasing_at timestamptz;
