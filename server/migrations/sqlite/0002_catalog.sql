create table revisions (
    seq integer primary key,
    entity_ref text not null,
    uid text not null,
    number integer not null,
    op text not null check (op in ('put', 'delete')),
    body text,
    etag text,
    location text not null,
    origin text not null,
    commit_id text,
    author text,
    at text not null,
    check (op = 'delete' or (body is not null and etag is not null))
) strict;
create unique index revisions_number on revisions (entity_ref, number);

-- What is true now: one row an entity, pointing at its newest revision.
-- A deleted entity keeps its row, so that its uid and numbering survive a return.
create table entities (
    entity_ref text primary key,
    uid text not null,
    seq integer not null references revisions (seq),
    number integer not null,
    etag text not null,
    location text not null,
    origin text not null,
    line integer,
    orphan integer not null,
    deleted integer not null
) strict;

create table problems (
    id integer primary key,
    origin text not null,
    location text not null,
    line integer,
    col integer,
    entity_ref text,
    severity text not null,
    code text not null,
    message text not null,
    expected text
) strict;
create index problems_origin on problems (origin);

create table meta (
    key text primary key,
    value text not null
) strict, without rowid;
