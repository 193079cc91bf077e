-- A draft that was cleared leaves when: an older one that waited on another device does not come back after it.
alter table chat.draft alter column body drop not null;
