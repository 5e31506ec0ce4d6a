-- What conviction rests on beside the ledger: providers and who depends on them, the diligence checklist, exchange
-- rates, the rubric. And what is stored of it, for lists.

create table provider (
  id                uuid primary key,
  name              text not null check (not is_blank(name) and length(name) <= 300),
  -- normalised, so that one vendor is not entered twice
  name_key          text not null check (name_key <> ''),
  -- a provider may itself be a startup here
  startup_id        uuid references startup,
  origin_startup_id uuid references startup,
  recorded_at       timestamptz(6) not null check (isfinite(recorded_at)),
  version           integer not null check (version >= 1),
  hidden_at         timestamptz(6) check (isfinite(hidden_at)),
  check ((startup_id is null) = (origin_startup_id is null))
);
create unique index provider_name on provider (name_key) where hidden_at is null;
create index provider_startup on provider (startup_id) where startup_id is not null;
create index provider_origin on provider (origin_startup_id) where origin_startup_id is not null;

create table provider_version (
  provider_id  uuid not null references provider,
  version      integer not null,
  known_from   timestamptz(6) not null,
  known_until  timestamptz(6) check (known_until > known_from),
  name text not null, startup_id uuid, hidden_at timestamptz(6),
  primary key (provider_id, known_from)
);
create unique index provider_version_open on provider_version (provider_id) where known_until is null;
call keep_versions('provider', 'provider_version', 'provider_id', array['name', 'startup_id', 'hidden_at']);

create table dependency (
  id                uuid primary key,
  startup_id        uuid not null references startup,
  origin_startup_id uuid not null references startup,
  provider_id       uuid not null references provider,
  mode              text not null check (mode in ('API', 'FINE_TUNE', 'SELF_HOSTED')),
  is_critical       boolean not null,
  -- of the cost of revenue, 0..1
  cost_share        numeric(6, 4) check (cost_share between 0 and 1),
  alternative       text check (not is_blank(alternative)),
  since             date check (isfinite(since)),
  -- the day it was over
  until             date check (isfinite(until)),
  recorded_at       timestamptz(6) not null check (isfinite(recorded_at)),
  version           integer not null check (version >= 1),
  hidden_at         timestamptz(6) check (isfinite(hidden_at)),
  check (until >= since)
);
create index dependency_startup on dependency (startup_id, id);
create index dependency_origin on dependency (origin_startup_id);
create index dependency_provider on dependency (provider_id, id);

create table dependency_version (
  dependency_id uuid not null references dependency,
  version       integer not null,
  known_from    timestamptz(6) not null,
  known_until   timestamptz(6) check (known_until > known_from),
  startup_id uuid not null, provider_id uuid not null, mode text not null, is_critical boolean not null, cost_share numeric(6, 4),
  alternative text, since date, until date, hidden_at timestamptz(6),
  primary key (dependency_id, known_from)
);
create unique index dependency_version_open on dependency_version (dependency_id) where known_until is null;
create index dependency_version_startup on dependency_version (startup_id, known_from);
create index dependency_version_provider on dependency_version (provider_id, known_from);
call keep_versions('dependency', 'dependency_version', 'dependency_id',
  array['startup_id', 'provider_id', 'mode', 'is_critical', 'cost_share', 'alternative', 'since', 'until', 'hidden_at']);

-- An item of a startup's checklist that somebody answered; which items there are is the domain's word.
create table checklist_item (
  id                uuid primary key,
  startup_id        uuid not null references startup,
  origin_startup_id uuid not null references startup,
  key               text not null check (key ~ '^[a-z]+(_[a-z]+)*$'),
  state             text not null check (state in ('OPEN', 'OK', 'CONCERN')),
  note              text check (not is_blank(note)),
  by                uuid references app_user,
  recorded_at       timestamptz(6) not null check (isfinite(recorded_at)),
  version           integer not null check (version >= 1),
  unique (startup_id, key)
);
create index checklist_item_origin on checklist_item (origin_startup_id);
create index checklist_item_by on checklist_item (by);

create table checklist_item_version (
  checklist_item_id uuid not null references checklist_item,
  version           integer not null,
  known_from        timestamptz(6) not null,
  known_until       timestamptz(6) check (known_until > known_from),
  startup_id uuid not null, key text not null, state text not null, note text, by uuid,
  primary key (checklist_item_id, known_from)
);
create unique index checklist_item_version_open on checklist_item_version (checklist_item_id) where known_until is null;
create index checklist_item_version_startup on checklist_item_version (startup_id, known_from);
call keep_versions('checklist_item', 'checklist_item_version', 'checklist_item_id', array['startup_id', 'key', 'state', 'note', 'by']);

