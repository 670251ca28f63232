-- Where the catalog's sources begin, besides the configuration: what people registered, and what
-- providers found (`provider` names which).
create table locations (
    id text collate "C" primary key,
    type text collate "C" not null,
    target text collate "C" not null,
    optional boolean not null,
    provider text collate "C",
    created_by text collate "C" not null,
    at timestamptz not null
);
create unique index locations_target on locations (type, target);
create index locations_provider on locations (provider);
