create table feed_head (
    id bigint primary key check (id = 1),
    seq bigint not null
);
insert into feed_head (id, seq) values (1, 0);

create table feed (
    seq bigint primary key,
    at timestamptz not null,
    topic text not null,
    key text not null,
    payload text not null
);

create table audit (
    id text collate "C" primary key,
    at timestamptz not null,
    actor text not null,
    action text not null,
    object text not null,
    origin text,
    reason text,
    detail text not null
);
create index audit_object on audit (object, id);
create index audit_actor on audit (actor, id);
