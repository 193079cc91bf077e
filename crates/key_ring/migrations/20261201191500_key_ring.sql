create schema key_ring;

-- Installation: the key ring that opens what stands in this database, by a random id and what the ring makes of it; where it
-- stands; and how often keys were destroyed, by which nodes that share the ring learn of it.
create table key_ring.ring (
    id    uuid not null,
    proof bytea not null check (length(proof) = 32),
    place text not null check (place in ('folder', 'bucket')),
    gone  bigint not null default 0,
    constraint ring_pkey primary key (id)
);
-- One for all.
create unique index ring_only on key_ring.ring ((true));
select kernel.owned_by_installation('key_ring.ring');