-- What one unit of a currency was worth on a day. A correction is a later row of the same day.
create table exchange_rate (
  id          uuid primary key,
  currency    text not null check (currency ~ '^[A-Z]{3}$' and currency <> 'USD'),
  on_day      date not null check (isfinite(on_day)),
  usd         numeric(24, 12) not null check (usd > 0),
  source      text check (not is_blank(source)),
  recorded_at timestamptz(6) not null check (isfinite(recorded_at)),
  recorded_by uuid references app_user,
  unique (currency, on_day, recorded_at)
);
create index exchange_rate_day on exchange_rate (on_day, id);
create index exchange_rate_recorded on exchange_rate (recorded_at);
create index exchange_rate_by on exchange_rate (recorded_by);
call append_only('exchange_rate');

-- The rubric: every version as a whole, in force until the next.
create table rubric (
  id            uuid not null unique,
  version       integer primary key check (version >= 1),
  in_force_from timestamptz(6) not null unique check (isfinite(in_force_from)),
  -- [{"kind", "group", "weight", "scale", "unitOrZero", "fullAt", "fullAtByHorizon", "halfN", "halfLifeDays", "isUsage"}]
  kinds         jsonb not null check (jsonb_typeof(kinds) = 'array'),
  note          text check (not is_blank(note)),
  by            uuid references app_user
);
create index rubric_by on rubric (by);
call append_only('rubric');
-- The one that a workspace begins with; it also holds for the time before.
insert into rubric (id, version, in_force_from, kinds) values ('01900000-0000-7000-8000-000000000001', 1, timestamptz '1970-01-01T00:00:00Z', $kinds$[
  {"kind": "PAYING_CUSTOMERS", "group": "MONEY", "weight": "0.60", "scale": "LOG", "unitOrZero": "1", "fullAt": "100", "halfLifeDays": 180, "isUsage": true},
  {"kind": "RECURRING_REVENUE", "group": "MONEY", "weight": "0.60", "scale": "LOG", "unitOrZero": "10000", "fullAt": "1000000", "halfLifeDays": 180, "isUsage": true},
  {"kind": "SIGNED_CONTRACTS", "group": "MONEY", "weight": "0.45", "scale": "LOG", "unitOrZero": "1", "fullAt": "10", "halfLifeDays": 180, "isUsage": true},
  {"kind": "PAID_CONVERSION", "group": "MONEY", "weight": "0.40", "scale": "LINEAR", "unitOrZero": "0", "fullAt": "5", "halfN": 200, "halfLifeDays": 180, "isUsage": true},
  {"kind": "UNITS_DEPLOYED", "group": "MONEY", "weight": "0.45", "scale": "LOG", "unitOrZero": "1", "fullAt": "100", "halfLifeDays": 180, "isUsage": true},
  {"kind": "PILOTS", "group": "MONEY", "weight": "0.25", "scale": "LOG", "unitOrZero": "1", "fullAt": "5", "halfLifeDays": 180, "isUsage": true},
  {"kind": "RETENTION", "group": "LOYALTY", "weight": "0.50", "scale": "LINEAR", "unitOrZero": "0", "fullAt": "25", "fullAtByHorizon": [{"upToDays": 7, "fullAt": "60"}, {"upToDays": 30, "fullAt": "40"}, {"upToDays": 90, "fullAt": "30"}], "halfN": 20, "halfLifeDays": 365, "isUsage": true},
  {"kind": "LOGO_RETENTION", "group": "LOYALTY", "weight": "0.50", "scale": "LINEAR", "unitOrZero": "70", "fullAt": "95", "halfN": 10, "halfLifeDays": 365, "isUsage": true},
  {"kind": "NET_REVENUE_RETENTION", "group": "LOYALTY", "weight": "0.50", "scale": "LINEAR", "unitOrZero": "80", "fullAt": "120", "halfN": 5, "halfLifeDays": 365, "isUsage": true},
  {"kind": "USAGE_INTENSITY", "group": "LOYALTY", "weight": "0.40", "scale": "LINEAR", "unitOrZero": "0", "fullAt": "50", "halfN": 200, "halfLifeDays": 180, "isUsage": true},
  {"kind": "CUSTOMER_REFERENCES", "group": "LOYALTY", "weight": "0.45", "scale": "LOG", "unitOrZero": "1", "fullAt": "5", "halfLifeDays": 365, "isUsage": true},
  {"kind": "ACTIVE_USERS", "group": "REACH", "weight": "0.40", "scale": "LOG", "unitOrZero": "1000", "fullAt": "100000", "halfLifeDays": 180, "isUsage": true},
  {"kind": "DEVELOPERS_BUILDING", "group": "REACH", "weight": "0.40", "scale": "LOG", "unitOrZero": "10", "fullAt": "1000", "halfLifeDays": 180, "isUsage": true},
  {"kind": "APP_STORE_RATINGS", "group": "REACH", "weight": "0.20", "scale": "LOG", "unitOrZero": "100", "fullAt": "10000", "halfLifeDays": 180, "isUsage": true},
  {"kind": "WEB_TRAFFIC", "group": "INTEREST", "weight": "0.15", "scale": "LOG", "unitOrZero": "10000", "fullAt": "1000000", "halfLifeDays": 90, "isUsage": false},
  {"kind": "OPEN_SOURCE_STARS", "group": "INTEREST", "weight": "0.15", "scale": "LOG", "unitOrZero": "100", "fullAt": "10000", "halfLifeDays": 180, "isUsage": false},
  {"kind": "OPEN_SOURCE_DOWNLOADS", "group": "INTEREST", "weight": "0.15", "scale": "LOG", "unitOrZero": "1000", "fullAt": "100000", "halfLifeDays": 180, "isUsage": false},
  {"kind": "WAITLIST", "group": "INTEREST", "weight": "0.10", "scale": "LOG", "unitOrZero": "1000", "fullAt": "100000", "halfLifeDays": 90, "isUsage": false},
  {"kind": "UNPAID_PILOTS", "group": "INTEREST", "weight": "0.10", "scale": "LOG", "unitOrZero": "1", "fullAt": "5", "halfLifeDays": 90, "isUsage": false},
  {"kind": "USER_STATEMENT", "group": "INTEREST", "weight": "0.10", "scale": "LINEAR", "unitOrZero": "0", "fullAt": "50", "halfN": 50, "halfLifeDays": 365, "isUsage": false},
  {"kind": "PRESS_COVERAGE", "group": "INTEREST", "weight": "0.05", "scale": "LOG", "unitOrZero": "1", "fullAt": "10", "halfLifeDays": 90, "isUsage": false}
]$kinds$);

