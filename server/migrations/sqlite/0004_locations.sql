-- Where the catalog's sources begin, besides the configuration: what people registered, and what
-- providers found (`provider` names which).
create table locations (
    id text primary key,
    type text not null,
    target text not null,
    optional integer not null,
    provider text,
    created_by text not null,
    at text not null
) strict;
create unique index locations_target on locations (type, target);
create index locations_provider on locations (provider);
