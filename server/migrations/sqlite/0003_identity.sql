-- `id` is the SHA-256 of the cookie's token: reading this table lets nobody in.
create table sessions (
    id text primary key,
    user_ref text not null,
    issuer text not null,
    subject text not null,
    created text not null,
    expires text not null,
    last_seen text not null
) strict, without rowid;
create index sessions_expires on sessions (expires);
create index sessions_user on sessions (user_ref);

create table stars (
    user_ref text not null,
    entity_ref text not null,
    at text not null,
    primary key (user_ref, entity_ref)
) strict, without rowid;
create index stars_entity on stars (entity_ref);

create table user_settings (
    user_ref text not null,
    bucket text not null,
    key text not null,
    value text not null,
    primary key (user_ref, bucket, key)
) strict, without rowid;

create table visits (
    user_ref text not null,
    entity_ref text not null,
    at text not null,
    times integer not null,
    primary key (user_ref, entity_ref)
) strict, without rowid;
