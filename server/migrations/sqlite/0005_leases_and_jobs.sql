-- Who does what only one replica may do. Every change of holder raises the epoch.
create table leases (
    name text primary key,
    holder text not null,
    epoch integer not null,
    expires_at text not null
);
create unique index leases_epoch on leases (name, epoch);

-- What every replica may ask for and one of them does: readings of the catalog's sources.
create table rounds (
    name text primary key,
    requested integer not null,
    served integer not null
);

create table jobs (
    id text primary key,
    kind text not null,
    state text not null
        check (state in ('queued', 'running', 'paused', 'succeeded', 'failed', 'cancelled')),
    -- What is to become of it, once whoever runs it has heard.
    asked text check (asked in ('cancel', 'pause')),
    payload text not null,
    progress text not null,
    result text,
    error text,
    attempts integer not null,
    max_attempts integer not null,
    run_at text not null,
    created_by text not null,
    reason text,
    created_at text not null,
    started_at text,
    finished_at text,
    holder text,
    epoch integer not null,
    expires_at text
);
create unique index jobs_epoch on jobs (id, epoch);
create index jobs_open on jobs (kind, run_at) where state in ('queued', 'running');
create index jobs_finished on jobs (finished_at) where finished_at is not null;
