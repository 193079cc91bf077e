-- When what an erasure has done so far was last added to: what is never closed is forgotten.
alter table receipts.tally add column at timestamptz not null default now();
alter table receipts.tally alter column at drop default;
