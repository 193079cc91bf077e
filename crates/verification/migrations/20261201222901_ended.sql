-- When another name of the organisation ended what was asked or seen; nobody has asked again since.
alter table verification.request add column ended_at timestamptz;
