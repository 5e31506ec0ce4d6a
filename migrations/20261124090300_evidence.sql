-- Documents and the ledger of real-user evidence.

create table document (
  id           uuid primary key,
  title        text not null check (not is_blank(title)),
  kind         text not null check (kind in ('DECK', 'FINANCIAL_MODEL', 'CONTRACT', 'EXPORT', 'TRANSCRIPT', 'PRESS', 'OTHER')),
  url          text,
  sha256       bytea check (octet_length(sha256) = 32),
  byte_size    bigint check (byte_size >= 0),
  publisher    text check (not is_blank(publisher)),
  byline       text check (not is_blank(byline)),
  note         text check (not is_blank(note)),
  reprint_of   uuid references document,
  startup_id   uuid references startup,
  origin_startup_id uuid references startup,
  -- a document of a deal is seen by those who see the deal
  deal_id      uuid references deal,
  added_by     uuid references app_user,
  added_at     timestamptz(6) not null check (isfinite(added_at)),
  recorded_at  timestamptz(6) not null check (isfinite(recorded_at)),
  version      integer not null check (version >= 1),
  hidden_at    timestamptz(6),
  check (reprint_of <> id),
  check (url is not null or sha256 is not null),
  check ((startup_id is null) = (origin_startup_id is null))
);
create index document_reprint on document (reprint_of) where reprint_of is not null;
create index document_startup on document (startup_id) where startup_id is not null;
create index document_origin on document (origin_startup_id) where origin_startup_id is not null;
create index document_deal on document (deal_id) where deal_id is not null;
create index document_added_by on document (added_by);

create table document_version (
  document_id  uuid not null references document,
  version      integer not null,
  known_from   timestamptz(6) not null,
  known_until  timestamptz(6) check (known_until > known_from),
  title text not null, kind text not null, url text, publisher text, byline text, note text, reprint_of uuid, startup_id uuid, deal_id uuid,
  hidden_at timestamptz(6),
  primary key (document_id, known_from)
);
create unique index document_version_open on document_version (document_id) where known_until is null;
call keep_versions('document', 'document_version', 'document_id',
  array['title', 'kind', 'url', 'publisher', 'byline', 'note', 'reprint_of', 'startup_id', 'deal_id', 'hidden_at']);

create table evidence (
  id                uuid primary key,
  startup_id        uuid not null references startup,
  origin_startup_id uuid not null references startup,
  kind              text not null check (kind in (
                      'PAYING_CUSTOMERS', 'RECURRING_REVENUE', 'SIGNED_CONTRACTS', 'PAID_CONVERSION', 'UNITS_DEPLOYED', 'PILOTS',
                      'RETENTION', 'LOGO_RETENTION', 'NET_REVENUE_RETENTION', 'USAGE_INTENSITY', 'CUSTOMER_REFERENCES',
                      'ACTIVE_USERS', 'DEVELOPERS_BUILDING', 'APP_STORE_RATINGS',
                      'WEB_TRAFFIC', 'OPEN_SOURCE_STARS', 'OPEN_SOURCE_DOWNLOADS', 'WAITLIST', 'UNPAID_PILOTS', 'USER_STATEMENT', 'PRESS_COVERAGE')),
  value             numeric(20,4) check (value >= 0),
  qualifier         text not null default 'EXACT' check (qualifier in ('EXACT', 'ABOUT', 'AT_LEAST', 'AT_MOST')),
  as_found          text check (not is_blank(as_found)),
  currency          text check (currency ~ '^[A-Z]{3}$'),
  revenue_basis     text check (revenue_basis in ('RECURRING', 'COLLECTED', 'RECOGNISED', 'CONTRACTED', 'RUN_RATE', 'ONE_OFF')),
  activity_window   text check (activity_window in ('DAY', 'WEEK', 'MONTH')),
  horizon_days      integer check (horizon_days >= 1),
  sample_size       bigint check (sample_size >= 0),
  segment           text check (not is_blank(segment)),
  period_start      date,
  observed_on       date not null check (isfinite(observed_on)),
  precision         text not null default 'DAY' check (precision in ('DAY', 'MONTH', 'QUARTER', 'HALF', 'YEAR')),
  valid_until       date check (isfinite(valid_until)),
  entered_grade     text not null check (entered_grade in ('CLAIMED', 'DOCUMENTED', 'VERIFIED', 'REFUTED')),
  -- the newest grade, for filters; what counted at an instant is in evidence_review
  grade             text not null check (grade in ('CLAIMED', 'DOCUMENTED', 'VERIFIED', 'REFUTED')),
  source            text not null check (source in ('FOUNDER', 'DECK', 'DATA_ROOM', 'ANALYTICS_EXPORT', 'CUSTOMER_CALL', 'APP_STORE', 'THIRD_PARTY', 'PRESS', 'OTHER')),
  supplied_by       text check (not is_blank(supplied_by)),
  source_url        text,
  document_ids      uuid[] not null default '{}' check (array_position(document_ids, null) is null),
  note              text check (not is_blank(note)),
  supersedes        uuid references evidence,
  recorded_at       timestamptz(6) not null check (isfinite(recorded_at)),
  recorded_by       uuid references app_user,
  retracted_at      timestamptz(6) check (isfinite(retracted_at)),
  retracted_by      uuid references app_user,
  retraction_reason text check (not is_blank(retraction_reason)),
  check (supersedes <> id),
  check (period_start <= observed_on),
  check (observed_on <= (recorded_at at time zone 'UTC')::date + 1),
  check ((retracted_at is null) = (retraction_reason is null)),
  check (currency is null or kind = 'RECURRING_REVENUE'),
  check (revenue_basis is null or kind = 'RECURRING_REVENUE'),
  check (kind <> 'RECURRING_REVENUE' or value is null or currency is not null),
  check (kind <> 'RETENTION' or horizon_days is not null),
  check (kind <> 'ACTIVE_USERS' or activity_window is not null),
  check (kind not in ('PAID_CONVERSION', 'RETENTION', 'LOGO_RETENTION', 'USAGE_INTENSITY', 'USER_STATEMENT') or value <= 100),
  check (kind <> 'NET_REVENUE_RETENTION' or value <= 1000),
  check (kind <> 'CUSTOMER_REFERENCES' or value <= sample_size),
  check (valid_until is null or kind in ('SIGNED_CONTRACTS', 'PILOTS', 'UNPAID_PILOTS')),
  check (entered_grade <> 'DOCUMENTED' or source_url is not null or cardinality(document_ids) > 0),
  check (entered_grade <> 'DOCUMENTED' or source not in ('FOUNDER', 'DECK', 'PRESS') or cardinality(document_ids) > 0)
);
create unique index evidence_superseded_once on evidence (supersedes) where retracted_at is null and supersedes is not null;
create index evidence_supersedes on evidence (supersedes) where supersedes is not null;
create index evidence_startup on evidence (startup_id, observed_on desc, id desc);
create index evidence_origin on evidence (origin_startup_id);
create index evidence_kind on evidence (kind, startup_id) where retracted_at is null;
create index evidence_observed on evidence (observed_on desc, id desc);
create index evidence_recorded_by on evidence (recorded_by);
create index evidence_retracted_by on evidence (retracted_by) where retracted_by is not null;
create index evidence_documents on evidence using gin (document_ids) where document_ids <> '{}';

