create table revisions (
    seq bigint primary key,
    entity_ref text collate "C" not null,
    uid text not null,
    number bigint not null,
    op text not null check (op in ('put', 'delete')),
    body text,
    etag text,
    location text not null,
    origin text not null,
    commit_id text,
    author text,
    at timestamptz not null,
    check (op = 'delete' or (body is not null and etag is not null))
);
create unique index revisions_number on revisions (entity_ref, number);

-- What is true now: one row an entity, pointing at its newest revision.
-- A deleted entity keeps its row, so that its uid and numbering survive a return.
create table entities (
    entity_ref text collate "C" primary key,
    uid text not null,
    seq bigint not null references revisions (seq),
    number bigint not null,
    etag text not null,
    location text not null,
    origin text not null,
    line bigint,
    orphan boolean not null,
    deleted boolean not null
);

create table problems (
    id bigint generated always as identity primary key,
    origin text not null,
    location text not null,
    line bigint,
    col bigint,
    entity_ref text collate "C",
    severity text not null,
    code text not null,
    message text not null,
    expected text
);
create index problems_origin on problems (origin);

create table meta (
    key text primary key,
    value text not null
);
