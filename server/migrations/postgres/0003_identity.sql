-- `id` is the SHA-256 of the cookie's token: reading this table lets nobody in.
create table sessions (
    id text primary key,
    user_ref text collate "C" not null,
    issuer text not null,
    subject text not null,
    created timestamptz not null,
    expires timestamptz not null,
    last_seen timestamptz not null
);
create index sessions_expires on sessions (expires);
create index sessions_user on sessions (user_ref);

create table stars (
    user_ref text collate "C" not null,
    entity_ref text collate "C" not null,
    at timestamptz not null,
    primary key (user_ref, entity_ref)
);
create index stars_entity on stars (entity_ref);

create table user_settings (
    user_ref text collate "C" not null,
    bucket text collate "C" not null,
    key text collate "C" not null,
    value text not null,
    primary key (user_ref, bucket, key)
);

create table visits (
    user_ref text collate "C" not null,
    entity_ref text collate "C" not null,
    at timestamptz not null,
    times bigint not null,
    primary key (user_ref, entity_ref)
);