create function evidence_documents_exist() returns trigger language plpgsql as $$
declare missing uuid;
begin
  select d into missing from (select distinct unnest(document_ids) d from new_rows) x
   where not exists (select from document where document.id = x.d) limit 1;
  if missing is not null then
    raise exception 'no document has the id %', missing using errcode = 'foreign_key_violation', constraint = 'evidence_documents_exist';
  end if;
  return null;
end $$;
create trigger documents_exist_insert after insert on evidence referencing new table as new_rows
  for each statement execute function evidence_documents_exist();

-- A record is never overwritten: its newest grade, its startup (by a merge) and, once, its retraction may change.
create function evidence_guard() returns trigger language plpgsql as $$
begin
  if old.retracted_at is not null and (new.retracted_at, new.retraction_reason, new.retracted_by) is distinct from (old.retracted_at, old.retraction_reason, old.retracted_by) then
    raise exception 'evidence % is retracted already', old.id using errcode = 'restrict_violation';
  end if;
  if (to_jsonb(new) - array['grade', 'startup_id', 'retracted_at', 'retraction_reason', 'retracted_by'])
     is distinct from (to_jsonb(old) - array['grade', 'startup_id', 'retracted_at', 'retraction_reason', 'retracted_by']) then
    raise exception 'evidence % is never overwritten', old.id using errcode = 'restrict_violation', hint = 'supersede it';
  end if;
  return new;
end $$;
create trigger guard before update on evidence for each row execute function evidence_guard();
create trigger append_only before delete on evidence for each row execute function refuse_change();
create trigger append_only_whole before truncate on evidence for each statement execute function refuse_change();

-- A superseding record speaks of the same startup and kind.
create function evidence_supersedes_like() returns trigger language plpgsql as $$
begin
  if not exists (select from evidence e where e.id = new.supersedes and e.startup_id = new.startup_id and e.kind = new.kind) then
    raise exception 'evidence % may supersede only a record of its own startup and kind', new.id
      using errcode = 'check_violation', constraint = 'evidence_supersedes_like';
  end if;
  return null;
end $$;
create trigger supersedes_like after insert on evidence for each row when (new.supersedes is not null)
  execute function evidence_supersedes_like();

create table evidence_review (
  id           uuid primary key,
  evidence_id  uuid not null references evidence,
  from_grade   text not null check (from_grade in ('CLAIMED', 'DOCUMENTED', 'VERIFIED', 'REFUTED')),
  to_grade     text not null check (to_grade in ('CLAIMED', 'DOCUMENTED', 'VERIFIED', 'REFUTED')),
  recorded_at  timestamptz(6) not null check (isfinite(recorded_at)),
  by           uuid references app_user,
  checked      text not null check (not is_blank(checked)),
  check (from_grade <> to_grade)
);
create unique index evidence_review_evidence on evidence_review (evidence_id, recorded_at);
create index evidence_review_by on evidence_review (by);
call append_only('evidence_review');
