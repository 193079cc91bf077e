-- What becomes of what is kept for an application that is off, and how much of it is erased by now.
alter table applications.application
    add column kept text not null default 'kept' check (kept in ('kept', 'erasing', 'erased')),
    add column erased bigint not null default 0 check (erased >= 0);
