-- The day on which an organisation that is being dissolved is gone; until then nobody comes in, and an owner may bring it back.
alter table hosting.decision add column dissolves_at timestamptz;
create index decision_dissolves on hosting.decision (dissolves_at) where dissolves_at is not null;
