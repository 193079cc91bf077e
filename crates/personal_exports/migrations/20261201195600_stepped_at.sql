-- When something was last written of a copy: one that stands still for hours was given up.
alter table personal_exports.personal_export add column stepped_at timestamptz not null default now();
alter table personal_exports.personal_export alter column stepped_at drop default;
