-- Who does what only one replica may do. Every change of holder raises the epoch.
-- The unique indexes that contain an epoch make it part of a key: a writer that holds its row
-- `for key share` keeps the epoch from changing, but not the lease from being renewed.
create table leases (
    name text collate "C" primary key,
    holder text not null,
    epoch bigint not null,
    expires_at timestamptz not null
);
create unique index leases_epoch on leases (name, epoch);

-- What every replica may ask for and one of them does: readings of the catalog's sources.
create table rounds (
    name text collate "C" primary key,
    requested bigint not null,
    served bigint not null
);

create table jobs (
    id text collate "C" primary key,
    kind text collate "C" not null,
    state text not null
        check (state in ('queued', 'running', 'paused', 'succeeded', 'failed', 'cancelled')),
    -- What is to become of it, once whoever runs it has heard.
    asked text check (asked in ('cancel', 'pause')),
    payload text not null,
    progress text not null,
    result text,
    error text,
    attempts bigint not null,
    max_attempts bigint not null,
    run_at timestamptz not null,
    created_by text not null,
    reason text,
    created_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz,
    holder text,
    epoch bigint not null,
    expires_at timestamptz
);
create unique index jobs_epoch on jobs (id, epoch);
create index jobs_open on jobs (kind, run_at) where state in ('queued', 'running');
create index jobs_finished on jobs (finished_at) where finished_at is not null;
