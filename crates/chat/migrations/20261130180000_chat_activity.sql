-- How much was written on a day, by how many: a number each, nobody's.
create table chat.activity (
    org_id   uuid   not null default nullif(current_setting('app.org', true), '')::uuid,
    day      date   not null,
    messages bigint not null,
    people   bigint not null,
    constraint activity_pkey primary key (org_id, day)
);
select kernel.owned_by_org('chat.activity');
