-- Forwarded bytes are another file with the same content: whoever forwarded it owns the file, not what is in it.
alter table files.file add column is_of_others boolean not null default false;

-- Row security is forced, and this is the owner of the table in no organisation: lifted for the one statement. A forwarded file was attached
-- in the instant in which it was made.
alter table files.file no force row level security;
update files.file f set is_of_others = true
where f.attached_at = f.created_at
  and exists (select from files.file o
              where o.org_id = f.org_id and o.blob_id = f.blob_id and o.owner_id <> f.owner_id and o.id < f.id);
alter table files.file force row level security;
