create table feed_head (
    id integer primary key check (id = 1),
    seq integer not null
) strict;
insert into feed_head (id, seq) values (1, 0);

create table feed (
    seq integer primary key,
    at text not null,
    topic text not null,
    key text not null,
    payload text not null
) strict;

create table audit (
    id text primary key,
    at text not null,
    actor text not null,
    action text not null,
    object text not null,
    origin text,
    reason text,
    detail text not null
) strict, without rowid;
create index audit_object on audit (object, id);
create index audit_actor on audit (actor, id);