-- ------------------------------------------------------------------ what is stored of an assessment

-- The figures of a startup for a day, by the rubric, the formula and the rates that the row names: what lists are
-- ordered and narrowed by. A row is as good as new made from the others, so it has no history.
create table startup_assessment (
  startup_id         uuid primary key references startup,
  day                date not null,
  rubric_version     integer not null,
  formula_version    integer not null,
  -- when the newest rate that was known was recorded
  rates_at           timestamptz(6),
  conviction         double precision check (conviction between 0 and 100),
  demand             double precision not null check (demand between 0 and 1),
  claimed_demand     double precision not null check (claimed_demand between 0 and 1),
  hype_gap           double precision not null,
  hype_share         double precision,
  has_proof          boolean not null,
  has_verified_proof boolean not null,
  best_grade         text check (best_grade in ('CLAIMED', 'DOCUMENTED', 'VERIFIED', 'REFUTED')),
  flags              text[] not null
);
-- what is not known comes last in either direction
create index startup_assessment_conviction on startup_assessment (coalesce(conviction, -1), startup_id);
create index startup_assessment_conviction_up on startup_assessment (coalesce(conviction, 101), startup_id);
create index startup_assessment_demand on startup_assessment (demand, startup_id);
create index startup_assessment_hype on startup_assessment (hype_gap, startup_id);
create index startup_assessment_flags on startup_assessment using gin (flags);
-- of formula 0, so that the first pass makes them
insert into startup_assessment (startup_id, day, rubric_version, formula_version, demand, claimed_demand, hype_gap, has_proof, has_verified_proof, flags)
  select id, date '0001-01-01', 1, 0, 0, 0, 0, false, false, '{}' from startup;

-- Who carries out the pass that brings stored figures up to a new day, rubric, formula or rate: one server at a time,
-- each batch a transaction; another goes on behind `done_to` when its time is over.
create table assessment_pass (
  id         smallint primary key default 1 check (id = 1),
  holder     uuid,
  held_until timestamptz(6),
  done_to    uuid,
  started_at timestamptz(6),
  ended_at   timestamptz(6)
);
insert into assessment_pass default values;

-- ------------------------------------------------------------------ activity of the new records

alter table activity drop constraint activity_subject_type_check;
alter table activity add constraint activity_subject_type_check check (subject_type in (
  'startup', 'sector', 'stage', 'person', 'affiliation', 'document', 'evidence', 'deal', 'user', 'token', 'workspace', 'import',
  'provider', 'dependency', 'checklist_item', 'exchange_rate', 'rubric'));
