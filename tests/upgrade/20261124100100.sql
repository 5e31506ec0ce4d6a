SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE FUNCTION public.affiliation_keep_versions() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    begin
      if tg_op = 'UPDATE' then
        update affiliation_version v set known_until = n.recorded_at from new_rows n
         where v.affiliation_id = n.id and v.known_until is null and (n.person_id, n.organisation, n.kind, n.startup_id, n.title, n.is_founder, n.from_on, n.to_on, n.hidden_at) is distinct from (v.person_id, v.organisation, v.kind, v.startup_id, v.title, v.is_founder, v.from_on, v.to_on, v.hidden_at);
      end if;
      insert into affiliation_version (affiliation_id, version, known_from, person_id, organisation, kind, startup_id, title, is_founder, from_on, to_on, hidden_at)
      select n.id, n.version, n.recorded_at, n.person_id, n.organisation, n.kind, n.startup_id, n.title, n.is_founder, n.from_on, n.to_on, n.hidden_at from new_rows n
       where not exists (select from affiliation_version v where v.affiliation_id = n.id and v.known_until is null);
      return null;
    end $$;
CREATE PROCEDURE public.append_only(IN tab regclass)
    LANGUAGE plpgsql
    AS $$
begin
  execute format('create trigger append_only before update or delete on %s for each row execute function refuse_change()', tab);
  execute format('create trigger append_only_whole before truncate on %s for each statement execute function refuse_change()', tab);
end $$;
CREATE FUNCTION public.deal_keep_versions() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    begin
      if tg_op = 'UPDATE' then
        update deal_version v set known_until = n.recorded_at from new_rows n
         where v.deal_id = n.id and v.known_until is null and (n.startup_id, n.title, n.title_sort, n.stage_id, n.status, n.owner_id, n.team, n.opened_by, n.visibility, n.round, n.amount_low, n.amount_high, n.amount_currency, n.amount_as_found, n.our_amount_low, n.our_amount_high, n.our_amount_currency, n.our_amount_as_found, n.investor_role, n.co_investors, n.instrument, n.valuation, n.valuation_currency, n.valuation_basis, n.term_sheet_signed_on, n.term_sheet_expires_on, n.exclusive_until, n.signed_on, n.paid_on, n.sources, n.next_step, n.next_step_due, n.pass_reason, n.pass_note, n.revisit_on, n.revisit_trigger, n.entered_stage_at, n.held_micros, n.held_since, n.hidden_at) is distinct from (v.startup_id, v.title, v.title_sort, v.stage_id, v.status, v.owner_id, v.team, v.opened_by, v.visibility, v.round, v.amount_low, v.amount_high, v.amount_currency, v.amount_as_found, v.our_amount_low, v.our_amount_high, v.our_amount_currency, v.our_amount_as_found, v.investor_role, v.co_investors, v.instrument, v.valuation, v.valuation_currency, v.valuation_basis, v.term_sheet_signed_on, v.term_sheet_expires_on, v.exclusive_until, v.signed_on, v.paid_on, v.sources, v.next_step, v.next_step_due, v.pass_reason, v.pass_note, v.revisit_on, v.revisit_trigger, v.entered_stage_at, v.held_micros, v.held_since, v.hidden_at);
      end if;
      insert into deal_version (deal_id, version, known_from, startup_id, title, title_sort, stage_id, status, owner_id, team, opened_by, visibility, round, amount_low, amount_high, amount_currency, amount_as_found, our_amount_low, our_amount_high, our_amount_currency, our_amount_as_found, investor_role, co_investors, instrument, valuation, valuation_currency, valuation_basis, term_sheet_signed_on, term_sheet_expires_on, exclusive_until, signed_on, paid_on, sources, next_step, next_step_due, pass_reason, pass_note, revisit_on, revisit_trigger, entered_stage_at, held_micros, held_since, hidden_at)
      select n.id, n.version, n.recorded_at, n.startup_id, n.title, n.title_sort, n.stage_id, n.status, n.owner_id, n.team, n.opened_by, n.visibility, n.round, n.amount_low, n.amount_high, n.amount_currency, n.amount_as_found, n.our_amount_low, n.our_amount_high, n.our_amount_currency, n.our_amount_as_found, n.investor_role, n.co_investors, n.instrument, n.valuation, n.valuation_currency, n.valuation_basis, n.term_sheet_signed_on, n.term_sheet_expires_on, n.exclusive_until, n.signed_on, n.paid_on, n.sources, n.next_step, n.next_step_due, n.pass_reason, n.pass_note, n.revisit_on, n.revisit_trigger, n.entered_stage_at, n.held_micros, n.held_since, n.hidden_at from new_rows n
       where not exists (select from deal_version v where v.deal_id = n.id and v.known_until is null);
      return null;
    end $$;
CREATE FUNCTION public.document_keep_versions() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    begin
      if tg_op = 'UPDATE' then
        update document_version v set known_until = n.recorded_at from new_rows n
         where v.document_id = n.id and v.known_until is null and (n.title, n.kind, n.url, n.publisher, n.byline, n.note, n.reprint_of, n.startup_id, n.deal_id, n.hidden_at) is distinct from (v.title, v.kind, v.url, v.publisher, v.byline, v.note, v.reprint_of, v.startup_id, v.deal_id, v.hidden_at);
      end if;
      insert into document_version (document_id, version, known_from, title, kind, url, publisher, byline, note, reprint_of, startup_id, deal_id, hidden_at)
      select n.id, n.version, n.recorded_at, n.title, n.kind, n.url, n.publisher, n.byline, n.note, n.reprint_of, n.startup_id, n.deal_id, n.hidden_at from new_rows n
       where not exists (select from document_version v where v.document_id = n.id and v.known_until is null);
      return null;
    end $$;
CREATE FUNCTION public.evidence_documents_exist() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare missing uuid;
begin
  select d into missing from (select distinct unnest(document_ids) d from new_rows) x
   where not exists (select from document where document.id = x.d) limit 1;
  if missing is not null then
    raise exception 'no document has the id %', missing using errcode = 'foreign_key_violation', constraint = 'evidence_documents_exist';
  end if;
  return null;
end $$;
CREATE FUNCTION public.evidence_guard() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.evidence_supersedes_like() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if not exists (select from evidence e where e.id = new.supersedes and e.startup_id = new.startup_id and e.kind = new.kind) then
    raise exception 'evidence % may supersede only a record of its own startup and kind', new.id
      using errcode = 'check_violation', constraint = 'evidence_supersedes_like';
  end if;
  return null;
end $$;
CREATE FUNCTION public.is_blank(t text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ select t is not null and btrim(t) = '' $$;
CREATE PROCEDURE public.keep_versions(IN tab text, IN ver text, IN key text, IN cols text[])
    LANGUAGE plpgsql
    AS $_$
declare
  of_new text; of_ver text; plain text; fn text := tab || '_keep_versions';
begin
  select string_agg('n.' || quote_ident(c), ', '), string_agg('v.' || quote_ident(c), ', '), string_agg(quote_ident(c), ', ')
    into of_new, of_ver, plain from unnest(cols) c;
  execute format($f$
    create or replace function %1$I() returns trigger language plpgsql as $b$
    begin
      if tg_op = 'UPDATE' then
        update %2$I v set known_until = n.recorded_at from new_rows n
         where v.%3$I = n.id and v.known_until is null and (%4$s) is distinct from (%5$s);
      end if;
      insert into %2$I (%3$I, version, known_from, %6$s)
      select n.id, n.version, n.recorded_at, %4$s from new_rows n
       where not exists (select from %2$I v where v.%3$I = n.id and v.known_until is null);
      return null;
    end $b$ $f$, fn, ver, key, of_new, of_ver, plain);
  execute format('
    create trigger keep_versions_insert after insert on %1$I referencing new table as new_rows for each statement execute function %2$I();
    create trigger keep_versions_update after update on %1$I referencing new table as new_rows for each statement execute function %2$I()', tab, fn);
end $_$;
CREATE FUNCTION public.order_operation() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  perform pg_advisory_xact_lock(7401);
  insert into operation_order (operation_id, verb) values (new.id, new.verb);
  perform pg_notify('activity', '');
  return null;
end $$;
CREATE FUNCTION public.person_keep_versions() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    begin
      if tg_op = 'UPDATE' then
        update person_version v set known_until = n.recorded_at from new_rows n
         where v.person_id = n.id and v.known_until is null and (n.name, n.name_sort, n.aliases, n.contacts, n.links, n.hidden_at) is distinct from (v.name, v.name_sort, v.aliases, v.contacts, v.links, v.hidden_at);
      end if;
      insert into person_version (person_id, version, known_from, name, name_sort, aliases, contacts, links, hidden_at)
      select n.id, n.version, n.recorded_at, n.name, n.name_sort, n.aliases, n.contacts, n.links, n.hidden_at from new_rows n
       where not exists (select from person_version v where v.person_id = n.id and v.known_until is null);
      return null;
    end $$;
CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  raise exception 'rows of % are append-only: % is refused', tg_table_name, lower(tg_op)
    using errcode = 'restrict_violation', hint = 'append a row that corrects the old one';
end $$;
CREATE FUNCTION public.sector_keep_versions() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    begin
      if tg_op = 'UPDATE' then
        update sector_version v set known_until = n.recorded_at from new_rows n
         where v.sector_id = n.id and v.known_until is null and (n.slug, n.name, n.name_zh, n.parent_id, n."position", n.is_focus, n.thesis, n.payer, n.open_problem) is distinct from (v.slug, v.name, v.name_zh, v.parent_id, v."position", v.is_focus, v.thesis, v.payer, v.open_problem);
      end if;
      insert into sector_version (sector_id, version, known_from, slug, name, name_zh, parent_id, "position", is_focus, thesis, payer, open_problem)
      select n.id, n.version, n.recorded_at, n.slug, n.name, n.name_zh, n.parent_id, n."position", n.is_focus, n.thesis, n.payer, n.open_problem from new_rows n
       where not exists (select from sector_version v where v.sector_id = n.id and v.known_until is null);
      return null;
    end $$;
CREATE FUNCTION public.stage_keep_versions() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    begin
      if tg_op = 'UPDATE' then
        update stage_version v set known_until = n.recorded_at from new_rows n
         where v.stage_id = n.id and v.known_until is null and (n.key, n.name, n.name_zh, n."position", n.limit_days, n.is_retired) is distinct from (v.key, v.name, v.name_zh, v."position", v.limit_days, v.is_retired);
      end if;
      insert into stage_version (stage_id, version, known_from, key, name, name_zh, "position", limit_days, is_retired)
      select n.id, n.version, n.recorded_at, n.key, n.name, n.name_zh, n."position", n.limit_days, n.is_retired from new_rows n
       where not exists (select from stage_version v where v.stage_id = n.id and v.known_until is null);
      return null;
    end $$;
CREATE FUNCTION public.startup_competitors_exist() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare missing uuid;
begin
  select c into missing from (select distinct unnest(competitor_ids) c from new_rows) x
   where not exists (select from startup where startup.id = x.c) limit 1;
  if missing is not null then
    raise exception 'no startup has the id %', missing using errcode = 'foreign_key_violation', constraint = 'startup_competitors_exist';
  end if;
  return null;
end $$;
CREATE FUNCTION public.startup_keep_versions() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    begin
      if tg_op = 'UPDATE' then
        update startup_version v set known_until = n.recorded_at from new_rows n
         where v.startup_id = n.id and v.known_until is null and (n.slug, n.name, n.name_sort, n.aliases, n.domains, n.website, n.one_liner, n.description, n.country, n.city, n.founded_on, n.product_launched_on, n.previous_focus, n.pivoted_on, n.structure, n.layer, n.technical_route, n.need, n.facts, n.sector_ids, n.competitor_ids, n.custom_fields, n.hidden_at) is distinct from (v.slug, v.name, v.name_sort, v.aliases, v.domains, v.website, v.one_liner, v.description, v.country, v.city, v.founded_on, v.product_launched_on, v.previous_focus, v.pivoted_on, v.structure, v.layer, v.technical_route, v.need, v.facts, v.sector_ids, v.competitor_ids, v.custom_fields, v.hidden_at);
      end if;
      insert into startup_version (startup_id, version, known_from, slug, name, name_sort, aliases, domains, website, one_liner, description, country, city, founded_on, product_launched_on, previous_focus, pivoted_on, structure, layer, technical_route, need, facts, sector_ids, competitor_ids, custom_fields, hidden_at)
      select n.id, n.version, n.recorded_at, n.slug, n.name, n.name_sort, n.aliases, n.domains, n.website, n.one_liner, n.description, n.country, n.city, n.founded_on, n.product_launched_on, n.previous_focus, n.pivoted_on, n.structure, n.layer, n.technical_route, n.need, n.facts, n.sector_ids, n.competitor_ids, n.custom_fields, n.hidden_at from new_rows n
       where not exists (select from startup_version v where v.startup_id = n.id and v.known_until is null);
      return null;
    end $$;
CREATE FUNCTION public.startup_sectors_exist() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare missing uuid;
begin
  select s into missing from (select distinct unnest(sector_ids) s from new_rows) x
   where not exists (select from sector where sector.id = x.s) limit 1;
  if missing is not null then
    raise exception 'no sector has the id %', missing using errcode = 'foreign_key_violation', constraint = 'startup_sectors_exist';
  end if;
  return null;
end $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public._sqlx_migrations (
    version bigint NOT NULL,
    description text NOT NULL,
    installed_on timestamp with time zone DEFAULT now() NOT NULL,
    success boolean NOT NULL,
    checksum bytea NOT NULL,
    execution_time bigint NOT NULL
);
CREATE TABLE public.activity (
    operation_id uuid NOT NULL,
    n smallint NOT NULL,
    id uuid NOT NULL,
    subject_type text NOT NULL,
    subject_id uuid NOT NULL,
    startup_id uuid,
    deal_id uuid,
    before jsonb,
    after jsonb,
    CONSTRAINT activity_check CHECK (((before IS NOT NULL) OR (after IS NOT NULL))),
    CONSTRAINT activity_n_check CHECK ((n >= 0)),
    CONSTRAINT activity_subject_type_check CHECK ((subject_type = ANY (ARRAY['startup'::text, 'sector'::text, 'stage'::text, 'person'::text, 'affiliation'::text, 'document'::text, 'evidence'::text, 'deal'::text, 'user'::text, 'token'::text, 'workspace'::text])))
);
CREATE TABLE public.affiliation (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    organisation text NOT NULL,
    organisation_key text NOT NULL,
    kind text NOT NULL,
    startup_id uuid,
    origin_startup_id uuid,
    title text,
    is_founder boolean DEFAULT false NOT NULL,
    from_on date,
    to_on date,
    recorded_at timestamp(6) with time zone NOT NULL,
    version integer NOT NULL,
    hidden_at timestamp(6) with time zone,
    CONSTRAINT affiliation_check CHECK ((to_on >= from_on)),
    CONSTRAINT affiliation_check1 CHECK (((startup_id IS NULL) = (origin_startup_id IS NULL))),
    CONSTRAINT affiliation_kind_check CHECK ((kind = ANY (ARRAY['COMPANY'::text, 'UNIVERSITY'::text, 'LAB'::text, 'FUND'::text, 'OTHER'::text]))),
    CONSTRAINT affiliation_organisation_check CHECK ((NOT public.is_blank(organisation))),
    CONSTRAINT affiliation_recorded_at_check CHECK (isfinite(recorded_at)),
    CONSTRAINT affiliation_title_check CHECK ((NOT public.is_blank(title))),
    CONSTRAINT affiliation_version_check CHECK ((version >= 1))
);
CREATE TABLE public.affiliation_version (
    affiliation_id uuid NOT NULL,
    version integer NOT NULL,
    known_from timestamp(6) with time zone NOT NULL,
    known_until timestamp(6) with time zone,
    person_id uuid NOT NULL,
    organisation text NOT NULL,
    kind text NOT NULL,
    startup_id uuid,
    title text,
    is_founder boolean NOT NULL,
    from_on date,
    to_on date,
    hidden_at timestamp(6) with time zone,
    CONSTRAINT affiliation_version_check1 CHECK ((known_until > known_from))
);
CREATE TABLE public.api_token (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    name text NOT NULL,
    secret_sha256 bytea NOT NULL,
    scopes text[] NOT NULL,
    created_at timestamp(6) with time zone NOT NULL,
    expires_at timestamp(6) with time zone,
    last_used_at timestamp(6) with time zone,
    revoked_at timestamp(6) with time zone,
    CONSTRAINT api_token_check CHECK (((expires_at > created_at) AND isfinite(expires_at))),
    CONSTRAINT api_token_name_check CHECK ((NOT public.is_blank(name))),
    CONSTRAINT api_token_scopes_check CHECK (((cardinality(scopes) >= 1) AND (scopes <@ ARRAY['READ'::text, 'WRITE'::text, 'IMPORT'::text, 'ADMIN'::text]))),
    CONSTRAINT api_token_secret_sha256_check CHECK ((octet_length(secret_sha256) = 32))
);
CREATE TABLE public.app_user (
    id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    role text NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp(6) with time zone NOT NULL,
    recorded_at timestamp(6) with time zone NOT NULL,
    version integer NOT NULL,
    CONSTRAINT app_user_created_at_check CHECK (isfinite(created_at)),
    CONSTRAINT app_user_email_check CHECK ((email ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text)),
    CONSTRAINT app_user_name_check CHECK ((NOT public.is_blank(name))),
    CONSTRAINT app_user_recorded_at_check CHECK (isfinite(recorded_at)),
    CONSTRAINT app_user_role_check CHECK ((role = ANY (ARRAY['VIEWER'::text, 'ANALYST'::text, 'PARTNER'::text, 'ADMIN'::text]))),
    CONSTRAINT app_user_version_check CHECK ((version >= 1))
);
CREATE TABLE public.deal (
    id uuid NOT NULL,
    startup_id uuid NOT NULL,
    origin_startup_id uuid NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    search_text text NOT NULL,
    stage_id uuid NOT NULL,
    status text NOT NULL,
    owner_id uuid,
    team uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    opened_by uuid,
    visibility text NOT NULL,
    round text NOT NULL,
    amount_low numeric(20,4),
    amount_high numeric(20,4),
    amount_currency text,
    amount_as_found text,
    our_amount_low numeric(20,4),
    our_amount_high numeric(20,4),
    our_amount_currency text,
    our_amount_as_found text,
    investor_role text,
    co_investors text[] DEFAULT '{}'::text[] NOT NULL,
    instrument text,
    valuation numeric(20,4),
    valuation_currency text,
    valuation_basis text,
    term_sheet_signed_on date,
    term_sheet_expires_on date,
    exclusive_until date,
    signed_on date,
    paid_on date,
    sources jsonb DEFAULT '[]'::jsonb NOT NULL,
    next_step text,
    next_step_due date,
    pass_reason text,
    pass_note text,
    revisit_on date,
    revisit_trigger text,
    entered_stage_at timestamp(6) with time zone NOT NULL,
    held_micros bigint DEFAULT 0 NOT NULL,
    held_since timestamp(6) with time zone,
    opened_at timestamp(6) with time zone NOT NULL,
    created_at timestamp(6) with time zone NOT NULL,
    recorded_at timestamp(6) with time zone NOT NULL,
    version integer NOT NULL,
    hidden_at timestamp(6) with time zone,
    CONSTRAINT deal_amount_as_found_check CHECK ((NOT public.is_blank(amount_as_found))),
    CONSTRAINT deal_amount_currency_check CHECK ((amount_currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT deal_amount_low_check CHECK ((amount_low >= (0)::numeric)),
    CONSTRAINT deal_check CHECK ((amount_high >= amount_low)),
    CONSTRAINT deal_check1 CHECK ((our_amount_high >= our_amount_low)),
    CONSTRAINT deal_check2 CHECK (((status <> 'PASSED'::text) OR (pass_reason IS NOT NULL))),
    CONSTRAINT deal_check3 CHECK (((valuation IS NULL) = (valuation_currency IS NULL))),
    CONSTRAINT deal_check4 CHECK (((amount_low IS NULL) OR (amount_currency IS NOT NULL))),
    CONSTRAINT deal_check5 CHECK (((our_amount_low IS NULL) OR (our_amount_currency IS NOT NULL))),
    CONSTRAINT deal_check6 CHECK (((status = 'ON_HOLD'::text) = (held_since IS NOT NULL))),
    CONSTRAINT deal_created_at_check CHECK (isfinite(created_at)),
    CONSTRAINT deal_entered_stage_at_check CHECK (isfinite(entered_stage_at)),
    CONSTRAINT deal_held_micros_check CHECK ((held_micros >= 0)),
    CONSTRAINT deal_held_since_check CHECK (isfinite(held_since)),
    CONSTRAINT deal_instrument_check CHECK ((instrument = ANY (ARRAY['EQUITY'::text, 'CONVERTIBLE'::text, 'SECONDARY'::text]))),
    CONSTRAINT deal_investor_role_check CHECK ((investor_role = ANY (ARRAY['LEAD'::text, 'CO_LEAD'::text, 'FOLLOW'::text]))),
    CONSTRAINT deal_next_step_check CHECK ((NOT public.is_blank(next_step))),
    CONSTRAINT deal_opened_at_check CHECK (isfinite(opened_at)),
    CONSTRAINT deal_our_amount_as_found_check CHECK ((NOT public.is_blank(our_amount_as_found))),
    CONSTRAINT deal_our_amount_currency_check CHECK ((our_amount_currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT deal_our_amount_low_check CHECK ((our_amount_low >= (0)::numeric)),
    CONSTRAINT deal_pass_note_check CHECK ((NOT public.is_blank(pass_note))),
    CONSTRAINT deal_pass_reason_check CHECK ((pass_reason = ANY (ARRAY['NO_REAL_USERS'::text, 'WRAPPER'::text, 'MARKET'::text, 'TEAM'::text, 'VALUATION'::text, 'TIMING'::text, 'CONFLICT'::text, 'OTHER'::text]))),
    CONSTRAINT deal_recorded_at_check CHECK (isfinite(recorded_at)),
    CONSTRAINT deal_revisit_trigger_check CHECK ((NOT public.is_blank(revisit_trigger))),
    CONSTRAINT deal_round_check CHECK ((round = ANY (ARRAY['PRE_SEED'::text, 'ANGEL'::text, 'ANGEL_PLUS'::text, 'SEED'::text, 'PRE_A'::text, 'PRE_A_PLUS'::text, 'A'::text, 'A_PLUS'::text, 'PRE_B'::text, 'B'::text, 'B_PLUS'::text, 'C'::text, 'C_PLUS'::text, 'D'::text, 'D_PLUS'::text, 'E_OR_LATER'::text, 'PRE_IPO'::text, 'IPO'::text, 'STRATEGIC'::text, 'BRIDGE'::text, 'SECONDARY'::text, 'ACQUISITION'::text, 'UNKNOWN'::text]))),
    CONSTRAINT deal_sources_check CHECK ((jsonb_typeof(sources) = 'array'::text)),
    CONSTRAINT deal_status_check CHECK ((status = ANY (ARRAY['ACTIVE'::text, 'ON_HOLD'::text, 'INVESTED'::text, 'PASSED'::text, 'LOST'::text]))),
    CONSTRAINT deal_team_check CHECK ((array_position(team, NULL::uuid) IS NULL)),
    CONSTRAINT deal_title_check CHECK ((NOT public.is_blank(title))),
    CONSTRAINT deal_valuation_basis_check CHECK ((valuation_basis = ANY (ARRAY['PRE_MONEY'::text, 'POST_MONEY'::text]))),
    CONSTRAINT deal_valuation_check CHECK ((valuation >= (0)::numeric)),
    CONSTRAINT deal_valuation_currency_check CHECK ((valuation_currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT deal_version_check CHECK ((version >= 1)),
    CONSTRAINT deal_visibility_check CHECK ((visibility = ANY (ARRAY['TEAM'::text, 'RESTRICTED'::text])))
);
CREATE TABLE public.deal_change (
    id uuid NOT NULL,
    deal_id uuid NOT NULL,
    from_stage_id uuid,
    to_stage_id uuid NOT NULL,
    from_status text,
    to_status text NOT NULL,
    occurred_at timestamp(6) with time zone NOT NULL,
    recorded_at timestamp(6) with time zone NOT NULL,
    by uuid,
    reason text,
    pass_reason text,
    overrode text[] DEFAULT '{}'::text[] NOT NULL,
    voids uuid,
    CONSTRAINT deal_change_check CHECK (((from_stage_id IS NULL) = (from_status IS NULL))),
    CONSTRAINT deal_change_check1 CHECK (((voids IS NULL) OR (reason IS NOT NULL))),
    CONSTRAINT deal_change_check2 CHECK (((from_stage_id IS NULL) OR ((from_stage_id IS DISTINCT FROM to_stage_id) OR (from_status IS DISTINCT FROM to_status)))),
    CONSTRAINT deal_change_from_status_check CHECK ((from_status = ANY (ARRAY['ACTIVE'::text, 'ON_HOLD'::text, 'INVESTED'::text, 'PASSED'::text, 'LOST'::text]))),
    CONSTRAINT deal_change_occurred_at_check CHECK (isfinite(occurred_at)),
    CONSTRAINT deal_change_reason_check CHECK ((NOT public.is_blank(reason))),
    CONSTRAINT deal_change_recorded_at_check CHECK (isfinite(recorded_at)),
    CONSTRAINT deal_change_to_status_check CHECK ((to_status = ANY (ARRAY['ACTIVE'::text, 'ON_HOLD'::text, 'INVESTED'::text, 'PASSED'::text, 'LOST'::text])))
);
CREATE TABLE public.deal_version (
    deal_id uuid NOT NULL,
    version integer NOT NULL,
    known_from timestamp(6) with time zone NOT NULL,
    known_until timestamp(6) with time zone,
    startup_id uuid NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    stage_id uuid NOT NULL,
    status text NOT NULL,
    owner_id uuid,
    team uuid[] NOT NULL,
    opened_by uuid,
    visibility text NOT NULL,
    round text NOT NULL,
    amount_low numeric(20,4),
    amount_high numeric(20,4),
    amount_currency text,
    amount_as_found text,
    our_amount_low numeric(20,4),
    our_amount_high numeric(20,4),
    our_amount_currency text,
    our_amount_as_found text,
    investor_role text,
    co_investors text[] NOT NULL,
    instrument text,
    valuation numeric(20,4),
    valuation_currency text,
    valuation_basis text,
    term_sheet_signed_on date,
    term_sheet_expires_on date,
    exclusive_until date,
    signed_on date,
    paid_on date,
    sources jsonb NOT NULL,
    next_step text,
    next_step_due date,
    pass_reason text,
    pass_note text,
    revisit_on date,
    revisit_trigger text,
    entered_stage_at timestamp(6) with time zone NOT NULL,
    held_micros bigint NOT NULL,
    held_since timestamp(6) with time zone,
    hidden_at timestamp(6) with time zone,
    CONSTRAINT deal_version_check1 CHECK ((known_until > known_from))
);
CREATE TABLE public.document (
    id uuid NOT NULL,
    title text NOT NULL,
    kind text NOT NULL,
    url text,
    sha256 bytea,
    byte_size bigint,
    publisher text,
    byline text,
    note text,
    reprint_of uuid,
    startup_id uuid,
    origin_startup_id uuid,
    deal_id uuid,
    added_by uuid,
    added_at timestamp(6) with time zone NOT NULL,
    recorded_at timestamp(6) with time zone NOT NULL,
    version integer NOT NULL,
    hidden_at timestamp(6) with time zone,
    CONSTRAINT document_added_at_check CHECK (isfinite(added_at)),
    CONSTRAINT document_byline_check CHECK ((NOT public.is_blank(byline))),
    CONSTRAINT document_byte_size_check CHECK ((byte_size >= 0)),
    CONSTRAINT document_check CHECK ((reprint_of <> id)),
    CONSTRAINT document_check1 CHECK (((url IS NOT NULL) OR (sha256 IS NOT NULL))),
    CONSTRAINT document_check2 CHECK (((startup_id IS NULL) = (origin_startup_id IS NULL))),
    CONSTRAINT document_kind_check CHECK ((kind = ANY (ARRAY['DECK'::text, 'FINANCIAL_MODEL'::text, 'CONTRACT'::text, 'EXPORT'::text, 'TRANSCRIPT'::text, 'PRESS'::text, 'OTHER'::text]))),
    CONSTRAINT document_note_check CHECK ((NOT public.is_blank(note))),
    CONSTRAINT document_publisher_check CHECK ((NOT public.is_blank(publisher))),
    CONSTRAINT document_recorded_at_check CHECK (isfinite(recorded_at)),
    CONSTRAINT document_sha256_check CHECK ((octet_length(sha256) = 32)),
    CONSTRAINT document_title_check CHECK ((NOT public.is_blank(title))),
    CONSTRAINT document_version_check CHECK ((version >= 1))
);
CREATE TABLE public.document_version (
    document_id uuid NOT NULL,
    version integer NOT NULL,
    known_from timestamp(6) with time zone NOT NULL,
    known_until timestamp(6) with time zone,
    title text NOT NULL,
    kind text NOT NULL,
    url text,
    publisher text,
    byline text,
    note text,
    reprint_of uuid,
    startup_id uuid,
    deal_id uuid,
    hidden_at timestamp(6) with time zone,
    CONSTRAINT document_version_check1 CHECK ((known_until > known_from))
);
CREATE TABLE public.evidence (
    id uuid NOT NULL,
    startup_id uuid NOT NULL,
    origin_startup_id uuid NOT NULL,
    kind text NOT NULL,
    value numeric(20,4),
    qualifier text DEFAULT 'EXACT'::text NOT NULL,
    as_found text,
    currency text,
    revenue_basis text,
    activity_window text,
    horizon_days integer,
    sample_size bigint,
    segment text,
    period_start date,
    observed_on date NOT NULL,
    "precision" text DEFAULT 'DAY'::text NOT NULL,
    valid_until date,
    entered_grade text NOT NULL,
    grade text NOT NULL,
    source text NOT NULL,
    supplied_by text,
    source_url text,
    document_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    note text,
    supersedes uuid,
    recorded_at timestamp(6) with time zone NOT NULL,
    recorded_by uuid,
    retracted_at timestamp(6) with time zone,
    retracted_by uuid,
    retraction_reason text,
    CONSTRAINT evidence_activity_window_check CHECK ((activity_window = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text]))),
    CONSTRAINT evidence_as_found_check CHECK ((NOT public.is_blank(as_found))),
    CONSTRAINT evidence_check CHECK ((supersedes <> id)),
    CONSTRAINT evidence_check1 CHECK ((period_start <= observed_on)),
    CONSTRAINT evidence_check10 CHECK (((kind <> 'NET_REVENUE_RETENTION'::text) OR (value <= (1000)::numeric))),
    CONSTRAINT evidence_check11 CHECK (((kind <> 'CUSTOMER_REFERENCES'::text) OR (value <= (sample_size)::numeric))),
    CONSTRAINT evidence_check12 CHECK (((valid_until IS NULL) OR (kind = ANY (ARRAY['SIGNED_CONTRACTS'::text, 'PILOTS'::text, 'UNPAID_PILOTS'::text])))),
    CONSTRAINT evidence_check13 CHECK (((entered_grade <> 'DOCUMENTED'::text) OR (source_url IS NOT NULL) OR (cardinality(document_ids) > 0))),
    CONSTRAINT evidence_check14 CHECK (((entered_grade <> 'DOCUMENTED'::text) OR (source <> ALL (ARRAY['FOUNDER'::text, 'DECK'::text, 'PRESS'::text])) OR (cardinality(document_ids) > 0))),
    CONSTRAINT evidence_check2 CHECK ((observed_on <= (((recorded_at AT TIME ZONE 'UTC'::text))::date + 1))),
    CONSTRAINT evidence_check3 CHECK (((retracted_at IS NULL) = (retraction_reason IS NULL))),
    CONSTRAINT evidence_check4 CHECK (((currency IS NULL) OR (kind = 'RECURRING_REVENUE'::text))),
    CONSTRAINT evidence_check5 CHECK (((revenue_basis IS NULL) OR (kind = 'RECURRING_REVENUE'::text))),
    CONSTRAINT evidence_check6 CHECK (((kind <> 'RECURRING_REVENUE'::text) OR (value IS NULL) OR (currency IS NOT NULL))),
    CONSTRAINT evidence_check7 CHECK (((kind <> 'RETENTION'::text) OR (horizon_days IS NOT NULL))),
    CONSTRAINT evidence_check8 CHECK (((kind <> 'ACTIVE_USERS'::text) OR (activity_window IS NOT NULL))),
    CONSTRAINT evidence_check9 CHECK (((kind <> ALL (ARRAY['PAID_CONVERSION'::text, 'RETENTION'::text, 'LOGO_RETENTION'::text, 'USAGE_INTENSITY'::text, 'USER_STATEMENT'::text])) OR (value <= (100)::numeric))),
    CONSTRAINT evidence_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT evidence_document_ids_check CHECK ((array_position(document_ids, NULL::uuid) IS NULL)),
    CONSTRAINT evidence_entered_grade_check CHECK ((entered_grade = ANY (ARRAY['CLAIMED'::text, 'DOCUMENTED'::text, 'VERIFIED'::text, 'REFUTED'::text]))),
    CONSTRAINT evidence_grade_check CHECK ((grade = ANY (ARRAY['CLAIMED'::text, 'DOCUMENTED'::text, 'VERIFIED'::text, 'REFUTED'::text]))),
    CONSTRAINT evidence_horizon_days_check CHECK ((horizon_days >= 1)),
    CONSTRAINT evidence_kind_check CHECK ((kind = ANY (ARRAY['PAYING_CUSTOMERS'::text, 'RECURRING_REVENUE'::text, 'SIGNED_CONTRACTS'::text, 'PAID_CONVERSION'::text, 'UNITS_DEPLOYED'::text, 'PILOTS'::text, 'RETENTION'::text, 'LOGO_RETENTION'::text, 'NET_REVENUE_RETENTION'::text, 'USAGE_INTENSITY'::text, 'CUSTOMER_REFERENCES'::text, 'ACTIVE_USERS'::text, 'DEVELOPERS_BUILDING'::text, 'APP_STORE_RATINGS'::text, 'WEB_TRAFFIC'::text, 'OPEN_SOURCE_STARS'::text, 'OPEN_SOURCE_DOWNLOADS'::text, 'WAITLIST'::text, 'UNPAID_PILOTS'::text, 'USER_STATEMENT'::text, 'PRESS_COVERAGE'::text]))),
    CONSTRAINT evidence_note_check CHECK ((NOT public.is_blank(note))),
    CONSTRAINT evidence_observed_on_check CHECK (isfinite(observed_on)),
    CONSTRAINT evidence_precision_check CHECK (("precision" = ANY (ARRAY['DAY'::text, 'MONTH'::text, 'QUARTER'::text, 'HALF'::text, 'YEAR'::text]))),
    CONSTRAINT evidence_qualifier_check CHECK ((qualifier = ANY (ARRAY['EXACT'::text, 'ABOUT'::text, 'AT_LEAST'::text, 'AT_MOST'::text]))),
    CONSTRAINT evidence_recorded_at_check CHECK (isfinite(recorded_at)),
    CONSTRAINT evidence_retracted_at_check CHECK (isfinite(retracted_at)),
    CONSTRAINT evidence_retraction_reason_check CHECK ((NOT public.is_blank(retraction_reason))),
    CONSTRAINT evidence_revenue_basis_check CHECK ((revenue_basis = ANY (ARRAY['RECURRING'::text, 'COLLECTED'::text, 'RECOGNISED'::text, 'CONTRACTED'::text, 'RUN_RATE'::text, 'ONE_OFF'::text]))),
    CONSTRAINT evidence_sample_size_check CHECK ((sample_size >= 0)),
    CONSTRAINT evidence_segment_check CHECK ((NOT public.is_blank(segment))),
    CONSTRAINT evidence_source_check CHECK ((source = ANY (ARRAY['FOUNDER'::text, 'DECK'::text, 'DATA_ROOM'::text, 'ANALYTICS_EXPORT'::text, 'CUSTOMER_CALL'::text, 'APP_STORE'::text, 'THIRD_PARTY'::text, 'PRESS'::text, 'OTHER'::text]))),
    CONSTRAINT evidence_supplied_by_check CHECK ((NOT public.is_blank(supplied_by))),
    CONSTRAINT evidence_valid_until_check CHECK (isfinite(valid_until)),
    CONSTRAINT evidence_value_check CHECK ((value >= (0)::numeric))
);
CREATE TABLE public.evidence_review (
    id uuid NOT NULL,
    evidence_id uuid NOT NULL,
    from_grade text NOT NULL,
    to_grade text NOT NULL,
    recorded_at timestamp(6) with time zone NOT NULL,
    by uuid,
    checked text NOT NULL,
    CONSTRAINT evidence_review_check CHECK ((from_grade <> to_grade)),
    CONSTRAINT evidence_review_checked_check CHECK ((NOT public.is_blank(checked))),
    CONSTRAINT evidence_review_from_grade_check CHECK ((from_grade = ANY (ARRAY['CLAIMED'::text, 'DOCUMENTED'::text, 'VERIFIED'::text, 'REFUTED'::text]))),
    CONSTRAINT evidence_review_recorded_at_check CHECK (isfinite(recorded_at)),
    CONSTRAINT evidence_review_to_grade_check CHECK ((to_grade = ANY (ARRAY['CLAIMED'::text, 'DOCUMENTED'::text, 'VERIFIED'::text, 'REFUTED'::text])))
);
CREATE TABLE public.idempotency (
    user_id uuid NOT NULL,
    key text NOT NULL,
    path text NOT NULL,
    request_sha256 bytea NOT NULL,
    outcome jsonb,
    at timestamp(6) with time zone NOT NULL,
    CONSTRAINT idempotency_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255))),
    CONSTRAINT idempotency_request_sha256_check CHECK ((octet_length(request_sha256) = 32))
);
CREATE TABLE public.operation (
    id uuid NOT NULL,
    at timestamp(6) with time zone NOT NULL,
    by uuid,
    verb text NOT NULL,
    undoes uuid,
    request_id text,
    CONSTRAINT operation_at_check CHECK (isfinite(at)),
    CONSTRAINT operation_verb_check CHECK ((NOT public.is_blank(verb)))
);
CREATE TABLE public.operation_order (
    seq bigint NOT NULL,
    operation_id uuid NOT NULL,
    verb text NOT NULL
);
ALTER TABLE public.operation_order ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.operation_order_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.person (
    id uuid NOT NULL,
    name text NOT NULL,
    name_sort text NOT NULL COLLATE pg_catalog."C",
    aliases jsonb DEFAULT '[]'::jsonb NOT NULL,
    contacts jsonb DEFAULT '[]'::jsonb NOT NULL,
    links text[] DEFAULT '{}'::text[] NOT NULL,
    search_text text NOT NULL,
    recorded_at timestamp(6) with time zone NOT NULL,
    version integer NOT NULL,
    hidden_at timestamp(6) with time zone,
    CONSTRAINT person_aliases_check CHECK ((jsonb_typeof(aliases) = 'array'::text)),
    CONSTRAINT person_contacts_check CHECK ((jsonb_typeof(contacts) = 'array'::text)),
    CONSTRAINT person_name_check CHECK ((NOT public.is_blank(name))),
    CONSTRAINT person_recorded_at_check CHECK (isfinite(recorded_at)),
    CONSTRAINT person_version_check CHECK ((version >= 1))
);
CREATE TABLE public.person_version (
    person_id uuid NOT NULL,
    version integer NOT NULL,
    known_from timestamp(6) with time zone NOT NULL,
    known_until timestamp(6) with time zone,
    name text NOT NULL,
    name_sort text NOT NULL COLLATE pg_catalog."C",
    aliases jsonb NOT NULL,
    contacts jsonb NOT NULL,
    links text[] NOT NULL,
    hidden_at timestamp(6) with time zone,
    CONSTRAINT person_version_check1 CHECK ((known_until > known_from))
);
CREATE TABLE public.sector (
    id uuid NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    name_zh text NOT NULL,
    parent_id uuid,
    "position" integer NOT NULL,
    is_focus boolean DEFAULT false NOT NULL,
    thesis text,
    payer text,
    open_problem text,
    recorded_at timestamp(6) with time zone NOT NULL,
    version integer NOT NULL,
    CONSTRAINT sector_check CHECK ((parent_id <> id)),
    CONSTRAINT sector_name_check CHECK ((NOT public.is_blank(name))),
    CONSTRAINT sector_name_zh_check CHECK ((NOT public.is_blank(name_zh))),
    CONSTRAINT sector_open_problem_check CHECK ((NOT public.is_blank(open_problem))),
    CONSTRAINT sector_payer_check CHECK ((NOT public.is_blank(payer))),
    CONSTRAINT sector_recorded_at_check CHECK (isfinite(recorded_at)),
    CONSTRAINT sector_slug_check CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)),
    CONSTRAINT sector_thesis_check CHECK ((NOT public.is_blank(thesis))),
    CONSTRAINT sector_version_check CHECK ((version >= 1))
);
CREATE TABLE public.sector_version (
    sector_id uuid NOT NULL,
    version integer NOT NULL,
    known_from timestamp(6) with time zone NOT NULL,
    known_until timestamp(6) with time zone,
    slug text NOT NULL,
    name text NOT NULL,
    name_zh text NOT NULL,
    parent_id uuid,
    "position" integer NOT NULL,
    is_focus boolean NOT NULL,
    thesis text,
    payer text,
    open_problem text,
    CONSTRAINT sector_version_check1 CHECK ((known_until > known_from))
);
CREATE TABLE public.session (
    secret_sha256 bytea NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp(6) with time zone NOT NULL,
    expires_at timestamp(6) with time zone NOT NULL,
    CONSTRAINT session_check CHECK (((expires_at > created_at) AND isfinite(expires_at))),
    CONSTRAINT session_secret_sha256_check CHECK ((octet_length(secret_sha256) = 32))
);
CREATE TABLE public.sign_in_link (
    secret_sha256 bytea NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp(6) with time zone NOT NULL,
    expires_at timestamp(6) with time zone NOT NULL,
    used_at timestamp(6) with time zone,
    CONSTRAINT sign_in_link_check CHECK (((expires_at > created_at) AND isfinite(expires_at))),
    CONSTRAINT sign_in_link_secret_sha256_check CHECK ((octet_length(secret_sha256) = 32))
);
CREATE TABLE public.stage (
    id uuid NOT NULL,
    key text NOT NULL,
    name text NOT NULL,
    name_zh text NOT NULL,
    "position" integer NOT NULL,
    limit_days integer NOT NULL,
    is_retired boolean DEFAULT false NOT NULL,
    recorded_at timestamp(6) with time zone NOT NULL,
    version integer NOT NULL,
    CONSTRAINT stage_key_check CHECK ((key ~ '^[A-Z][A-Z0-9_]*$'::text)),
    CONSTRAINT stage_limit_days_check CHECK ((limit_days >= 1)),
    CONSTRAINT stage_name_check CHECK ((NOT public.is_blank(name))),
    CONSTRAINT stage_name_zh_check CHECK ((NOT public.is_blank(name_zh))),
    CONSTRAINT stage_recorded_at_check CHECK (isfinite(recorded_at)),
    CONSTRAINT stage_version_check CHECK ((version >= 1))
);
CREATE TABLE public.stage_version (
    stage_id uuid NOT NULL,
    version integer NOT NULL,
    known_from timestamp(6) with time zone NOT NULL,
    known_until timestamp(6) with time zone,
    key text NOT NULL,
    name text NOT NULL,
    name_zh text NOT NULL,
    "position" integer NOT NULL,
    limit_days integer NOT NULL,
    is_retired boolean NOT NULL,
    CONSTRAINT stage_version_check1 CHECK ((known_until > known_from))
);
CREATE TABLE public.startup (
    id uuid NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    name_sort text NOT NULL COLLATE pg_catalog."C",
    aliases jsonb DEFAULT '[]'::jsonb NOT NULL,
    name_keys text[] NOT NULL,
    search_text text NOT NULL,
    domains text[] DEFAULT '{}'::text[] NOT NULL,
    website text,
    one_liner text,
    description text,
    country text,
    city text,
    founded_on date,
    product_launched_on date,
    previous_focus text,
    pivoted_on date,
    structure text DEFAULT 'UNDECIDED'::text NOT NULL,
    layer text,
    technical_route text DEFAULT 'UNKNOWN'::text NOT NULL,
    need jsonb DEFAULT '{}'::jsonb NOT NULL,
    facts jsonb DEFAULT '{}'::jsonb NOT NULL,
    sector_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    custom_fields jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp(6) with time zone NOT NULL,
    recorded_at timestamp(6) with time zone NOT NULL,
    version integer NOT NULL,
    hidden_at timestamp(6) with time zone,
    competitor_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    CONSTRAINT startup_aliases_check CHECK ((jsonb_typeof(aliases) = 'array'::text)),
    CONSTRAINT startup_check CHECK (((array_position(competitor_ids, NULL::uuid) IS NULL) AND (NOT (id = ANY (competitor_ids))))),
    CONSTRAINT startup_city_check CHECK ((NOT public.is_blank(city))),
    CONSTRAINT startup_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
    CONSTRAINT startup_created_at_check CHECK (isfinite(created_at)),
    CONSTRAINT startup_custom_fields_check CHECK ((jsonb_typeof(custom_fields) = 'object'::text)),
    CONSTRAINT startup_description_check CHECK ((NOT public.is_blank(description))),
    CONSTRAINT startup_facts_check CHECK ((jsonb_typeof(facts) = 'object'::text)),
    CONSTRAINT startup_founded_on_check CHECK (isfinite(founded_on)),
    CONSTRAINT startup_hidden_at_check CHECK (isfinite(hidden_at)),
    CONSTRAINT startup_layer_check CHECK ((layer = ANY (ARRAY['MODEL'::text, 'MIDDLEWARE'::text, 'APP'::text]))),
    CONSTRAINT startup_name_check CHECK (((NOT public.is_blank(name)) AND (length(name) <= 300))),
    CONSTRAINT startup_name_keys_check CHECK ((array_position(name_keys, ''::text) IS NULL)),
    CONSTRAINT startup_need_check CHECK ((jsonb_typeof(need) = 'object'::text)),
    CONSTRAINT startup_one_liner_check CHECK ((NOT public.is_blank(one_liner))),
    CONSTRAINT startup_pivoted_on_check CHECK (isfinite(pivoted_on)),
    CONSTRAINT startup_previous_focus_check CHECK ((NOT public.is_blank(previous_focus))),
    CONSTRAINT startup_product_launched_on_check CHECK (isfinite(product_launched_on)),
    CONSTRAINT startup_recorded_at_check CHECK (isfinite(recorded_at)),
    CONSTRAINT startup_sector_ids_check CHECK ((array_position(sector_ids, NULL::uuid) IS NULL)),
    CONSTRAINT startup_slug_check CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)),
    CONSTRAINT startup_structure_check CHECK ((structure = ANY (ARRAY['ONSHORE'::text, 'OFFSHORE_VIE'::text, 'UNDECIDED'::text]))),
    CONSTRAINT startup_technical_route_check CHECK ((technical_route = ANY (ARRAY['TRAINS_BASE_MODEL'::text, 'TUNES_BASE_MODEL'::text, 'BUILDS_ON_API'::text, 'PRE_LLM_AI'::text, 'UNKNOWN'::text]))),
    CONSTRAINT startup_version_check CHECK ((version >= 1))
);
CREATE TABLE public.startup_external_id (
    startup_id uuid NOT NULL,
    origin_startup_id uuid NOT NULL,
    source text NOT NULL,
    external_id text NOT NULL,
    in_force boolean DEFAULT true NOT NULL,
    recorded_at timestamp(6) with time zone NOT NULL,
    CONSTRAINT startup_external_id_external_id_check CHECK ((NOT public.is_blank(external_id))),
    CONSTRAINT startup_external_id_source_check CHECK ((NOT public.is_blank(source)))
);
CREATE TABLE public.startup_version (
    startup_id uuid NOT NULL,
    version integer NOT NULL,
    known_from timestamp(6) with time zone NOT NULL,
    known_until timestamp(6) with time zone,
    slug text NOT NULL,
    name text NOT NULL,
    name_sort text NOT NULL COLLATE pg_catalog."C",
    aliases jsonb NOT NULL,
    domains text[] NOT NULL,
    website text,
    one_liner text,
    description text,
    country text,
    city text,
    founded_on date,
    product_launched_on date,
    previous_focus text,
    pivoted_on date,
    structure text NOT NULL,
    layer text,
    technical_route text NOT NULL,
    need jsonb NOT NULL,
    facts jsonb NOT NULL,
    sector_ids uuid[] NOT NULL,
    custom_fields jsonb NOT NULL,
    hidden_at timestamp(6) with time zone,
    competitor_ids uuid[] NOT NULL,
    CONSTRAINT startup_version_check1 CHECK ((known_until > known_from))
);
CREATE TABLE public.workspace (
    id smallint DEFAULT 1 NOT NULL,
    name text NOT NULL,
    time_zone text NOT NULL,
    currency text NOT NULL,
    is_demo boolean NOT NULL,
    created_at timestamp(6) with time zone NOT NULL,
    CONSTRAINT workspace_created_at_check CHECK (isfinite(created_at)),
    CONSTRAINT workspace_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT workspace_id_check CHECK ((id = 1)),
    CONSTRAINT workspace_name_check CHECK ((NOT public.is_blank(name)))
);
INSERT INTO public._sqlx_migrations VALUES
	(20261124090000, 'foundation', '2026-11-24 13:54:02.522243+00', true, '\xd1770b1cfee5ada87646dec76c704b75caf2f20c3ff993565f3a5532fd8c40ceeea56d9184acf825ce3cf92d8cd758f0', 23253280),
	(20261124090100, 'startup', '2026-11-24 13:54:02.54619+00', true, '\x455fc9b9e4f80789633b54671d51786fac49e221b03a15196a15bcde72a4f443bfec8992304dc94a491be7576455eaf6', 28419113),
	(20261124090200, 'deal', '2026-11-24 13:54:02.575073+00', true, '\xed3152ba7cc93e0f4e59a58763424d6c865604bcd3fa62fa95b40493b5fd9723fdc0ca58608cde2371466b27f962ec59', 23260507),
	(20261124090300, 'evidence', '2026-11-24 13:54:02.598814+00', true, '\xde5bd718a7bdf024369dad52a12b2cafd25ec1540a5022bfb6af8afd32d470882afbba39444b405f30fc7c2a98483515', 20338851),
	(20261124100000, 'competitors', '2026-11-24 13:54:02.619614+00', true, '\xe06cc12428d6ee66e6caa7c104b6fc0c61e801ab254df8a971971471389b49d6a4c873378faaa6a31beca01a8a827469', 2545298),
	(20261124100100, 'evidence reviews', '2026-11-24 13:54:02.622521+00', true, '\x6c13759b31fc45353f24543e4e282567fbfc178b610683fb33dce109aa3258450c71085f2cfd429a8eddb5a918f67345', 1108008);
INSERT INTO public.activity VALUES
	('01a20dd5-c319-7010-b078-1fc8ac382229', 0, '01a20dd5-c319-7010-b078-1fc9dc3ef466', 'user', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, NULL, '{"role": "ADMIN"}'),
	('01a20dd5-c326-77f7-9983-3fb4660fd916', 0, '01a20dd5-c326-77f7-9983-3fb5d2ffd62e', 'startup', '01a20dd5-c323-741c-95d1-0671d5e6c595', '01a20dd5-c323-741c-95d1-0671d5e6c595', NULL, NULL, '{"name": "Bigclaim", "need": {"pain": null, "payer": "Enterprises", "costToday": null, "alternativeToday": null}, "layer": "MODEL", "aliases": [{"kind": "BRAND", "name": "大言", "language": "zh"}], "country": "CN", "oneLiner": "A base model, says its deck (fictional)", "sectorIds": ["sector_01m86xbgrbebzre122phxhhqv9"], "structure": "UNDECIDED", "customFields": {"fictional": true}, "technicalRoute": "TRAINS_BASE_MODEL"}'),
	('01a20dd5-c32b-75b1-93c6-778495f689c4', 0, '01a20dd5-c32b-75b1-93c6-778561c47282', 'evidence', '01a20dd5-c329-74ae-a505-350b02f17f34', '01a20dd5-c323-741c-95d1-0671d5e6c595', NULL, NULL, '{"kind": "PAYING_CUSTOMERS", "note": "fictional", "grade": "CLAIMED", "value": "100", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "observedOn": "2026-11-21"}'),
	('01a20dd5-c32f-7024-957d-bb250238ee34', 0, '01a20dd5-c32f-7024-957d-bb2654222d30', 'evidence', '01a20dd5-c32d-727c-8a94-10527987be81', '01a20dd5-c323-741c-95d1-0671d5e6c595', NULL, NULL, '{"kind": "ACTIVE_USERS", "note": "fictional", "grade": "CLAIMED", "value": "100000", "source": "DATA_ROOM", "window": "MONTH", "precision": "DAY", "qualifier": "EXACT", "observedOn": "2026-11-21"}'),
	('01a20dd5-c336-720c-ad43-7df0c5edaca9', 0, '01a20dd5-c336-720c-ad43-7df13ca86156', 'startup', '01a20dd5-c334-7156-b8b8-bc58d21e58d5', '01a20dd5-c334-7156-b8b8-bc58d21e58d5', NULL, NULL, '{"name": "Cubeforge", "need": {"pain": null, "payer": "Game studios", "costToday": null, "alternativeToday": null}, "layer": "APP", "aliases": [{"kind": "BRAND", "name": "立方工坊", "language": "zh"}], "country": "CN", "oneLiner": "Usable 3D assets from a sketch (fictional)", "sectorIds": ["sector_01m86xbgrfep38ywbk148pm7z1"], "structure": "UNDECIDED", "customFields": {"fictional": true}, "technicalRoute": "BUILDS_ON_API"}'),
	('01a20dd5-c338-70f9-8e52-85411399793d', 0, '01a20dd5-c338-70f9-8e52-85424b204f8d', 'evidence', '01a20dd5-c337-74b8-b64b-7f3b724f9959', '01a20dd5-c334-7156-b8b8-bc58d21e58d5', NULL, NULL, '{"kind": "PAYING_CUSTOMERS", "note": "fictional", "grade": "DOCUMENTED", "value": "20", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-10-24"}'),
	('01a20dd5-c33a-73e1-b479-ef1225339484', 0, '01a20dd5-c33a-73e1-b479-ef130ddd46ef', 'evidence', '01a20dd5-c339-728f-a454-24f6646a5f46', '01a20dd5-c334-7156-b8b8-bc58d21e58d5', NULL, NULL, '{"kind": "RETENTION", "note": "fictional", "grade": "DOCUMENTED", "value": "35", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-09-24", "sampleSize": 400, "horizonDays": 30}'),
	('01a20dd5-c33c-7471-acc1-fc532d57f5ed', 0, '01a20dd5-c33c-7471-acc1-fc54d2cea8b4', 'evidence', '01a20dd5-c33b-7477-8688-8e065e94696b', '01a20dd5-c334-7156-b8b8-bc58d21e58d5', NULL, NULL, '{"kind": "ACTIVE_USERS", "note": "fictional", "grade": "CLAIMED", "value": "30000", "source": "DATA_ROOM", "window": "MONTH", "precision": "DAY", "qualifier": "EXACT", "observedOn": "2026-11-08"}'),
	('01a20dd5-c33f-74f1-9ed2-662e2206aab5', 0, '01a20dd5-c33f-74f1-9ed2-662fd8a3cbe1', 'startup', '01a20dd5-c33f-74f1-9ed2-662d93032d11', '01a20dd5-c33f-74f1-9ed2-662d93032d11', NULL, NULL, '{"name": "Meshwright", "need": {"pain": null, "payer": "Animation houses", "costToday": null, "alternativeToday": null}, "layer": "MIDDLEWARE", "aliases": [{"kind": "BRAND", "name": "网匠", "language": "zh"}], "country": "CN", "oneLiner": "Constrains models to watertight meshes (fictional)", "sectorIds": ["sector_01m86xbgrfep38ywbk148pm7z1"], "structure": "UNDECIDED", "customFields": {"fictional": true}, "technicalRoute": "TUNES_BASE_MODEL"}'),
	('01a20dd5-c341-72fa-9b12-dfd1963f59cc', 0, '01a20dd5-c341-72fa-9b12-dfd2c6198433', 'evidence', '01a20dd5-c341-72fa-9b12-dfd0680e4bb1', '01a20dd5-c33f-74f1-9ed2-662d93032d11', NULL, NULL, '{"kind": "PAYING_CUSTOMERS", "note": "fictional", "grade": "DOCUMENTED", "value": "14", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-11-01"}'),
	('01a20dd5-c343-70d5-9107-22fce53a6401', 0, '01a20dd5-c343-70d5-9107-22fd0e6ad030', 'evidence', '01a20dd5-c343-70d5-9107-22fb5cb7eaae', '01a20dd5-c33f-74f1-9ed2-662d93032d11', NULL, NULL, '{"kind": "WAITLIST", "note": "fictional", "grade": "CLAIMED", "value": "4000", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "observedOn": "2026-01-28"}'),
	('01a20dd5-c347-72eb-8746-84f102bffe58', 0, '01a20dd5-c347-72eb-8746-84f2385b0e29', 'startup', '01a20dd5-c346-7227-b1bb-e21c6a0e6e53', '01a20dd5-c346-7227-b1bb-e21c6a0e6e53', NULL, NULL, '{"name": "Wrapwell", "need": {"pain": null, "payer": null, "costToday": null, "alternativeToday": null}, "layer": "APP", "aliases": [{"kind": "BRAND", "name": "快包", "language": "zh"}], "country": "CN", "oneLiner": "A chat window around somebody''s API (fictional)", "sectorIds": ["sector_01m86xbgrhezva62c9gs73fptd"], "structure": "UNDECIDED", "customFields": {"fictional": true}, "technicalRoute": "BUILDS_ON_API"}'),
	('01a20dd5-c34a-75cf-b09b-613fe86376e3', 0, '01a20dd5-c34a-75cf-b09b-6140aa9aaaca', 'startup', '01a20dd5-c34a-75cf-b09b-613ef6fc4596', '01a20dd5-c34a-75cf-b09b-613ef6fc4596', NULL, NULL, '{"name": "Quietlake", "need": {"pain": null, "payer": null, "costToday": null, "alternativeToday": null}, "layer": "APP", "aliases": [{"kind": "BRAND", "name": "静湖", "language": "zh"}], "country": "CN", "oneLiner": "A companion that listens (fictional)", "sectorIds": ["sector_01m86xbgrhezva62c9gxydbnvg"], "structure": "UNDECIDED", "customFields": {"fictional": true}, "technicalRoute": "BUILDS_ON_API"}'),
	('01a20dd5-c34c-737c-93dc-593b4fc7b8ab', 0, '01a20dd5-c34c-737c-93dc-593c41c190e9', 'evidence', '01a20dd5-c34c-737c-93dc-593a87bd7018', '01a20dd5-c34a-75cf-b09b-613ef6fc4596', NULL, NULL, '{"kind": "ACTIVE_USERS", "note": "fictional", "grade": "CLAIMED", "value": "2000", "source": "DATA_ROOM", "window": "MONTH", "precision": "DAY", "qualifier": "EXACT", "observedOn": "2026-10-15"}'),
	('01a20dd5-c350-7280-b1dc-b47f861e5fab', 0, '01a20dd5-c350-7280-b1dc-b480a01c1b24', 'startup', '01a20dd5-c34f-73e0-b547-d92a3501f204', '01a20dd5-c34f-73e0-b547-d92a3501f204', NULL, NULL, '{"name": "Handover", "need": {"pain": null, "payer": "Warehouse operators", "costToday": null, "alternativeToday": null}, "layer": "APP", "aliases": [{"kind": "BRAND", "name": "递手", "language": "zh"}], "country": "CN", "oneLiner": "Words into motion for warehouse arms (fictional)", "sectorIds": ["sector_01m86xbgrgea5vv6fn83fzwcnj"], "structure": "UNDECIDED", "customFields": {"fictional": true}, "technicalRoute": "TUNES_BASE_MODEL"}'),
	('01a20dd5-c354-7338-b207-a9d8eec3bcc6', 0, '01a20dd5-c354-7338-b207-a9d944ea3a07', 'evidence', '01a20dd5-c351-7221-bbc5-775264804dfe', '01a20dd5-c34f-73e0-b547-d92a3501f204', NULL, NULL, '{"kind": "UNITS_DEPLOYED", "note": "fictional", "grade": "DOCUMENTED", "value": "42", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-11-04"}'),
	('01a20dd5-c354-7338-b207-a9d8eec3bcc6', 1, '01a20dd5-c354-7338-b207-a9da1532e6f9', 'evidence', '01a20dd5-c351-7221-bbc5-775264804dfe', '01a20dd5-c34f-73e0-b547-d92a3501f204', NULL, '{"grade": "DOCUMENTED"}', '{"grade": "VERIFIED", "checked": "called the customers (fictional)"}'),
	('01a20dd5-c357-7733-a6e0-e4aca0e3f150', 0, '01a20dd5-c357-7733-a6e0-e4ada1617791', 'evidence', '01a20dd5-c356-7538-bb54-e0650dde3dc5', '01a20dd5-c34f-73e0-b547-d92a3501f204', NULL, NULL, '{"kind": "PILOTS", "note": "fictional", "grade": "DOCUMENTED", "value": "3", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-08-26"}'),
	('01a20dd5-c35b-7653-9b12-2c41fc944078', 0, '01a20dd5-c35b-7653-9b12-2c42142c9d9c', 'startup', '01a20dd5-c35a-77d2-ad35-95c16e2a0776', '01a20dd5-c35a-77d2-ad35-95c16e2a0776', NULL, NULL, '{"name": "Clickpath", "need": {"pain": null, "payer": "Accounting firms", "costToday": null, "alternativeToday": null}, "layer": "APP", "aliases": [{"kind": "BRAND", "name": "点径", "language": "zh"}], "country": "CN", "oneLiner": "Does the clicking in old accounting systems (fictional)", "sectorIds": ["sector_01m86xbgrgea5vv6fn84mt3bxb"], "structure": "UNDECIDED", "customFields": {"fictional": true}, "technicalRoute": "BUILDS_ON_API"}'),
	('01a20dd5-c35f-72bf-903b-ee70fb7f4e78', 0, '01a20dd5-c35f-72bf-903b-ee71ba03a2e4', 'evidence', '01a20dd5-c35c-77dd-8d7c-6ccac7cd0f4d', '01a20dd5-c35a-77d2-ad35-95c16e2a0776', NULL, NULL, '{"kind": "PAYING_CUSTOMERS", "note": "fictional", "grade": "DOCUMENTED", "value": "61", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-11-12"}'),
	('01a20dd5-c35f-72bf-903b-ee70fb7f4e78', 1, '01a20dd5-c35f-72bf-903b-ee7205f90985', 'evidence', '01a20dd5-c35c-77dd-8d7c-6ccac7cd0f4d', '01a20dd5-c35a-77d2-ad35-95c16e2a0776', NULL, '{"grade": "DOCUMENTED"}', '{"grade": "VERIFIED", "checked": "called the customers (fictional)"}'),
	('01a20dd5-c366-75f3-a803-2a2fda9a7b00', 0, '01a20dd5-c366-75f3-a803-2a30fa92d258', 'startup', '01a20dd5-c365-7210-ae35-87559638bb4c', '01a20dd5-c365-7210-ae35-87559638bb4c', NULL, NULL, '{"name": "Loomtune", "need": {"pain": null, "payer": "Software teams", "costToday": null, "alternativeToday": null}, "layer": "MIDDLEWARE", "aliases": [{"kind": "BRAND", "name": "织调", "language": "zh"}], "country": "CN", "oneLiner": "Fine-tuning for teams without researchers (fictional)", "sectorIds": ["sector_01m86xbgrde4zsjqnkr27bcmv0"], "structure": "UNDECIDED", "customFields": {"fictional": true}, "technicalRoute": "TUNES_BASE_MODEL"}'),
	('01a20dd5-c36a-73b0-a9ca-15d03774f412', 0, '01a20dd5-c36a-73b0-a9ca-15d1cd60086c', 'evidence', '01a20dd5-c369-72b0-ab83-6ab1a4d80358', '01a20dd5-c365-7210-ae35-87559638bb4c', NULL, NULL, '{"kind": "OPEN_SOURCE_STARS", "note": "fictional", "grade": "DOCUMENTED", "value": "5200", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-11-16"}'),
	('01a20dd5-c36f-740b-b6c1-98f98f9d4c68', 0, '01a20dd5-c36f-740b-b6c1-98faca608f5d', 'evidence', '01a20dd5-c36e-762c-87cc-6d5f3cd4f012', '01a20dd5-c36c-73d5-814c-879682963e5e', NULL, NULL, '{"kind": "PAYING_CUSTOMERS", "note": "fictional", "grade": "DOCUMENTED", "value": "9", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-09-15"}'),
	('01a20dd5-c375-708a-9918-d39e5e1d1917', 0, '01a20dd5-c375-708a-9918-d39f9dd646d6', 'evidence', '01a20dd5-c373-709a-ab53-e7df97f2cfc9', '01a20dd5-c371-71f4-baea-7bc4ab40c4a2', NULL, NULL, '{"kind": "PAYING_CUSTOMERS", "note": "fictional", "grade": "DOCUMENTED", "value": "30", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-11-09"}'),
	('01a20dd5-c375-708a-9918-d39e5e1d1917', 1, '01a20dd5-c375-708a-9918-d3a09863e192', 'evidence', '01a20dd5-c373-709a-ab53-e7df97f2cfc9', '01a20dd5-c371-71f4-baea-7bc4ab40c4a2', NULL, '{"grade": "DOCUMENTED"}', '{"grade": "REFUTED", "checked": "called the customers (fictional)"}'),
	('01a20dd5-c37b-7425-9bc6-cb2e89cf5ec8', 0, '01a20dd5-c37b-7425-9bc6-cb2f6a957e57', 'evidence', '01a20dd5-c37a-7019-b8aa-0a895b9e545b', '01a20dd5-c378-7188-8f89-b3f693b24d2d', NULL, NULL, '{"kind": "PILOTS", "note": "fictional", "grade": "DOCUMENTED", "value": "2", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-10-22"}'),
	('01a20dd5-c37f-7280-be32-f20c5077adac', 0, '01a20dd5-c37f-7280-be32-f20dd5431aba', 'evidence', '01a20dd5-c37f-7280-be32-f20bc4f3a265', '01a20dd5-c37d-7313-a7b6-9f8f70814aba', NULL, NULL, '{"kind": "PAYING_CUSTOMERS", "note": "fictional", "grade": "DOCUMENTED", "value": "120", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-11-06"}'),
	('01a20dd5-c383-77e5-9609-821419acb5a8', 0, '01a20dd5-c383-77e5-9609-8215567115a0', 'person', '01a20dd5-c382-72fa-a1b9-bce12fa490f1', NULL, NULL, NULL, '{"version": 1}'),
	('01a20dd5-c38d-7212-bec7-3a28ce630815', 0, '01a20dd5-c38d-7212-bec7-3a298efe5c93', 'deal', '01a20dd5-c389-716f-80c6-fc40d4599dd8', '01a20dd5-c334-7156-b8b8-bc58d21e58d5', '01a20dd5-c389-716f-80c6-fc40d4599dd8', NULL, '{"round": "PRE_A", "title": "Cubeforge Pre-A", "status": "ACTIVE", "ownerId": "user_01m86xbgrse08b0y0zrzg2dhsg", "sources": [{"on": null, "who": null, "channel": "REFERRAL", "personId": null, "precision": "DAY"}], "stageId": "stage_01m86xbgrjea8aqw09ty338wsf", "nextStep": "Call three of the studios (fictional)", "heldMicros": 0, "visibility": "TEAM", "enteredStageAt": "2026-10-15T13:54:02.759882Z"}'),
	('01a20dd5-c395-74e5-b983-d2ebe67b10ee', 0, '01a20dd5-c395-74e5-b983-d2eccbf1970e', 'deal', '01a20dd5-c389-716f-80c6-fc40d4599dd8', '01a20dd5-c334-7156-b8b8-bc58d21e58d5', '01a20dd5-c389-716f-80c6-fc40d4599dd8', '{"stageId": "stage_01m86xbgrjea8aqw09ty338wsf", "enteredStageAt": "2026-10-15T13:54:02.759882Z"}', '{"change": "dealchange_01m86xbgwjedjtdej2wt3yzfx7", "stageId": "stage_01m86xbgrke2da2ghkj38yckbk", "enteredStageAt": "2026-10-22T13:54:02.759882Z"}'),
	('01a20dd5-c399-7386-baed-588448731675', 0, '01a20dd5-c399-7386-baed-5885cd7d88f6', 'deal', '01a20dd5-c389-716f-80c6-fc40d4599dd8', '01a20dd5-c334-7156-b8b8-bc58d21e58d5', '01a20dd5-c389-716f-80c6-fc40d4599dd8', '{"stageId": "stage_01m86xbgrke2da2ghkj38yckbk", "enteredStageAt": "2026-10-22T13:54:02.759882Z"}', '{"change": "dealchange_01m86xbgwreyrs4610zhv6yeem", "stageId": "stage_01m86xbgrmegz8vab3rgj4cam4", "enteredStageAt": "2026-11-03T13:54:02.759882Z"}'),
	('01a20dd5-c39b-777b-8abd-17dad2ad0cf8', 0, '01a20dd5-c39b-777b-8abd-17db233c1051', 'person', '01a20dd5-c39b-777b-8abd-17d99067c147', NULL, NULL, NULL, '{"version": 1}'),
	('01a20dd5-c3a1-74d8-8b15-caf2ce46d0a4', 0, '01a20dd5-c3a1-74d8-8b15-caf327c72940', 'deal', '01a20dd5-c39f-73c8-960f-8ab641da333a', '01a20dd5-c34f-73e0-b547-d92a3501f204', '01a20dd5-c39f-73c8-960f-8ab641da333a', NULL, '{"round": "A", "title": "Handover A", "status": "ACTIVE", "ownerId": "user_01m86xbgrse08b0y0zrzg2dhsg", "sources": [{"on": null, "who": null, "channel": "EVENT", "personId": null, "precision": "DAY"}], "stageId": "stage_01m86xbgrjea8aqw09ty338wsf", "nextStep": "Count the arms at two warehouses (fictional)", "heldMicros": 0, "visibility": "TEAM", "enteredStageAt": "2026-09-10T13:54:02.782506Z"}'),
	('01a20dd5-c3a5-7363-9002-99917f2ba2c9', 0, '01a20dd5-c3a5-7363-9002-99923d44a29d', 'deal', '01a20dd5-c39f-73c8-960f-8ab641da333a', '01a20dd5-c34f-73e0-b547-d92a3501f204', '01a20dd5-c39f-73c8-960f-8ab641da333a', '{"stageId": "stage_01m86xbgrjea8aqw09ty338wsf", "enteredStageAt": "2026-09-10T13:54:02.782506Z"}', '{"change": "dealchange_01m86xbgx4e4bsqwxk1fmz07n4", "stageId": "stage_01m86xbgrke2da2ghkj38yckbk", "enteredStageAt": "2026-09-15T13:54:02.782506Z"}'),
	('01a20dd5-c3aa-7518-8e58-a229415cad90', 0, '01a20dd5-c3aa-7518-8e58-a22ab8f583f3', 'deal', '01a20dd5-c39f-73c8-960f-8ab641da333a', '01a20dd5-c34f-73e0-b547-d92a3501f204', '01a20dd5-c39f-73c8-960f-8ab641da333a', '{"stageId": "stage_01m86xbgrke2da2ghkj38yckbk", "enteredStageAt": "2026-09-15T13:54:02.782506Z"}', '{"change": "dealchange_01m86xbgx8eaktwde5h0j1dy4x", "stageId": "stage_01m86xbgrmegz8vab3rgj4cam4", "enteredStageAt": "2026-10-03T13:54:02.782506Z"}'),
	('01a20dd5-c3ae-70e9-a7de-d11dcc692398', 0, '01a20dd5-c3ae-70e9-a7de-d11eaa03fcd0', 'deal', '01a20dd5-c39f-73c8-960f-8ab641da333a', '01a20dd5-c34f-73e0-b547-d92a3501f204', '01a20dd5-c39f-73c8-960f-8ab641da333a', '{"stageId": "stage_01m86xbgrmegz8vab3rgj4cam4", "enteredStageAt": "2026-10-03T13:54:02.782506Z"}', '{"change": "dealchange_01m86xbgxdewvr0pkd8cs45ksg", "stageId": "stage_01m86xbgrmegz8vab3rmgmz5s3", "enteredStageAt": "2026-10-31T13:54:02.782506Z"}'),
	('01a20dd5-c3b0-7499-af68-dcfe4476a19f', 0, '01a20dd5-c3b0-7499-af68-dcfff15e9153', 'person', '01a20dd5-c3b0-7499-af68-dcfd79d5a88d', NULL, NULL, NULL, '{"version": 1}'),
	('01a20dd5-c3b5-7111-a6df-f67707a946ca', 0, '01a20dd5-c3b5-7111-a6df-f6785c2fb581', 'deal', '01a20dd5-c3b4-76e4-b5de-9d38f0678cdb', '01a20dd5-c323-741c-95d1-0671d5e6c595', '01a20dd5-c3b4-76e4-b5de-9d38f0678cdb', NULL, '{"round": "ANGEL", "title": "Bigclaim Angel", "status": "ACTIVE", "ownerId": "user_01m86xbgrse08b0y0zrzg2dhsg", "sources": [{"on": null, "who": null, "channel": "FA", "personId": null, "precision": "DAY"}], "stageId": "stage_01m86xbgrjea8aqw09ty338wsf", "nextStep": "Ask for the list of customers (fictional)", "heldMicros": 0, "visibility": "TEAM", "enteredStageAt": "2026-11-15T13:54:02.803386Z"}'),
	('01a20dd5-c3b9-711d-bfd6-671fb621da72', 0, '01a20dd5-c3b9-711d-bfd6-672083b5032f', 'deal', '01a20dd5-c3b4-76e4-b5de-9d38f0678cdb', '01a20dd5-c323-741c-95d1-0671d5e6c595', '01a20dd5-c3b4-76e4-b5de-9d38f0678cdb', '{"stageId": "stage_01m86xbgrjea8aqw09ty338wsf", "enteredStageAt": "2026-11-15T13:54:02.803386Z"}', '{"change": "dealchange_01m86xbgxrea0shwmx1q64fp3h", "stageId": "stage_01m86xbgrke2da2ghkj38yckbk", "enteredStageAt": "2026-11-20T13:54:02.803386Z"}'),
	('01a20dd5-c3bb-7601-a9f6-638993deca28', 0, '01a20dd5-c3bb-7601-a9f6-638a61e5daf3', 'person', '01a20dd5-c3bb-7601-a9f6-6388af2e537c', NULL, NULL, NULL, '{"version": 1}'),
	('01a20dd5-c3c0-7643-90d5-b4ecbc90d9dd', 0, '01a20dd5-c3c0-7643-90d5-b4ed08873db2', 'deal', '01a20dd5-c3bf-75c6-a567-9aaa9659f86c', '01a20dd5-c33f-74f1-9ed2-662d93032d11', '01a20dd5-c3bf-75c6-a567-9aaa9659f86c', NULL, '{"round": "SEED", "title": "Meshwright Seed", "status": "ACTIVE", "ownerId": "user_01m86xbgrse08b0y0zrzg2dhsg", "sources": [{"on": null, "who": null, "channel": "UNIVERSITY", "personId": null, "precision": "DAY"}], "stageId": "stage_01m86xbgrjea8aqw09ty338wsf", "heldMicros": 0, "visibility": "TEAM", "enteredStageAt": "2026-01-18T13:54:02.814339Z"}'),
	('01a20dd5-c3c4-710e-856c-e1ed6bd60780', 0, '01a20dd5-c3c4-710e-856c-e1ee0d3c2576', 'deal', '01a20dd5-c3bf-75c6-a567-9aaa9659f86c', '01a20dd5-c33f-74f1-9ed2-662d93032d11', '01a20dd5-c3bf-75c6-a567-9aaa9659f86c', '{"stageId": "stage_01m86xbgrjea8aqw09ty338wsf", "enteredStageAt": "2026-01-18T13:54:02.814339Z"}', '{"change": "dealchange_01m86xbgy3ej9ba4g93v99q748", "stageId": "stage_01m86xbgrke2da2ghkj38yckbk", "enteredStageAt": "2026-01-23T13:54:02.814339Z"}'),
	('01a20dd5-c362-72aa-a65f-9314d4ed36ca', 0, '01a20dd5-c362-72aa-a65f-931515269b09', 'evidence', '01a20dd5-c361-70ab-addd-74aef4923251', '01a20dd5-c35a-77d2-ad35-95c16e2a0776', NULL, NULL, '{"kind": "RETENTION", "note": "fictional", "grade": "DOCUMENTED", "value": "58", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-10-10", "sampleSize": 400, "horizonDays": 30}'),
	('01a20dd5-c368-74db-a69a-8fc65c0e77fa', 0, '01a20dd5-c368-74db-a69a-8fc71b285b91', 'evidence', '01a20dd5-c367-7077-a311-3d4bcaa9d404', '01a20dd5-c365-7210-ae35-87559638bb4c', NULL, NULL, '{"kind": "DEVELOPERS_BUILDING", "note": "fictional", "grade": "DOCUMENTED", "value": "700", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-10-30"}'),
	('01a20dd5-c36d-7271-a474-b5f2194798d5', 0, '01a20dd5-c36d-7271-a474-b5f338d16bb0', 'startup', '01a20dd5-c36c-73d5-814c-879682963e5e', '01a20dd5-c36c-73d5-814c-879682963e5e', NULL, NULL, '{"name": "Facecast", "need": {"pain": null, "payer": "Training departments", "costToday": null, "alternativeToday": null}, "layer": "MIDDLEWARE", "aliases": [{"kind": "BRAND", "name": "面塑", "language": "zh"}], "country": "CN", "oneLiner": "Virtual-human models for training videos (fictional)", "sectorIds": ["sector_01m86xbgrde4zsjqnkr6wv3zwr"], "structure": "UNDECIDED", "customFields": {"fictional": true}, "technicalRoute": "TUNES_BASE_MODEL"}'),
	('01a20dd5-c372-7329-8a88-6309d0dcbfef', 0, '01a20dd5-c372-7329-8a88-630ac4c8a43d', 'startup', '01a20dd5-c371-71f4-baea-7bc4ab40c4a2', '01a20dd5-c371-71f4-baea-7bc4ab40c4a2', NULL, NULL, '{"name": "Oldwine", "need": {"pain": null, "payer": "Law firms", "costToday": null, "alternativeToday": null}, "layer": "APP", "aliases": [{"kind": "BRAND", "name": "旧酿", "language": "zh"}], "country": "CN", "oneLiner": "Keyword search, now called a large model (fictional)", "sectorIds": ["sector_01m86xbgrjea8aqw09tvf8kfsc"], "structure": "UNDECIDED", "customFields": {"fictional": true}, "technicalRoute": "PRE_LLM_AI"}'),
	('01a20dd5-c379-77f9-918e-740fa2f34536', 0, '01a20dd5-c379-77f9-918e-741083bf86e9', 'startup', '01a20dd5-c378-7188-8f89-b3f693b24d2d', '01a20dd5-c378-7188-8f89-b3f693b24d2d', NULL, NULL, '{"name": "Basewright", "need": {"pain": null, "payer": "Robot makers", "costToday": null, "alternativeToday": null}, "layer": "MODEL", "aliases": [{"kind": "BRAND", "name": "基石", "language": "zh"}], "country": "CN", "oneLiner": "A base model for bodies (fictional)", "sectorIds": ["sector_01m86xbgrceycva74qwrs0b8kd"], "structure": "UNDECIDED", "customFields": {"fictional": true}, "technicalRoute": "TRAINS_BASE_MODEL"}'),
	('01a20dd5-c37d-7313-a7b6-9f90bd014b34', 0, '01a20dd5-c37d-7313-a7b6-9f91334c2d41', 'startup', '01a20dd5-c37d-7313-a7b6-9f8f70814aba', '01a20dd5-c37d-7313-a7b6-9f8f70814aba', NULL, NULL, '{"name": "Codelantern", "need": {"pain": null, "payer": "Software teams", "costToday": null, "alternativeToday": null}, "layer": "APP", "aliases": [{"kind": "BRAND", "name": "码灯", "language": "zh"}], "country": "CN", "oneLiner": "Reviews code where it was written (fictional)", "sectorIds": ["sector_01m86xbgrjea8aqw09tqhec3cw"], "structure": "UNDECIDED", "customFields": {"fictional": true}, "technicalRoute": "BUILDS_ON_API"}'),
	('01a20dd5-c381-736a-8a40-84a857b0a427', 0, '01a20dd5-c381-736a-8a40-84a92529755c', 'evidence', '01a20dd5-c380-7279-abfd-ddd2ca8117c3', '01a20dd5-c37d-7313-a7b6-9f8f70814aba', NULL, NULL, '{"kind": "ACTIVE_USERS", "note": "fictional", "grade": "DOCUMENTED", "value": "9000", "source": "DATA_ROOM", "window": "MONTH", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-11-06"}'),
	('01a20dd5-c387-77d6-bd9e-058123940698', 0, '01a20dd5-c387-77d6-bd9e-0582840f1cc6', 'affiliation', '01a20dd5-c384-70e2-8f43-afec80826698', '01a20dd5-c334-7156-b8b8-bc58d21e58d5', NULL, NULL, '{"id": "affiliation_01m86xbgw4e3h8ygxfxj084smr", "kind": "COMPANY", "title": "CEO", "personId": "person_01m86xbgw2ebxa3edww4qt947h", "isFounder": true, "startupId": "startup_01m86xbgsme5bbhe5wb391wp6n", "organisation": "Cubeforge"}'),
	('01a20dd5-c39d-71a9-b4c0-6d50e9b39dd2', 0, '01a20dd5-c39d-71a9-b4c0-6d5193ac751e', 'affiliation', '01a20dd5-c39c-7179-bdd5-ff66a5c41879', '01a20dd5-c34f-73e0-b547-d92a3501f204', NULL, NULL, '{"id": "affiliation_01m86xbgwwe5wvvnfzctjw863s", "kind": "COMPANY", "title": "CEO", "personId": "person_01m86xbgwvexxrnf8qv686fga7", "isFounder": true, "startupId": "startup_01m86xbgtfefgbahys58tg3wg4", "organisation": "Handover"}'),
	('01a20dd5-c3b2-705c-80ce-b9010513814a', 0, '01a20dd5-c3b2-705c-80ce-b9024a79a0ec', 'affiliation', '01a20dd5-c3b1-70f1-b2b4-7c9524819502', '01a20dd5-c323-741c-95d1-0671d5e6c595', NULL, NULL, '{"id": "affiliation_01m86xbgxhe3rv5d3wjmj83582", "kind": "COMPANY", "title": "CEO", "personId": "person_01m86xbgxgejctyt6wznwxba4d", "isFounder": true, "startupId": "startup_01m86xbgs3ege9bm86e7aydhcn", "organisation": "Bigclaim"}'),
	('01a20dd5-c3bd-74f3-931b-981c59dc6b7a', 0, '01a20dd5-c3bd-74f3-931b-981d201478a5', 'affiliation', '01a20dd5-c3bc-73b4-b586-a0c3ad5cfb69', '01a20dd5-c33f-74f1-9ed2-662d93032d11', NULL, NULL, '{"id": "affiliation_01m86xbgxweetbb1n0repnsyv9", "kind": "COMPANY", "title": "CEO", "personId": "person_01m86xbgxver0tkxk3h2qjwmvw", "isFounder": true, "startupId": "startup_01m86xbgszekrsxmk65p9g6b8h", "organisation": "Meshwright"}'),
	('01a20dd5-c3d0-71eb-a450-f56cd663257f', 0, '01a20dd5-c3d0-71eb-a450-f56d1f033d7b', 'affiliation', '01a20dd5-c3cf-7570-80ae-47afbc2f96fb', '01a20dd5-c346-7227-b1bb-e21c6a0e6e53', NULL, NULL, '{"id": "affiliation_01m86xbgyfenr81bj7nyy2z5qv", "kind": "COMPANY", "title": "CEO", "personId": "person_01m86xbgydematjj5h9jep1868", "isFounder": true, "startupId": "startup_01m86xbgt6e8kv3ez23hn0wvjk", "organisation": "Wrapwell"}'),
	('01a20dd5-c3c8-71b2-951b-a714d3af1aca', 0, '01a20dd5-c3c8-71b2-951b-a7151b61d913', 'deal', '01a20dd5-c3bf-75c6-a567-9aaa9659f86c', '01a20dd5-c33f-74f1-9ed2-662d93032d11', '01a20dd5-c3bf-75c6-a567-9aaa9659f86c', '{"stageId": "stage_01m86xbgrke2da2ghkj38yckbk", "enteredStageAt": "2026-01-23T13:54:02.814339Z"}', '{"change": "dealchange_01m86xbgy7emba6bka99hpz5s8", "stageId": "stage_01m86xbgrmegz8vab3rgj4cam4", "enteredStageAt": "2026-01-28T13:54:02.814339Z"}'),
	('01a20dd5-c3cc-76e9-a7c8-dcf68519fdba', 0, '01a20dd5-c3cc-76e9-a7c8-dcf7acfb8b2b', 'deal', '01a20dd5-c3bf-75c6-a567-9aaa9659f86c', '01a20dd5-c33f-74f1-9ed2-662d93032d11', '01a20dd5-c3bf-75c6-a567-9aaa9659f86c', '{"status": "ACTIVE", "passReason": null}', '{"change": "dealchange_01m86xbgybepet4pz6hpbrrd0w", "reason": "fictional", "status": "PASSED", "passReason": "TIMING"}'),
	('01a20dd5-c3ce-72fa-8580-725d2ec7257f', 0, '01a20dd5-c3ce-72fa-8580-725ef0d54512', 'person', '01a20dd5-c3cd-7515-a948-b14c9d60a0c8', NULL, NULL, NULL, '{"version": 1}'),
	('01a20dd5-c3d3-7132-a042-b0736b554cae', 0, '01a20dd5-c3d3-7132-a042-b074c641eccd', 'deal', '01a20dd5-c3d2-7194-bbda-bc12c0097eda', '01a20dd5-c346-7227-b1bb-e21c6a0e6e53', '01a20dd5-c3d2-7194-bbda-bc12c0097eda', NULL, '{"round": "SEED", "title": "Wrapwell Seed", "status": "ACTIVE", "ownerId": "user_01m86xbgrse08b0y0zrzg2dhsg", "sources": [{"on": null, "who": null, "channel": "INBOUND", "personId": null, "precision": "DAY"}], "stageId": "stage_01m86xbgrjea8aqw09ty338wsf", "heldMicros": 0, "visibility": "TEAM", "enteredStageAt": "2026-09-25T13:54:02.833221Z"}'),
	('01a20dd5-c3d7-75e0-b2d1-63ffd2833d52', 0, '01a20dd5-c3d7-75e0-b2d1-6400b543a773', 'deal', '01a20dd5-c3d2-7194-bbda-bc12c0097eda', '01a20dd5-c346-7227-b1bb-e21c6a0e6e53', '01a20dd5-c3d2-7194-bbda-bc12c0097eda', '{"status": "ACTIVE", "passReason": null}', '{"change": "dealchange_01m86xbgypeb29sq1fr730x64m", "reason": "fictional", "status": "PASSED", "passReason": "WRAPPER"}');
INSERT INTO public.affiliation VALUES
	('01a20dd5-c384-70e2-8f43-afec80826698', '01a20dd5-c382-72fa-a1b9-bce12fa490f1', 'Cubeforge', 'cubeforge', 'COMPANY', '01a20dd5-c334-7156-b8b8-bc58d21e58d5', '01a20dd5-c334-7156-b8b8-bc58d21e58d5', 'CEO', true, NULL, NULL, '2026-11-24 13:54:02.756481+00', 1, NULL),
	('01a20dd5-c39c-7179-bdd5-ff66a5c41879', '01a20dd5-c39b-777b-8abd-17d99067c147', 'Handover', 'handover', 'COMPANY', '01a20dd5-c34f-73e0-b547-d92a3501f204', '01a20dd5-c34f-73e0-b547-d92a3501f204', 'CEO', true, NULL, NULL, '2026-11-24 13:54:02.780321+00', 1, NULL),
	('01a20dd5-c3b1-70f1-b2b4-7c9524819502', '01a20dd5-c3b0-7499-af68-dcfd79d5a88d', 'Bigclaim', 'bigclaim', 'COMPANY', '01a20dd5-c323-741c-95d1-0671d5e6c595', '01a20dd5-c323-741c-95d1-0671d5e6c595', 'CEO', true, NULL, NULL, '2026-11-24 13:54:02.801321+00', 1, NULL),
	('01a20dd5-c3bc-73b4-b586-a0c3ad5cfb69', '01a20dd5-c3bb-7601-a9f6-6388af2e537c', 'Meshwright', 'meshwright', 'COMPANY', '01a20dd5-c33f-74f1-9ed2-662d93032d11', '01a20dd5-c33f-74f1-9ed2-662d93032d11', 'CEO', true, NULL, NULL, '2026-11-24 13:54:02.812377+00', 1, NULL),
	('01a20dd5-c3cf-7570-80ae-47afbc2f96fb', '01a20dd5-c3cd-7515-a948-b14c9d60a0c8', 'Wrapwell', 'wrapwell', 'COMPANY', '01a20dd5-c346-7227-b1bb-e21c6a0e6e53', '01a20dd5-c346-7227-b1bb-e21c6a0e6e53', 'CEO', true, NULL, NULL, '2026-11-24 13:54:02.831081+00', 1, NULL);
INSERT INTO public.affiliation_version VALUES
	('01a20dd5-c384-70e2-8f43-afec80826698', 1, '2026-11-24 13:54:02.756481+00', NULL, '01a20dd5-c382-72fa-a1b9-bce12fa490f1', 'Cubeforge', 'COMPANY', '01a20dd5-c334-7156-b8b8-bc58d21e58d5', 'CEO', true, NULL, NULL, NULL),
	('01a20dd5-c39c-7179-bdd5-ff66a5c41879', 1, '2026-11-24 13:54:02.780321+00', NULL, '01a20dd5-c39b-777b-8abd-17d99067c147', 'Handover', 'COMPANY', '01a20dd5-c34f-73e0-b547-d92a3501f204', 'CEO', true, NULL, NULL, NULL),
	('01a20dd5-c3b1-70f1-b2b4-7c9524819502', 1, '2026-11-24 13:54:02.801321+00', NULL, '01a20dd5-c3b0-7499-af68-dcfd79d5a88d', 'Bigclaim', 'COMPANY', '01a20dd5-c323-741c-95d1-0671d5e6c595', 'CEO', true, NULL, NULL, NULL),
	('01a20dd5-c3bc-73b4-b586-a0c3ad5cfb69', 1, '2026-11-24 13:54:02.812377+00', NULL, '01a20dd5-c3bb-7601-a9f6-6388af2e537c', 'Meshwright', 'COMPANY', '01a20dd5-c33f-74f1-9ed2-662d93032d11', 'CEO', true, NULL, NULL, NULL),
	('01a20dd5-c3cf-7570-80ae-47afbc2f96fb', 1, '2026-11-24 13:54:02.831081+00', NULL, '01a20dd5-c3cd-7515-a948-b14c9d60a0c8', 'Wrapwell', 'COMPANY', '01a20dd5-c346-7227-b1bb-e21c6a0e6e53', 'CEO', true, NULL, NULL, NULL);
INSERT INTO public.app_user VALUES
	('01a20dd5-c319-7010-b078-1fc7e026c730', 'First partner', 'admin@touchstone.example', 'ADMIN', true, '2026-11-24 13:54:02.648071+00', '2026-11-24 13:54:02.648071+00', 1);
INSERT INTO public.deal VALUES
	('01a20dd5-c389-716f-80c6-fc40d4599dd8', '01a20dd5-c334-7156-b8b8-bc58d21e58d5', '01a20dd5-c334-7156-b8b8-bc58d21e58d5', 'Cubeforge Pre-A', 'cubeforge pre-a', 'cubeforge pre-a', '01a20dd5-c314-743e-8da9-63c424462a84', 'ACTIVE', '01a20dd5-c319-7010-b078-1fc7e026c730', '{}', '01a20dd5-c319-7010-b078-1fc7e026c730', 'TEAM', 'PRE_A', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": null, "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', 'Call three of the studios (fictional)', NULL, NULL, NULL, NULL, NULL, '2026-11-03 13:54:02.759882+00', 0, NULL, '2026-10-15 13:54:02.759882+00', '2026-11-24 13:54:02.759897+00', '2026-11-24 13:54:02.774565+00', 3, NULL),
	('01a20dd5-c39f-73c8-960f-8ab641da333a', '01a20dd5-c34f-73e0-b547-d92a3501f204', '01a20dd5-c34f-73e0-b547-d92a3501f204', 'Handover A', 'handover a', 'handover a', '01a20dd5-c314-743e-8da9-63c5214f9723', 'ACTIVE', '01a20dd5-c319-7010-b078-1fc7e026c730', '{}', '01a20dd5-c319-7010-b078-1fc7e026c730', 'TEAM', 'A', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": null, "channel": "EVENT", "personId": null, "precision": "DAY"}]', 'Count the arms at two warehouses (fictional)', NULL, NULL, NULL, NULL, NULL, '2026-10-31 13:54:02.782506+00', 0, NULL, '2026-09-10 13:54:02.782506+00', '2026-11-24 13:54:02.782519+00', '2026-11-24 13:54:02.795656+00', 4, NULL),
	('01a20dd5-c3b4-76e4-b5de-9d38f0678cdb', '01a20dd5-c323-741c-95d1-0671d5e6c595', '01a20dd5-c323-741c-95d1-0671d5e6c595', 'Bigclaim Angel', 'bigclaim angel', 'bigclaim angel', '01a20dd5-c313-709a-a142-3390d1e64d73', 'ACTIVE', '01a20dd5-c319-7010-b078-1fc7e026c730', '{}', '01a20dd5-c319-7010-b078-1fc7e026c730', 'TEAM', 'ANGEL', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": null, "channel": "FA", "personId": null, "precision": "DAY"}]', 'Ask for the list of customers (fictional)', NULL, NULL, NULL, NULL, NULL, '2026-11-20 13:54:02.803386+00', 0, NULL, '2026-11-15 13:54:02.803386+00', '2026-11-24 13:54:02.803398+00', '2026-11-24 13:54:02.807044+00', 2, NULL),
	('01a20dd5-c3bf-75c6-a567-9aaa9659f86c', '01a20dd5-c33f-74f1-9ed2-662d93032d11', '01a20dd5-c33f-74f1-9ed2-662d93032d11', 'Meshwright Seed', 'meshwright seed', 'meshwright seed', '01a20dd5-c314-743e-8da9-63c424462a84', 'PASSED', '01a20dd5-c319-7010-b078-1fc7e026c730', '{}', '01a20dd5-c319-7010-b078-1fc7e026c730', 'TEAM', 'SEED', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": null, "channel": "UNIVERSITY", "personId": null, "precision": "DAY"}]', NULL, NULL, 'TIMING', NULL, NULL, NULL, '2026-01-28 13:54:02.814339+00', 0, NULL, '2026-01-18 13:54:02.814339+00', '2026-11-24 13:54:02.814351+00', '2026-11-24 13:54:02.825709+00', 4, NULL),
	('01a20dd5-c3d2-7194-bbda-bc12c0097eda', '01a20dd5-c346-7227-b1bb-e21c6a0e6e53', '01a20dd5-c346-7227-b1bb-e21c6a0e6e53', 'Wrapwell Seed', 'wrapwell seed', 'wrapwell seed', '01a20dd5-c312-7290-abf0-09d78634732f', 'PASSED', '01a20dd5-c319-7010-b078-1fc7e026c730', '{}', '01a20dd5-c319-7010-b078-1fc7e026c730', 'TEAM', 'SEED', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": null, "channel": "INBOUND", "personId": null, "precision": "DAY"}]', NULL, NULL, 'WRAPPER', NULL, NULL, NULL, '2026-09-25 13:54:02.833221+00', 0, NULL, '2026-09-25 13:54:02.833221+00', '2026-11-24 13:54:02.833234+00', '2026-11-24 13:54:02.836778+00', 2, NULL);
INSERT INTO public.deal_change VALUES
	('01a20dd5-c389-716f-80c6-fc4163e824d6', '01a20dd5-c389-716f-80c6-fc40d4599dd8', NULL, '01a20dd5-c312-7290-abf0-09d78634732f', NULL, 'ACTIVE', '2026-10-15 13:54:02.759882+00', '2026-11-24 13:54:02.759897+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, '{}', NULL),
	('01a20dd5-c392-7365-a6ba-42e687efbfa7', '01a20dd5-c389-716f-80c6-fc40d4599dd8', '01a20dd5-c312-7290-abf0-09d78634732f', '01a20dd5-c313-709a-a142-3390d1e64d73', 'ACTIVE', 'ACTIVE', '2026-10-22 13:54:02.759882+00', '2026-11-24 13:54:02.767852+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, '{}', NULL),
	('01a20dd5-c398-77b1-9218-20fc766f39d4', '01a20dd5-c389-716f-80c6-fc40d4599dd8', '01a20dd5-c313-709a-a142-3390d1e64d73', '01a20dd5-c314-743e-8da9-63c424462a84', 'ACTIVE', 'ACTIVE', '2026-11-03 13:54:02.759882+00', '2026-11-24 13:54:02.774565+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, '{}', NULL),
	('01a20dd5-c39f-73c8-960f-8ab70616201d', '01a20dd5-c39f-73c8-960f-8ab641da333a', NULL, '01a20dd5-c312-7290-abf0-09d78634732f', NULL, 'ACTIVE', '2026-09-10 13:54:02.782506+00', '2026-11-24 13:54:02.782519+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, '{}', NULL),
	('01a20dd5-c3a4-7117-9bf3-b30be9f01ea4', '01a20dd5-c39f-73c8-960f-8ab641da333a', '01a20dd5-c312-7290-abf0-09d78634732f', '01a20dd5-c313-709a-a142-3390d1e64d73', 'ACTIVE', 'ACTIVE', '2026-09-15 13:54:02.782506+00', '2026-11-24 13:54:02.786429+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, '{}', NULL),
	('01a20dd5-c3a8-72a7-ae35-c5882416f89d', '01a20dd5-c39f-73c8-960f-8ab641da333a', '01a20dd5-c313-709a-a142-3390d1e64d73', '01a20dd5-c314-743e-8da9-63c424462a84', 'ACTIVE', 'ACTIVE', '2026-10-03 13:54:02.782506+00', '2026-11-24 13:54:02.791129+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, '{}', NULL),
	('01a20dd5-c3ad-7737-805a-6d433242cf30', '01a20dd5-c39f-73c8-960f-8ab641da333a', '01a20dd5-c314-743e-8da9-63c424462a84', '01a20dd5-c314-743e-8da9-63c5214f9723', 'ACTIVE', 'ACTIVE', '2026-10-31 13:54:02.782506+00', '2026-11-24 13:54:02.795656+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, '{}', NULL),
	('01a20dd5-c3b4-76e4-b5de-9d393e8849bf', '01a20dd5-c3b4-76e4-b5de-9d38f0678cdb', NULL, '01a20dd5-c312-7290-abf0-09d78634732f', NULL, 'ACTIVE', '2026-11-15 13:54:02.803386+00', '2026-11-24 13:54:02.803398+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, '{}', NULL),
	('01a20dd5-c3b8-7281-98f2-9d0dcc47d871', '01a20dd5-c3b4-76e4-b5de-9d38f0678cdb', '01a20dd5-c312-7290-abf0-09d78634732f', '01a20dd5-c313-709a-a142-3390d1e64d73', 'ACTIVE', 'ACTIVE', '2026-11-20 13:54:02.803386+00', '2026-11-24 13:54:02.807044+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, '{}', NULL),
	('01a20dd5-c3bf-75c6-a567-9aab19ce5b1c', '01a20dd5-c3bf-75c6-a567-9aaa9659f86c', NULL, '01a20dd5-c312-7290-abf0-09d78634732f', NULL, 'ACTIVE', '2026-01-18 13:54:02.814339+00', '2026-11-24 13:54:02.814351+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, '{}', NULL),
	('01a20dd5-c3c3-7492-b512-091ed29b9c88', '01a20dd5-c3bf-75c6-a567-9aaa9659f86c', '01a20dd5-c312-7290-abf0-09d78634732f', '01a20dd5-c313-709a-a142-3390d1e64d73', 'ACTIVE', 'ACTIVE', '2026-01-23 13:54:02.814339+00', '2026-11-24 13:54:02.817776+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, '{}', NULL),
	('01a20dd5-c3c7-7516-a32e-6a4a636f9728', '01a20dd5-c3bf-75c6-a567-9aaa9659f86c', '01a20dd5-c313-709a-a142-3390d1e64d73', '01a20dd5-c314-743e-8da9-63c424462a84', 'ACTIVE', 'ACTIVE', '2026-01-28 13:54:02.814339+00', '2026-11-24 13:54:02.821744+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, '{}', NULL),
	('01a20dd5-c3cb-759d-a25b-e68d978c341c', '01a20dd5-c3bf-75c6-a567-9aaa9659f86c', '01a20dd5-c314-743e-8da9-63c424462a84', '01a20dd5-c314-743e-8da9-63c424462a84', 'ACTIVE', 'PASSED', '2026-02-03 13:54:02.814339+00', '2026-11-24 13:54:02.825709+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'fictional', 'TIMING', '{}', NULL),
	('01a20dd5-c3d2-7194-bbda-bc138129b050', '01a20dd5-c3d2-7194-bbda-bc12c0097eda', NULL, '01a20dd5-c312-7290-abf0-09d78634732f', NULL, 'ACTIVE', '2026-09-25 13:54:02.833221+00', '2026-11-24 13:54:02.833234+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, '{}', NULL),
	('01a20dd5-c3d6-72c4-9cdc-2fc1c60e9894', '01a20dd5-c3d2-7194-bbda-bc12c0097eda', '01a20dd5-c312-7290-abf0-09d78634732f', '01a20dd5-c312-7290-abf0-09d78634732f', 'ACTIVE', 'PASSED', '2026-09-30 13:54:02.833221+00', '2026-11-24 13:54:02.836778+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'fictional', 'WRAPPER', '{}', NULL);
INSERT INTO public.deal_version VALUES
	('01a20dd5-c389-716f-80c6-fc40d4599dd8', 1, '2026-11-24 13:54:02.759897+00', '2026-11-24 13:54:02.767852+00', '01a20dd5-c334-7156-b8b8-bc58d21e58d5', 'Cubeforge Pre-A', 'cubeforge pre-a', '01a20dd5-c312-7290-abf0-09d78634732f', 'ACTIVE', '01a20dd5-c319-7010-b078-1fc7e026c730', '{}', '01a20dd5-c319-7010-b078-1fc7e026c730', 'TEAM', 'PRE_A', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": null, "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', 'Call three of the studios (fictional)', NULL, NULL, NULL, NULL, NULL, '2026-10-15 13:54:02.759882+00', 0, NULL, NULL),
	('01a20dd5-c389-716f-80c6-fc40d4599dd8', 2, '2026-11-24 13:54:02.767852+00', '2026-11-24 13:54:02.774565+00', '01a20dd5-c334-7156-b8b8-bc58d21e58d5', 'Cubeforge Pre-A', 'cubeforge pre-a', '01a20dd5-c313-709a-a142-3390d1e64d73', 'ACTIVE', '01a20dd5-c319-7010-b078-1fc7e026c730', '{}', '01a20dd5-c319-7010-b078-1fc7e026c730', 'TEAM', 'PRE_A', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": null, "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', 'Call three of the studios (fictional)', NULL, NULL, NULL, NULL, NULL, '2026-10-22 13:54:02.759882+00', 0, NULL, NULL),
	('01a20dd5-c389-716f-80c6-fc40d4599dd8', 3, '2026-11-24 13:54:02.774565+00', NULL, '01a20dd5-c334-7156-b8b8-bc58d21e58d5', 'Cubeforge Pre-A', 'cubeforge pre-a', '01a20dd5-c314-743e-8da9-63c424462a84', 'ACTIVE', '01a20dd5-c319-7010-b078-1fc7e026c730', '{}', '01a20dd5-c319-7010-b078-1fc7e026c730', 'TEAM', 'PRE_A', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": null, "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', 'Call three of the studios (fictional)', NULL, NULL, NULL, NULL, NULL, '2026-11-03 13:54:02.759882+00', 0, NULL, NULL),
	('01a20dd5-c39f-73c8-960f-8ab641da333a', 1, '2026-11-24 13:54:02.782519+00', '2026-11-24 13:54:02.786429+00', '01a20dd5-c34f-73e0-b547-d92a3501f204', 'Handover A', 'handover a', '01a20dd5-c312-7290-abf0-09d78634732f', 'ACTIVE', '01a20dd5-c319-7010-b078-1fc7e026c730', '{}', '01a20dd5-c319-7010-b078-1fc7e026c730', 'TEAM', 'A', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": null, "channel": "EVENT", "personId": null, "precision": "DAY"}]', 'Count the arms at two warehouses (fictional)', NULL, NULL, NULL, NULL, NULL, '2026-09-10 13:54:02.782506+00', 0, NULL, NULL),
	('01a20dd5-c39f-73c8-960f-8ab641da333a', 2, '2026-11-24 13:54:02.786429+00', '2026-11-24 13:54:02.791129+00', '01a20dd5-c34f-73e0-b547-d92a3501f204', 'Handover A', 'handover a', '01a20dd5-c313-709a-a142-3390d1e64d73', 'ACTIVE', '01a20dd5-c319-7010-b078-1fc7e026c730', '{}', '01a20dd5-c319-7010-b078-1fc7e026c730', 'TEAM', 'A', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": null, "channel": "EVENT", "personId": null, "precision": "DAY"}]', 'Count the arms at two warehouses (fictional)', NULL, NULL, NULL, NULL, NULL, '2026-09-15 13:54:02.782506+00', 0, NULL, NULL),
	('01a20dd5-c39f-73c8-960f-8ab641da333a', 3, '2026-11-24 13:54:02.791129+00', '2026-11-24 13:54:02.795656+00', '01a20dd5-c34f-73e0-b547-d92a3501f204', 'Handover A', 'handover a', '01a20dd5-c314-743e-8da9-63c424462a84', 'ACTIVE', '01a20dd5-c319-7010-b078-1fc7e026c730', '{}', '01a20dd5-c319-7010-b078-1fc7e026c730', 'TEAM', 'A', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": null, "channel": "EVENT", "personId": null, "precision": "DAY"}]', 'Count the arms at two warehouses (fictional)', NULL, NULL, NULL, NULL, NULL, '2026-10-03 13:54:02.782506+00', 0, NULL, NULL),
	('01a20dd5-c39f-73c8-960f-8ab641da333a', 4, '2026-11-24 13:54:02.795656+00', NULL, '01a20dd5-c34f-73e0-b547-d92a3501f204', 'Handover A', 'handover a', '01a20dd5-c314-743e-8da9-63c5214f9723', 'ACTIVE', '01a20dd5-c319-7010-b078-1fc7e026c730', '{}', '01a20dd5-c319-7010-b078-1fc7e026c730', 'TEAM', 'A', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": null, "channel": "EVENT", "personId": null, "precision": "DAY"}]', 'Count the arms at two warehouses (fictional)', NULL, NULL, NULL, NULL, NULL, '2026-10-31 13:54:02.782506+00', 0, NULL, NULL),
	('01a20dd5-c3b4-76e4-b5de-9d38f0678cdb', 1, '2026-11-24 13:54:02.803398+00', '2026-11-24 13:54:02.807044+00', '01a20dd5-c323-741c-95d1-0671d5e6c595', 'Bigclaim Angel', 'bigclaim angel', '01a20dd5-c312-7290-abf0-09d78634732f', 'ACTIVE', '01a20dd5-c319-7010-b078-1fc7e026c730', '{}', '01a20dd5-c319-7010-b078-1fc7e026c730', 'TEAM', 'ANGEL', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": null, "channel": "FA", "personId": null, "precision": "DAY"}]', 'Ask for the list of customers (fictional)', NULL, NULL, NULL, NULL, NULL, '2026-11-15 13:54:02.803386+00', 0, NULL, NULL),
	('01a20dd5-c3b4-76e4-b5de-9d38f0678cdb', 2, '2026-11-24 13:54:02.807044+00', NULL, '01a20dd5-c323-741c-95d1-0671d5e6c595', 'Bigclaim Angel', 'bigclaim angel', '01a20dd5-c313-709a-a142-3390d1e64d73', 'ACTIVE', '01a20dd5-c319-7010-b078-1fc7e026c730', '{}', '01a20dd5-c319-7010-b078-1fc7e026c730', 'TEAM', 'ANGEL', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": null, "channel": "FA", "personId": null, "precision": "DAY"}]', 'Ask for the list of customers (fictional)', NULL, NULL, NULL, NULL, NULL, '2026-11-20 13:54:02.803386+00', 0, NULL, NULL),
	('01a20dd5-c3bf-75c6-a567-9aaa9659f86c', 1, '2026-11-24 13:54:02.814351+00', '2026-11-24 13:54:02.817776+00', '01a20dd5-c33f-74f1-9ed2-662d93032d11', 'Meshwright Seed', 'meshwright seed', '01a20dd5-c312-7290-abf0-09d78634732f', 'ACTIVE', '01a20dd5-c319-7010-b078-1fc7e026c730', '{}', '01a20dd5-c319-7010-b078-1fc7e026c730', 'TEAM', 'SEED', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": null, "channel": "UNIVERSITY", "personId": null, "precision": "DAY"}]', NULL, NULL, NULL, NULL, NULL, NULL, '2026-01-18 13:54:02.814339+00', 0, NULL, NULL),
	('01a20dd5-c3bf-75c6-a567-9aaa9659f86c', 2, '2026-11-24 13:54:02.817776+00', '2026-11-24 13:54:02.821744+00', '01a20dd5-c33f-74f1-9ed2-662d93032d11', 'Meshwright Seed', 'meshwright seed', '01a20dd5-c313-709a-a142-3390d1e64d73', 'ACTIVE', '01a20dd5-c319-7010-b078-1fc7e026c730', '{}', '01a20dd5-c319-7010-b078-1fc7e026c730', 'TEAM', 'SEED', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": null, "channel": "UNIVERSITY", "personId": null, "precision": "DAY"}]', NULL, NULL, NULL, NULL, NULL, NULL, '2026-01-23 13:54:02.814339+00', 0, NULL, NULL),
	('01a20dd5-c3bf-75c6-a567-9aaa9659f86c', 3, '2026-11-24 13:54:02.821744+00', '2026-11-24 13:54:02.825709+00', '01a20dd5-c33f-74f1-9ed2-662d93032d11', 'Meshwright Seed', 'meshwright seed', '01a20dd5-c314-743e-8da9-63c424462a84', 'ACTIVE', '01a20dd5-c319-7010-b078-1fc7e026c730', '{}', '01a20dd5-c319-7010-b078-1fc7e026c730', 'TEAM', 'SEED', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": null, "channel": "UNIVERSITY", "personId": null, "precision": "DAY"}]', NULL, NULL, NULL, NULL, NULL, NULL, '2026-01-28 13:54:02.814339+00', 0, NULL, NULL),
	('01a20dd5-c3bf-75c6-a567-9aaa9659f86c', 4, '2026-11-24 13:54:02.825709+00', NULL, '01a20dd5-c33f-74f1-9ed2-662d93032d11', 'Meshwright Seed', 'meshwright seed', '01a20dd5-c314-743e-8da9-63c424462a84', 'PASSED', '01a20dd5-c319-7010-b078-1fc7e026c730', '{}', '01a20dd5-c319-7010-b078-1fc7e026c730', 'TEAM', 'SEED', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": null, "channel": "UNIVERSITY", "personId": null, "precision": "DAY"}]', NULL, NULL, 'TIMING', NULL, NULL, NULL, '2026-01-28 13:54:02.814339+00', 0, NULL, NULL),
	('01a20dd5-c3d2-7194-bbda-bc12c0097eda', 1, '2026-11-24 13:54:02.833234+00', '2026-11-24 13:54:02.836778+00', '01a20dd5-c346-7227-b1bb-e21c6a0e6e53', 'Wrapwell Seed', 'wrapwell seed', '01a20dd5-c312-7290-abf0-09d78634732f', 'ACTIVE', '01a20dd5-c319-7010-b078-1fc7e026c730', '{}', '01a20dd5-c319-7010-b078-1fc7e026c730', 'TEAM', 'SEED', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": null, "channel": "INBOUND", "personId": null, "precision": "DAY"}]', NULL, NULL, NULL, NULL, NULL, NULL, '2026-09-25 13:54:02.833221+00', 0, NULL, NULL),
	('01a20dd5-c3d2-7194-bbda-bc12c0097eda', 2, '2026-11-24 13:54:02.836778+00', NULL, '01a20dd5-c346-7227-b1bb-e21c6a0e6e53', 'Wrapwell Seed', 'wrapwell seed', '01a20dd5-c312-7290-abf0-09d78634732f', 'PASSED', '01a20dd5-c319-7010-b078-1fc7e026c730', '{}', '01a20dd5-c319-7010-b078-1fc7e026c730', 'TEAM', 'SEED', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": null, "channel": "INBOUND", "personId": null, "precision": "DAY"}]', NULL, NULL, 'WRAPPER', NULL, NULL, NULL, '2026-09-25 13:54:02.833221+00', 0, NULL, NULL);
INSERT INTO public.evidence VALUES
	('01a20dd5-c329-74ae-a505-350b02f17f34', '01a20dd5-c323-741c-95d1-0671d5e6c595', '01a20dd5-c323-741c-95d1-0671d5e6c595', 'PAYING_CUSTOMERS', 100.0000, 'EXACT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-21', 'DAY', NULL, 'CLAIMED', 'CLAIMED', 'DATA_ROOM', NULL, NULL, '{}', 'fictional', NULL, '2026-11-24 13:54:02.66387+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, NULL),
	('01a20dd5-c32d-727c-8a94-10527987be81', '01a20dd5-c323-741c-95d1-0671d5e6c595', '01a20dd5-c323-741c-95d1-0671d5e6c595', 'ACTIVE_USERS', 100000.0000, 'EXACT', NULL, NULL, NULL, 'MONTH', NULL, NULL, NULL, NULL, '2026-11-21', 'DAY', NULL, 'CLAIMED', 'CLAIMED', 'DATA_ROOM', NULL, NULL, '{}', 'fictional', NULL, '2026-11-24 13:54:02.669091+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, NULL),
	('01a20dd5-c337-74b8-b64b-7f3b724f9959', '01a20dd5-c334-7156-b8b8-bc58d21e58d5', '01a20dd5-c334-7156-b8b8-bc58d21e58d5', 'PAYING_CUSTOMERS', 20.0000, 'EXACT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-10-24', 'DAY', NULL, 'DOCUMENTED', 'DOCUMENTED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:54:02.679218+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, NULL),
	('01a20dd5-c339-728f-a454-24f6646a5f46', '01a20dd5-c334-7156-b8b8-bc58d21e58d5', '01a20dd5-c334-7156-b8b8-bc58d21e58d5', 'RETENTION', 35.0000, 'EXACT', NULL, NULL, NULL, NULL, 30, 400, NULL, NULL, '2026-09-24', 'DAY', NULL, 'DOCUMENTED', 'DOCUMENTED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:54:02.681358+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, NULL),
	('01a20dd5-c33b-7477-8688-8e065e94696b', '01a20dd5-c334-7156-b8b8-bc58d21e58d5', '01a20dd5-c334-7156-b8b8-bc58d21e58d5', 'ACTIVE_USERS', 30000.0000, 'EXACT', NULL, NULL, NULL, 'MONTH', NULL, NULL, NULL, NULL, '2026-11-08', 'DAY', NULL, 'CLAIMED', 'CLAIMED', 'DATA_ROOM', NULL, NULL, '{}', 'fictional', NULL, '2026-11-24 13:54:02.683313+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, NULL),
	('01a20dd5-c341-72fa-9b12-dfd0680e4bb1', '01a20dd5-c33f-74f1-9ed2-662d93032d11', '01a20dd5-c33f-74f1-9ed2-662d93032d11', 'PAYING_CUSTOMERS', 14.0000, 'EXACT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-01', 'DAY', NULL, 'DOCUMENTED', 'DOCUMENTED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:54:02.688783+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, NULL),
	('01a20dd5-c343-70d5-9107-22fb5cb7eaae', '01a20dd5-c33f-74f1-9ed2-662d93032d11', '01a20dd5-c33f-74f1-9ed2-662d93032d11', 'WAITLIST', 4000.0000, 'EXACT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-01-28', 'DAY', NULL, 'CLAIMED', 'CLAIMED', 'DATA_ROOM', NULL, NULL, '{}', 'fictional', NULL, '2026-11-24 13:54:02.690843+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, NULL),
	('01a20dd5-c34c-737c-93dc-593a87bd7018', '01a20dd5-c34a-75cf-b09b-613ef6fc4596', '01a20dd5-c34a-75cf-b09b-613ef6fc4596', 'ACTIVE_USERS', 2000.0000, 'EXACT', NULL, NULL, NULL, 'MONTH', NULL, NULL, NULL, NULL, '2026-10-15', 'DAY', NULL, 'CLAIMED', 'CLAIMED', 'DATA_ROOM', NULL, NULL, '{}', 'fictional', NULL, '2026-11-24 13:54:02.699717+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, NULL),
	('01a20dd5-c351-7221-bbc5-775264804dfe', '01a20dd5-c34f-73e0-b547-d92a3501f204', '01a20dd5-c34f-73e0-b547-d92a3501f204', 'UNITS_DEPLOYED', 42.0000, 'EXACT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-04', 'DAY', NULL, 'DOCUMENTED', 'VERIFIED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:54:02.705214+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, NULL),
	('01a20dd5-c356-7538-bb54-e0650dde3dc5', '01a20dd5-c34f-73e0-b547-d92a3501f204', '01a20dd5-c34f-73e0-b547-d92a3501f204', 'PILOTS', 3.0000, 'EXACT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-08-26', 'DAY', NULL, 'DOCUMENTED', 'DOCUMENTED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:54:02.71015+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, NULL),
	('01a20dd5-c35c-77dd-8d7c-6ccac7cd0f4d', '01a20dd5-c35a-77d2-ad35-95c16e2a0776', '01a20dd5-c35a-77d2-ad35-95c16e2a0776', 'PAYING_CUSTOMERS', 61.0000, 'EXACT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-12', 'DAY', NULL, 'DOCUMENTED', 'VERIFIED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:54:02.716128+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, NULL),
	('01a20dd5-c361-70ab-addd-74aef4923251', '01a20dd5-c35a-77d2-ad35-95c16e2a0776', '01a20dd5-c35a-77d2-ad35-95c16e2a0776', 'RETENTION', 58.0000, 'EXACT', NULL, NULL, NULL, NULL, 30, 400, NULL, NULL, '2026-10-10', 'DAY', NULL, 'DOCUMENTED', 'DOCUMENTED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:54:02.721351+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, NULL),
	('01a20dd5-c367-7077-a311-3d4bcaa9d404', '01a20dd5-c365-7210-ae35-87559638bb4c', '01a20dd5-c365-7210-ae35-87559638bb4c', 'DEVELOPERS_BUILDING', 700.0000, 'EXACT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-10-30', 'DAY', NULL, 'DOCUMENTED', 'DOCUMENTED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:54:02.727117+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, NULL),
	('01a20dd5-c369-72b0-ab83-6ab1a4d80358', '01a20dd5-c365-7210-ae35-87559638bb4c', '01a20dd5-c365-7210-ae35-87559638bb4c', 'OPEN_SOURCE_STARS', 5200.0000, 'EXACT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-16', 'DAY', NULL, 'DOCUMENTED', 'DOCUMENTED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:54:02.72897+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, NULL),
	('01a20dd5-c36e-762c-87cc-6d5f3cd4f012', '01a20dd5-c36c-73d5-814c-879682963e5e', '01a20dd5-c36c-73d5-814c-879682963e5e', 'PAYING_CUSTOMERS', 9.0000, 'EXACT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-09-15', 'DAY', NULL, 'DOCUMENTED', 'DOCUMENTED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:54:02.734353+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, NULL),
	('01a20dd5-c373-709a-ab53-e7df97f2cfc9', '01a20dd5-c371-71f4-baea-7bc4ab40c4a2', '01a20dd5-c371-71f4-baea-7bc4ab40c4a2', 'PAYING_CUSTOMERS', 30.0000, 'EXACT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-09', 'DAY', NULL, 'DOCUMENTED', 'REFUTED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:54:02.739436+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, NULL),
	('01a20dd5-c37a-7019-b8aa-0a895b9e545b', '01a20dd5-c378-7188-8f89-b3f693b24d2d', '01a20dd5-c378-7188-8f89-b3f693b24d2d', 'PILOTS', 2.0000, 'EXACT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-10-22', 'DAY', NULL, 'DOCUMENTED', 'DOCUMENTED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:54:02.745996+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, NULL),
	('01a20dd5-c37f-7280-be32-f20bc4f3a265', '01a20dd5-c37d-7313-a7b6-9f8f70814aba', '01a20dd5-c37d-7313-a7b6-9f8f70814aba', 'PAYING_CUSTOMERS', 120.0000, 'EXACT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-06', 'DAY', NULL, 'DOCUMENTED', 'DOCUMENTED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:54:02.75072+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, NULL),
	('01a20dd5-c380-7279-abfd-ddd2ca8117c3', '01a20dd5-c37d-7313-a7b6-9f8f70814aba', '01a20dd5-c37d-7313-a7b6-9f8f70814aba', 'ACTIVE_USERS', 9000.0000, 'EXACT', NULL, NULL, NULL, 'MONTH', NULL, NULL, NULL, NULL, '2026-11-06', 'DAY', NULL, 'DOCUMENTED', 'DOCUMENTED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:54:02.752401+00', '01a20dd5-c319-7010-b078-1fc7e026c730', NULL, NULL, NULL);
INSERT INTO public.evidence_review VALUES
	('01a20dd5-c353-7624-bb88-5514b7791028', '01a20dd5-c351-7221-bbc5-775264804dfe', 'DOCUMENTED', 'VERIFIED', '2026-11-24 13:54:02.705215+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'called the customers (fictional)'),
	('01a20dd5-c35e-763e-9dcc-f3754a79bc16', '01a20dd5-c35c-77dd-8d7c-6ccac7cd0f4d', 'DOCUMENTED', 'VERIFIED', '2026-11-24 13:54:02.716129+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'called the customers (fictional)'),
	('01a20dd5-c374-702d-a470-35f15bff62da', '01a20dd5-c373-709a-ab53-e7df97f2cfc9', 'DOCUMENTED', 'REFUTED', '2026-11-24 13:54:02.739437+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'called the customers (fictional)');
INSERT INTO public.operation VALUES
	('01a20dd5-c319-7010-b078-1fc8ac382229', '2026-11-24 13:54:02.648071+00', NULL, 'addUser', NULL, NULL),
	('01a20dd5-c326-77f7-9983-3fb4660fd916', '2026-11-24 13:54:02.65469+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'createStartup', NULL, NULL),
	('01a20dd5-c32b-75b1-93c6-778495f689c4', '2026-11-24 13:54:02.66387+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'recordEvidence', NULL, NULL),
	('01a20dd5-c32f-7024-957d-bb250238ee34', '2026-11-24 13:54:02.669091+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'recordEvidence', NULL, NULL),
	('01a20dd5-c336-720c-ad43-7df0c5edaca9', '2026-11-24 13:54:02.672365+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'createStartup', NULL, NULL),
	('01a20dd5-c338-70f9-8e52-85411399793d', '2026-11-24 13:54:02.679218+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'recordEvidence', NULL, NULL),
	('01a20dd5-c33a-73e1-b479-ef1225339484', '2026-11-24 13:54:02.681358+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'recordEvidence', NULL, NULL),
	('01a20dd5-c33c-7471-acc1-fc532d57f5ed', '2026-11-24 13:54:02.683313+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'recordEvidence', NULL, NULL),
	('01a20dd5-c33f-74f1-9ed2-662e2206aab5', '2026-11-24 13:54:02.685146+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'createStartup', NULL, NULL),
	('01a20dd5-c341-72fa-9b12-dfd1963f59cc', '2026-11-24 13:54:02.688783+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'recordEvidence', NULL, NULL),
	('01a20dd5-c343-70d5-9107-22fce53a6401', '2026-11-24 13:54:02.690843+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'recordEvidence', NULL, NULL),
	('01a20dd5-c347-72eb-8746-84f102bffe58', '2026-11-24 13:54:02.692715+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'createStartup', NULL, NULL),
	('01a20dd5-c34a-75cf-b09b-613fe86376e3', '2026-11-24 13:54:02.696228+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'createStartup', NULL, NULL),
	('01a20dd5-c34c-737c-93dc-593b4fc7b8ab', '2026-11-24 13:54:02.699717+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'recordEvidence', NULL, NULL),
	('01a20dd5-c350-7280-b1dc-b47f861e5fab', '2026-11-24 13:54:02.701687+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'createStartup', NULL, NULL),
	('01a20dd5-c354-7338-b207-a9d8eec3bcc6', '2026-11-24 13:54:02.705214+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'recordEvidence', NULL, NULL),
	('01a20dd5-c357-7733-a6e0-e4aca0e3f150', '2026-11-24 13:54:02.71015+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'recordEvidence', NULL, NULL),
	('01a20dd5-c35b-7653-9b12-2c41fc944078', '2026-11-24 13:54:02.71213+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'createStartup', NULL, NULL),
	('01a20dd5-c35f-72bf-903b-ee70fb7f4e78', '2026-11-24 13:54:02.716128+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'recordEvidence', NULL, NULL),
	('01a20dd5-c362-72aa-a65f-9314d4ed36ca', '2026-11-24 13:54:02.721351+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'recordEvidence', NULL, NULL),
	('01a20dd5-c366-75f3-a803-2a2fda9a7b00', '2026-11-24 13:54:02.723407+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'createStartup', NULL, NULL),
	('01a20dd5-c368-74db-a69a-8fc65c0e77fa', '2026-11-24 13:54:02.727117+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'recordEvidence', NULL, NULL),
	('01a20dd5-c36a-73b0-a9ca-15d03774f412', '2026-11-24 13:54:02.72897+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'recordEvidence', NULL, NULL),
	('01a20dd5-c36d-7271-a474-b5f2194798d5', '2026-11-24 13:54:02.730815+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'createStartup', NULL, NULL),
	('01a20dd5-c36f-740b-b6c1-98f98f9d4c68', '2026-11-24 13:54:02.734353+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'recordEvidence', NULL, NULL),
	('01a20dd5-c372-7329-8a88-6309d0dcbfef', '2026-11-24 13:54:02.736126+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'createStartup', NULL, NULL),
	('01a20dd5-c375-708a-9918-d39e5e1d1917', '2026-11-24 13:54:02.739436+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'recordEvidence', NULL, NULL),
	('01a20dd5-c379-77f9-918e-740fa2f34536', '2026-11-24 13:54:02.74252+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'createStartup', NULL, NULL),
	('01a20dd5-c37b-7425-9bc6-cb2e89cf5ec8', '2026-11-24 13:54:02.745996+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'recordEvidence', NULL, NULL),
	('01a20dd5-c37d-7313-a7b6-9f90bd014b34', '2026-11-24 13:54:02.747721+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'createStartup', NULL, NULL),
	('01a20dd5-c37f-7280-be32-f20c5077adac', '2026-11-24 13:54:02.75072+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'recordEvidence', NULL, NULL),
	('01a20dd5-c381-736a-8a40-84a857b0a427', '2026-11-24 13:54:02.752401+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'recordEvidence', NULL, NULL),
	('01a20dd5-c383-77e5-9609-821419acb5a8', '2026-11-24 13:54:02.754181+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'createPerson', NULL, NULL),
	('01a20dd5-c387-77d6-bd9e-058123940698', '2026-11-24 13:54:02.756481+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'createAffiliation', NULL, NULL),
	('01a20dd5-c38d-7212-bec7-3a28ce630815', '2026-11-24 13:54:02.759897+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'openDeal', NULL, NULL),
	('01a20dd5-c395-74e5-b983-d2ebe67b10ee', '2026-11-24 13:54:02.767852+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'moveDeal', NULL, NULL),
	('01a20dd5-c399-7386-baed-588448731675', '2026-11-24 13:54:02.774565+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'moveDeal', NULL, NULL),
	('01a20dd5-c39b-777b-8abd-17dad2ad0cf8', '2026-11-24 13:54:02.779027+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'createPerson', NULL, NULL),
	('01a20dd5-c39d-71a9-b4c0-6d50e9b39dd2', '2026-11-24 13:54:02.780321+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'createAffiliation', NULL, NULL),
	('01a20dd5-c3a1-74d8-8b15-caf2ce46d0a4', '2026-11-24 13:54:02.782519+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'openDeal', NULL, NULL),
	('01a20dd5-c3a5-7363-9002-99917f2ba2c9', '2026-11-24 13:54:02.786429+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'moveDeal', NULL, NULL),
	('01a20dd5-c3aa-7518-8e58-a229415cad90', '2026-11-24 13:54:02.791129+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'moveDeal', NULL, NULL),
	('01a20dd5-c3ae-70e9-a7de-d11dcc692398', '2026-11-24 13:54:02.795656+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'moveDeal', NULL, NULL),
	('01a20dd5-c3b0-7499-af68-dcfe4476a19f', '2026-11-24 13:54:02.799955+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'createPerson', NULL, NULL),
	('01a20dd5-c3b2-705c-80ce-b9010513814a', '2026-11-24 13:54:02.801321+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'createAffiliation', NULL, NULL),
	('01a20dd5-c3b5-7111-a6df-f67707a946ca', '2026-11-24 13:54:02.803398+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'openDeal', NULL, NULL),
	('01a20dd5-c3b9-711d-bfd6-671fb621da72', '2026-11-24 13:54:02.807044+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'moveDeal', NULL, NULL),
	('01a20dd5-c3bb-7601-a9f6-638993deca28', '2026-11-24 13:54:02.81117+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'createPerson', NULL, NULL),
	('01a20dd5-c3bd-74f3-931b-981c59dc6b7a', '2026-11-24 13:54:02.812377+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'createAffiliation', NULL, NULL),
	('01a20dd5-c3c0-7643-90d5-b4ecbc90d9dd', '2026-11-24 13:54:02.814351+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'openDeal', NULL, NULL),
	('01a20dd5-c3c4-710e-856c-e1ed6bd60780', '2026-11-24 13:54:02.817776+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'moveDeal', NULL, NULL),
	('01a20dd5-c3c8-71b2-951b-a714d3af1aca', '2026-11-24 13:54:02.821744+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'moveDeal', NULL, NULL),
	('01a20dd5-c3cc-76e9-a7c8-dcf68519fdba', '2026-11-24 13:54:02.825709+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'moveDeal', NULL, NULL),
	('01a20dd5-c3ce-72fa-8580-725d2ec7257f', '2026-11-24 13:54:02.82957+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'createPerson', NULL, NULL),
	('01a20dd5-c3d0-71eb-a450-f56cd663257f', '2026-11-24 13:54:02.831081+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'createAffiliation', NULL, NULL),
	('01a20dd5-c3d3-7132-a042-b0736b554cae', '2026-11-24 13:54:02.833234+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'openDeal', NULL, NULL),
	('01a20dd5-c3d7-75e0-b2d1-63ffd2833d52', '2026-11-24 13:54:02.836778+00', '01a20dd5-c319-7010-b078-1fc7e026c730', 'moveDeal', NULL, NULL);
INSERT INTO public.operation_order OVERRIDING SYSTEM VALUE VALUES
	(1, '01a20dd5-c319-7010-b078-1fc8ac382229', 'addUser'),
	(2, '01a20dd5-c326-77f7-9983-3fb4660fd916', 'createStartup'),
	(3, '01a20dd5-c32b-75b1-93c6-778495f689c4', 'recordEvidence'),
	(4, '01a20dd5-c32f-7024-957d-bb250238ee34', 'recordEvidence'),
	(5, '01a20dd5-c336-720c-ad43-7df0c5edaca9', 'createStartup'),
	(6, '01a20dd5-c338-70f9-8e52-85411399793d', 'recordEvidence'),
	(7, '01a20dd5-c33a-73e1-b479-ef1225339484', 'recordEvidence'),
	(8, '01a20dd5-c33c-7471-acc1-fc532d57f5ed', 'recordEvidence'),
	(9, '01a20dd5-c33f-74f1-9ed2-662e2206aab5', 'createStartup'),
	(10, '01a20dd5-c341-72fa-9b12-dfd1963f59cc', 'recordEvidence'),
	(11, '01a20dd5-c343-70d5-9107-22fce53a6401', 'recordEvidence'),
	(12, '01a20dd5-c347-72eb-8746-84f102bffe58', 'createStartup'),
	(13, '01a20dd5-c34a-75cf-b09b-613fe86376e3', 'createStartup'),
	(14, '01a20dd5-c34c-737c-93dc-593b4fc7b8ab', 'recordEvidence'),
	(15, '01a20dd5-c350-7280-b1dc-b47f861e5fab', 'createStartup'),
	(16, '01a20dd5-c354-7338-b207-a9d8eec3bcc6', 'recordEvidence'),
	(17, '01a20dd5-c357-7733-a6e0-e4aca0e3f150', 'recordEvidence'),
	(18, '01a20dd5-c35b-7653-9b12-2c41fc944078', 'createStartup'),
	(19, '01a20dd5-c35f-72bf-903b-ee70fb7f4e78', 'recordEvidence'),
	(20, '01a20dd5-c362-72aa-a65f-9314d4ed36ca', 'recordEvidence'),
	(21, '01a20dd5-c366-75f3-a803-2a2fda9a7b00', 'createStartup'),
	(22, '01a20dd5-c368-74db-a69a-8fc65c0e77fa', 'recordEvidence'),
	(23, '01a20dd5-c36a-73b0-a9ca-15d03774f412', 'recordEvidence'),
	(24, '01a20dd5-c36d-7271-a474-b5f2194798d5', 'createStartup'),
	(25, '01a20dd5-c36f-740b-b6c1-98f98f9d4c68', 'recordEvidence'),
	(26, '01a20dd5-c372-7329-8a88-6309d0dcbfef', 'createStartup'),
	(27, '01a20dd5-c375-708a-9918-d39e5e1d1917', 'recordEvidence'),
	(28, '01a20dd5-c379-77f9-918e-740fa2f34536', 'createStartup'),
	(29, '01a20dd5-c37b-7425-9bc6-cb2e89cf5ec8', 'recordEvidence'),
	(30, '01a20dd5-c37d-7313-a7b6-9f90bd014b34', 'createStartup'),
	(31, '01a20dd5-c37f-7280-be32-f20c5077adac', 'recordEvidence'),
	(32, '01a20dd5-c381-736a-8a40-84a857b0a427', 'recordEvidence'),
	(33, '01a20dd5-c383-77e5-9609-821419acb5a8', 'createPerson'),
	(34, '01a20dd5-c387-77d6-bd9e-058123940698', 'createAffiliation'),
	(35, '01a20dd5-c38d-7212-bec7-3a28ce630815', 'openDeal'),
	(36, '01a20dd5-c395-74e5-b983-d2ebe67b10ee', 'moveDeal'),
	(37, '01a20dd5-c399-7386-baed-588448731675', 'moveDeal'),
	(38, '01a20dd5-c39b-777b-8abd-17dad2ad0cf8', 'createPerson'),
	(39, '01a20dd5-c39d-71a9-b4c0-6d50e9b39dd2', 'createAffiliation'),
	(40, '01a20dd5-c3a1-74d8-8b15-caf2ce46d0a4', 'openDeal'),
	(41, '01a20dd5-c3a5-7363-9002-99917f2ba2c9', 'moveDeal'),
	(42, '01a20dd5-c3aa-7518-8e58-a229415cad90', 'moveDeal'),
	(43, '01a20dd5-c3ae-70e9-a7de-d11dcc692398', 'moveDeal'),
	(44, '01a20dd5-c3b0-7499-af68-dcfe4476a19f', 'createPerson'),
	(45, '01a20dd5-c3b2-705c-80ce-b9010513814a', 'createAffiliation'),
	(46, '01a20dd5-c3b5-7111-a6df-f67707a946ca', 'openDeal'),
	(47, '01a20dd5-c3b9-711d-bfd6-671fb621da72', 'moveDeal'),
	(48, '01a20dd5-c3bb-7601-a9f6-638993deca28', 'createPerson'),
	(49, '01a20dd5-c3bd-74f3-931b-981c59dc6b7a', 'createAffiliation'),
	(50, '01a20dd5-c3c0-7643-90d5-b4ecbc90d9dd', 'openDeal'),
	(51, '01a20dd5-c3c4-710e-856c-e1ed6bd60780', 'moveDeal'),
	(52, '01a20dd5-c3c8-71b2-951b-a714d3af1aca', 'moveDeal'),
	(53, '01a20dd5-c3cc-76e9-a7c8-dcf68519fdba', 'moveDeal'),
	(54, '01a20dd5-c3ce-72fa-8580-725d2ec7257f', 'createPerson'),
	(55, '01a20dd5-c3d0-71eb-a450-f56cd663257f', 'createAffiliation'),
	(56, '01a20dd5-c3d3-7132-a042-b0736b554cae', 'openDeal'),
	(57, '01a20dd5-c3d7-75e0-b2d1-63ffd2833d52', 'moveDeal');
INSERT INTO public.person VALUES
	('01a20dd5-c382-72fa-a1b9-bce12fa490f1', 'Lin Zhou (fictional)', 'lin zhou (fictional)', '[{"kind": "OTHER", "name": "林舟（虚构）", "language": "zh"}]', '[]', '{}', 'lin zhou (fictional)
林舟(虚构)', '2026-11-24 13:54:02.754181+00', 1, NULL),
	('01a20dd5-c39b-777b-8abd-17d99067c147', 'Mei Arden (fictional)', 'mei arden (fictional)', '[{"kind": "OTHER", "name": "梅雅（虚构）", "language": "zh"}]', '[]', '{}', 'mei arden (fictional)
梅雅(虚构)', '2026-11-24 13:54:02.779027+00', 1, NULL),
	('01a20dd5-c3b0-7499-af68-dcfd79d5a88d', 'Tao Reed (fictional)', 'tao reed (fictional)', '[{"kind": "OTHER", "name": "芦涛（虚构）", "language": "zh"}]', '[]', '{}', 'tao reed (fictional)
芦涛(虚构)', '2026-11-24 13:54:02.799955+00', 1, NULL),
	('01a20dd5-c3bb-7601-a9f6-6388af2e537c', 'Ivo Shen (fictional)', 'ivo shen (fictional)', '[{"kind": "OTHER", "name": "沈一（虚构）", "language": "zh"}]', '[]', '{}', 'ivo shen (fictional)
沈一(虚构)', '2026-11-24 13:54:02.81117+00', 1, NULL),
	('01a20dd5-c3cd-7515-a948-b14c9d60a0c8', 'Nora Pike (fictional)', 'nora pike (fictional)', '[{"kind": "OTHER", "name": "派诺（虚构）", "language": "zh"}]', '[]', '{}', 'nora pike (fictional)
派诺(虚构)', '2026-11-24 13:54:02.82957+00', 1, NULL);
INSERT INTO public.person_version VALUES
	('01a20dd5-c382-72fa-a1b9-bce12fa490f1', 1, '2026-11-24 13:54:02.754181+00', NULL, 'Lin Zhou (fictional)', 'lin zhou (fictional)', '[{"kind": "OTHER", "name": "林舟（虚构）", "language": "zh"}]', '[]', '{}', NULL),
	('01a20dd5-c39b-777b-8abd-17d99067c147', 1, '2026-11-24 13:54:02.779027+00', NULL, 'Mei Arden (fictional)', 'mei arden (fictional)', '[{"kind": "OTHER", "name": "梅雅（虚构）", "language": "zh"}]', '[]', '{}', NULL),
	('01a20dd5-c3b0-7499-af68-dcfd79d5a88d', 1, '2026-11-24 13:54:02.799955+00', NULL, 'Tao Reed (fictional)', 'tao reed (fictional)', '[{"kind": "OTHER", "name": "芦涛（虚构）", "language": "zh"}]', '[]', '{}', NULL),
	('01a20dd5-c3bb-7601-a9f6-6388af2e537c', 1, '2026-11-24 13:54:02.81117+00', NULL, 'Ivo Shen (fictional)', 'ivo shen (fictional)', '[{"kind": "OTHER", "name": "沈一（虚构）", "language": "zh"}]', '[]', '{}', NULL),
	('01a20dd5-c3cd-7515-a948-b14c9d60a0c8', 1, '2026-11-24 13:54:02.82957+00', NULL, 'Nora Pike (fictional)', 'nora pike (fictional)', '[{"kind": "OTHER", "name": "派诺（虚构）", "language": "zh"}]', '[]', '{}', NULL);
INSERT INTO public.sector VALUES
	('01a20dd5-c308-74ba-9761-93cb575fe752', 'foundation-models', 'Foundation models', '基础大模型', NULL, 1, false, NULL, NULL, NULL, '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c30b-72ff-8704-42b47b18df69', 'chinese-llm', 'Chinese LLM', '中文大模型', '01a20dd5-c308-74ba-9761-93cb575fe752', 2, false, NULL, NULL, NULL, '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c30c-7799-b51c-97e571155fda', 'general-intelligence', 'General intelligence', '通用智能', '01a20dd5-c308-74ba-9761-93cb575fe752', 3, false, NULL, NULL, NULL, '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c30c-7799-b51c-97e63205a26d', 'embodied-models', 'Embodied models', '具身模型', '01a20dd5-c308-74ba-9761-93cb575fe752', 4, false, NULL, NULL, NULL, '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c30c-7799-b51c-97e70b487d9b', 'model-tooling', 'Model tooling', '模型工具', NULL, 5, false, NULL, NULL, NULL, '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c30d-713f-995e-b3c08eb65360', 'fine-tuning', 'Fine-tuning', '微调与预训练', '01a20dd5-c30c-7799-b51c-97e70b487d9b', 6, false, NULL, NULL, NULL, '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c30d-713f-995e-b3c1b9b1ff98', 'virtual-humans', 'Virtual-human models', '虚拟人模型', '01a20dd5-c30c-7799-b51c-97e70b487d9b', 7, false, NULL, NULL, NULL, '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c30d-713f-995e-b3c28b10eedb', 'infrastructure', 'Infrastructure', '基础设施', '01a20dd5-c30c-7799-b51c-97e70b487d9b', 8, false, NULL, NULL, NULL, '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c30e-7497-9485-bb49a945ae3a', 'content-generation', 'Content generation', '内容生成', NULL, 9, false, NULL, NULL, NULL, '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c30e-7497-9485-bb4ac525abd2', 'text-generation', 'Text generation', '文本生成', '01a20dd5-c30e-7497-9485-bb49a945ae3a', 10, false, NULL, NULL, NULL, '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c30e-7497-9485-bb4bca90b49f', 'image-generation', 'Image generation', '图像生成', '01a20dd5-c30e-7497-9485-bb49a945ae3a', 11, false, NULL, NULL, NULL, '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c30f-7586-8f71-7307b6e6e6e4', 'video-generation', 'Video generation', '视频生成', '01a20dd5-c30e-7497-9485-bb49a945ae3a', 12, false, NULL, NULL, NULL, '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c30f-7586-8f71-7308d29b8922', 'audio-generation', 'Audio generation', '音频生成', '01a20dd5-c30e-7497-9485-bb49a945ae3a', 13, false, NULL, NULL, NULL, '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c30f-7586-8f71-7309116a1fe1', '3d-generation', '3D generation', '3D 资产生成', '01a20dd5-c30e-7497-9485-bb49a945ae3a', 14, true, NULL, 'Game studios, for whom 3D content is very expensive', 'Models cannot make usable 3D assets yet', '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c30f-7586-8f71-730a3837c19d', 'text-to-action', 'Text to action', '文字转动作', NULL, 15, true, NULL, NULL, 'AI that directs things that act needs multimodal input and output; not fully solved', '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c310-728b-bd99-f540dffe32b2', 'robotics', 'Robotics', '机器人', '01a20dd5-c30f-7586-8f71-730a3837c19d', 16, false, NULL, NULL, NULL, '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c310-728b-bd99-f54129a1afab', 'rpa', 'RPA', 'RPA 流程自动化', '01a20dd5-c30f-7586-8f71-730a3837c19d', 17, false, NULL, NULL, NULL, '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c310-728b-bd99-f5424f5022fb', 'assistants', 'Global assistants', '全局智能助手', '01a20dd5-c30f-7586-8f71-730a3837c19d', 18, false, NULL, NULL, NULL, '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c311-77f6-a309-89853dba4032', 'vertical-ai', 'AI for an industry', '行业 AI', NULL, 19, false, NULL, NULL, NULL, '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c311-77f6-a309-89864e37db4d', 'ai-saas', 'AI SaaS', 'AI SaaS', '01a20dd5-c311-77f6-a309-89853dba4032', 20, false, NULL, NULL, NULL, '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c311-77f6-a309-89877cd5d770', 'companionship', 'AI companions', 'AI 陪伴', '01a20dd5-c311-77f6-a309-89853dba4032', 21, false, NULL, NULL, NULL, '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c312-7290-abf0-09d5e2e60d9c', 'code', 'Code', '编程', '01a20dd5-c311-77f6-a309-89853dba4032', 22, false, NULL, NULL, NULL, '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c312-7290-abf0-09d6de89bf2c', 'search', 'Search', '搜索', '01a20dd5-c311-77f6-a309-89853dba4032', 23, false, NULL, NULL, NULL, '2026-11-24 13:54:02.632248+00', 1);
INSERT INTO public.sector_version VALUES
	('01a20dd5-c308-74ba-9761-93cb575fe752', 1, '2026-11-24 13:54:02.632248+00', NULL, 'foundation-models', 'Foundation models', '基础大模型', NULL, 1, false, NULL, NULL, NULL),
	('01a20dd5-c30b-72ff-8704-42b47b18df69', 1, '2026-11-24 13:54:02.632248+00', NULL, 'chinese-llm', 'Chinese LLM', '中文大模型', '01a20dd5-c308-74ba-9761-93cb575fe752', 2, false, NULL, NULL, NULL),
	('01a20dd5-c30c-7799-b51c-97e571155fda', 1, '2026-11-24 13:54:02.632248+00', NULL, 'general-intelligence', 'General intelligence', '通用智能', '01a20dd5-c308-74ba-9761-93cb575fe752', 3, false, NULL, NULL, NULL),
	('01a20dd5-c30c-7799-b51c-97e63205a26d', 1, '2026-11-24 13:54:02.632248+00', NULL, 'embodied-models', 'Embodied models', '具身模型', '01a20dd5-c308-74ba-9761-93cb575fe752', 4, false, NULL, NULL, NULL),
	('01a20dd5-c30c-7799-b51c-97e70b487d9b', 1, '2026-11-24 13:54:02.632248+00', NULL, 'model-tooling', 'Model tooling', '模型工具', NULL, 5, false, NULL, NULL, NULL),
	('01a20dd5-c30d-713f-995e-b3c08eb65360', 1, '2026-11-24 13:54:02.632248+00', NULL, 'fine-tuning', 'Fine-tuning', '微调与预训练', '01a20dd5-c30c-7799-b51c-97e70b487d9b', 6, false, NULL, NULL, NULL),
	('01a20dd5-c30d-713f-995e-b3c1b9b1ff98', 1, '2026-11-24 13:54:02.632248+00', NULL, 'virtual-humans', 'Virtual-human models', '虚拟人模型', '01a20dd5-c30c-7799-b51c-97e70b487d9b', 7, false, NULL, NULL, NULL),
	('01a20dd5-c30d-713f-995e-b3c28b10eedb', 1, '2026-11-24 13:54:02.632248+00', NULL, 'infrastructure', 'Infrastructure', '基础设施', '01a20dd5-c30c-7799-b51c-97e70b487d9b', 8, false, NULL, NULL, NULL),
	('01a20dd5-c30e-7497-9485-bb49a945ae3a', 1, '2026-11-24 13:54:02.632248+00', NULL, 'content-generation', 'Content generation', '内容生成', NULL, 9, false, NULL, NULL, NULL),
	('01a20dd5-c30e-7497-9485-bb4ac525abd2', 1, '2026-11-24 13:54:02.632248+00', NULL, 'text-generation', 'Text generation', '文本生成', '01a20dd5-c30e-7497-9485-bb49a945ae3a', 10, false, NULL, NULL, NULL),
	('01a20dd5-c30e-7497-9485-bb4bca90b49f', 1, '2026-11-24 13:54:02.632248+00', NULL, 'image-generation', 'Image generation', '图像生成', '01a20dd5-c30e-7497-9485-bb49a945ae3a', 11, false, NULL, NULL, NULL),
	('01a20dd5-c30f-7586-8f71-7307b6e6e6e4', 1, '2026-11-24 13:54:02.632248+00', NULL, 'video-generation', 'Video generation', '视频生成', '01a20dd5-c30e-7497-9485-bb49a945ae3a', 12, false, NULL, NULL, NULL),
	('01a20dd5-c30f-7586-8f71-7308d29b8922', 1, '2026-11-24 13:54:02.632248+00', NULL, 'audio-generation', 'Audio generation', '音频生成', '01a20dd5-c30e-7497-9485-bb49a945ae3a', 13, false, NULL, NULL, NULL),
	('01a20dd5-c30f-7586-8f71-7309116a1fe1', 1, '2026-11-24 13:54:02.632248+00', NULL, '3d-generation', '3D generation', '3D 资产生成', '01a20dd5-c30e-7497-9485-bb49a945ae3a', 14, true, NULL, 'Game studios, for whom 3D content is very expensive', 'Models cannot make usable 3D assets yet'),
	('01a20dd5-c30f-7586-8f71-730a3837c19d', 1, '2026-11-24 13:54:02.632248+00', NULL, 'text-to-action', 'Text to action', '文字转动作', NULL, 15, true, NULL, NULL, 'AI that directs things that act needs multimodal input and output; not fully solved'),
	('01a20dd5-c310-728b-bd99-f540dffe32b2', 1, '2026-11-24 13:54:02.632248+00', NULL, 'robotics', 'Robotics', '机器人', '01a20dd5-c30f-7586-8f71-730a3837c19d', 16, false, NULL, NULL, NULL),
	('01a20dd5-c310-728b-bd99-f54129a1afab', 1, '2026-11-24 13:54:02.632248+00', NULL, 'rpa', 'RPA', 'RPA 流程自动化', '01a20dd5-c30f-7586-8f71-730a3837c19d', 17, false, NULL, NULL, NULL),
	('01a20dd5-c310-728b-bd99-f5424f5022fb', 1, '2026-11-24 13:54:02.632248+00', NULL, 'assistants', 'Global assistants', '全局智能助手', '01a20dd5-c30f-7586-8f71-730a3837c19d', 18, false, NULL, NULL, NULL),
	('01a20dd5-c311-77f6-a309-89853dba4032', 1, '2026-11-24 13:54:02.632248+00', NULL, 'vertical-ai', 'AI for an industry', '行业 AI', NULL, 19, false, NULL, NULL, NULL),
	('01a20dd5-c311-77f6-a309-89864e37db4d', 1, '2026-11-24 13:54:02.632248+00', NULL, 'ai-saas', 'AI SaaS', 'AI SaaS', '01a20dd5-c311-77f6-a309-89853dba4032', 20, false, NULL, NULL, NULL),
	('01a20dd5-c311-77f6-a309-89877cd5d770', 1, '2026-11-24 13:54:02.632248+00', NULL, 'companionship', 'AI companions', 'AI 陪伴', '01a20dd5-c311-77f6-a309-89853dba4032', 21, false, NULL, NULL, NULL),
	('01a20dd5-c312-7290-abf0-09d5e2e60d9c', 1, '2026-11-24 13:54:02.632248+00', NULL, 'code', 'Code', '编程', '01a20dd5-c311-77f6-a309-89853dba4032', 22, false, NULL, NULL, NULL),
	('01a20dd5-c312-7290-abf0-09d6de89bf2c', 1, '2026-11-24 13:54:02.632248+00', NULL, 'search', 'Search', '搜索', '01a20dd5-c311-77f6-a309-89853dba4032', 23, false, NULL, NULL, NULL);
INSERT INTO public.sign_in_link VALUES
	('\x7707adb056d02e4120225b2cac28d963e91ad26d076945a240296f301cb71acb', '01a20dd5-c319-7010-b078-1fc7e026c730', '2026-11-24 13:54:02.84009+00', '2026-12-01 13:54:02.84009+00', NULL);
INSERT INTO public.stage VALUES
	('01a20dd5-c312-7290-abf0-09d78634732f', 'SOURCED', 'Sourced', '已发现', 1, 14, false, '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c313-709a-a142-3390d1e64d73', 'SCREENING', 'Screening', '初筛', 2, 14, false, '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c314-743e-8da9-63c424462a84', 'FIRST_MEETING', 'First meeting', '约见', 3, 21, false, '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c314-743e-8da9-63c5214f9723', 'DILIGENCE', 'Diligence', '尽调', 4, 30, false, '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c314-743e-8da9-63c67618cfff', 'COMMITTEE', 'Committee', '投决会', 5, 14, false, '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c315-74a8-9e0a-0a27d79712b6', 'TERM_SHEET', 'Term sheet', 'TS', 6, 30, false, '2026-11-24 13:54:02.632248+00', 1),
	('01a20dd5-c315-74a8-9e0a-0a28ca9e6dbe', 'CLOSING', 'Closing', '交割', 7, 45, false, '2026-11-24 13:54:02.632248+00', 1);
INSERT INTO public.stage_version VALUES
	('01a20dd5-c312-7290-abf0-09d78634732f', 1, '2026-11-24 13:54:02.632248+00', NULL, 'SOURCED', 'Sourced', '已发现', 1, 14, false),
	('01a20dd5-c313-709a-a142-3390d1e64d73', 1, '2026-11-24 13:54:02.632248+00', NULL, 'SCREENING', 'Screening', '初筛', 2, 14, false),
	('01a20dd5-c314-743e-8da9-63c424462a84', 1, '2026-11-24 13:54:02.632248+00', NULL, 'FIRST_MEETING', 'First meeting', '约见', 3, 21, false),
	('01a20dd5-c314-743e-8da9-63c5214f9723', 1, '2026-11-24 13:54:02.632248+00', NULL, 'DILIGENCE', 'Diligence', '尽调', 4, 30, false),
	('01a20dd5-c314-743e-8da9-63c67618cfff', 1, '2026-11-24 13:54:02.632248+00', NULL, 'COMMITTEE', 'Committee', '投决会', 5, 14, false),
	('01a20dd5-c315-74a8-9e0a-0a27d79712b6', 1, '2026-11-24 13:54:02.632248+00', NULL, 'TERM_SHEET', 'Term sheet', 'TS', 6, 30, false),
	('01a20dd5-c315-74a8-9e0a-0a28ca9e6dbe', 1, '2026-11-24 13:54:02.632248+00', NULL, 'CLOSING', 'Closing', '交割', 7, 45, false);
INSERT INTO public.startup VALUES
	('01a20dd5-c323-741c-95d1-0671d5e6c595', 'bigclaim', 'Bigclaim', 'bigclaim', '[{"kind": "BRAND", "name": "大言", "language": "zh"}]', '{bigclaim,大言}', 'bigclaim
大言', '{}', NULL, 'A base model, says its deck (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'MODEL', 'TRAINS_BASE_MODEL', '{"payer": "Enterprises"}', '{}', '{01a20dd5-c30b-72ff-8704-42b47b18df69}', '{"fictional": true}', '2026-11-24 13:54:02.65469+00', '2026-11-24 13:54:02.65469+00', 1, NULL, '{}'),
	('01a20dd5-c334-7156-b8b8-bc58d21e58d5', 'cubeforge', 'Cubeforge', 'cubeforge', '[{"kind": "BRAND", "name": "立方工坊", "language": "zh"}]', '{cubeforge,立方工坊}', 'cubeforge
立方工坊', '{}', NULL, 'Usable 3D assets from a sketch (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'BUILDS_ON_API', '{"payer": "Game studios"}', '{}', '{01a20dd5-c30f-7586-8f71-7309116a1fe1}', '{"fictional": true}', '2026-11-24 13:54:02.672365+00', '2026-11-24 13:54:02.672365+00', 1, NULL, '{}'),
	('01a20dd5-c33f-74f1-9ed2-662d93032d11', 'meshwright', 'Meshwright', 'meshwright', '[{"kind": "BRAND", "name": "网匠", "language": "zh"}]', '{meshwright,网匠}', 'meshwright
网匠', '{}', NULL, 'Constrains models to watertight meshes (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'MIDDLEWARE', 'TUNES_BASE_MODEL', '{"payer": "Animation houses"}', '{}', '{01a20dd5-c30f-7586-8f71-7309116a1fe1}', '{"fictional": true}', '2026-11-24 13:54:02.685146+00', '2026-11-24 13:54:02.685146+00', 1, NULL, '{}'),
	('01a20dd5-c346-7227-b1bb-e21c6a0e6e53', 'wrapwell', 'Wrapwell', 'wrapwell', '[{"kind": "BRAND", "name": "快包", "language": "zh"}]', '{wrapwell,快包}', 'wrapwell
快包', '{}', NULL, 'A chat window around somebody''s API (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'BUILDS_ON_API', '{}', '{}', '{01a20dd5-c311-77f6-a309-89864e37db4d}', '{"fictional": true}', '2026-11-24 13:54:02.692715+00', '2026-11-24 13:54:02.692715+00', 1, NULL, '{}'),
	('01a20dd5-c34a-75cf-b09b-613ef6fc4596', 'quietlake', 'Quietlake', 'quietlake', '[{"kind": "BRAND", "name": "静湖", "language": "zh"}]', '{quietlake,静湖}', 'quietlake
静湖', '{}', NULL, 'A companion that listens (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'BUILDS_ON_API', '{}', '{}', '{01a20dd5-c311-77f6-a309-89877cd5d770}', '{"fictional": true}', '2026-11-24 13:54:02.696228+00', '2026-11-24 13:54:02.696228+00', 1, NULL, '{}'),
	('01a20dd5-c34f-73e0-b547-d92a3501f204', 'handover', 'Handover', 'handover', '[{"kind": "BRAND", "name": "递手", "language": "zh"}]', '{handover,递手}', 'handover
递手', '{}', NULL, 'Words into motion for warehouse arms (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'TUNES_BASE_MODEL', '{"payer": "Warehouse operators"}', '{}', '{01a20dd5-c310-728b-bd99-f540dffe32b2}', '{"fictional": true}', '2026-11-24 13:54:02.701687+00', '2026-11-24 13:54:02.701687+00', 1, NULL, '{}'),
	('01a20dd5-c35a-77d2-ad35-95c16e2a0776', 'clickpath', 'Clickpath', 'clickpath', '[{"kind": "BRAND", "name": "点径", "language": "zh"}]', '{clickpath,点径}', 'clickpath
点径', '{}', NULL, 'Does the clicking in old accounting systems (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'BUILDS_ON_API', '{"payer": "Accounting firms"}', '{}', '{01a20dd5-c310-728b-bd99-f54129a1afab}', '{"fictional": true}', '2026-11-24 13:54:02.71213+00', '2026-11-24 13:54:02.71213+00', 1, NULL, '{}'),
	('01a20dd5-c365-7210-ae35-87559638bb4c', 'loomtune', 'Loomtune', 'loomtune', '[{"kind": "BRAND", "name": "织调", "language": "zh"}]', '{loomtune,织调}', 'loomtune
织调', '{}', NULL, 'Fine-tuning for teams without researchers (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'MIDDLEWARE', 'TUNES_BASE_MODEL', '{"payer": "Software teams"}', '{}', '{01a20dd5-c30d-713f-995e-b3c08eb65360}', '{"fictional": true}', '2026-11-24 13:54:02.723407+00', '2026-11-24 13:54:02.723407+00', 1, NULL, '{}'),
	('01a20dd5-c36c-73d5-814c-879682963e5e', 'facecast', 'Facecast', 'facecast', '[{"kind": "BRAND", "name": "面塑", "language": "zh"}]', '{facecast,面塑}', 'facecast
面塑', '{}', NULL, 'Virtual-human models for training videos (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'MIDDLEWARE', 'TUNES_BASE_MODEL', '{"payer": "Training departments"}', '{}', '{01a20dd5-c30d-713f-995e-b3c1b9b1ff98}', '{"fictional": true}', '2026-11-24 13:54:02.730815+00', '2026-11-24 13:54:02.730815+00', 1, NULL, '{}'),
	('01a20dd5-c371-71f4-baea-7bc4ab40c4a2', 'oldwine', 'Oldwine', 'oldwine', '[{"kind": "BRAND", "name": "旧酿", "language": "zh"}]', '{oldwine,旧酿}', 'oldwine
旧酿', '{}', NULL, 'Keyword search, now called a large model (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'PRE_LLM_AI', '{"payer": "Law firms"}', '{}', '{01a20dd5-c312-7290-abf0-09d6de89bf2c}', '{"fictional": true}', '2026-11-24 13:54:02.736126+00', '2026-11-24 13:54:02.736126+00', 1, NULL, '{}'),
	('01a20dd5-c378-7188-8f89-b3f693b24d2d', 'basewright', 'Basewright', 'basewright', '[{"kind": "BRAND", "name": "基石", "language": "zh"}]', '{basewright,基石}', 'basewright
基石', '{}', NULL, 'A base model for bodies (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'MODEL', 'TRAINS_BASE_MODEL', '{"payer": "Robot makers"}', '{}', '{01a20dd5-c30c-7799-b51c-97e63205a26d}', '{"fictional": true}', '2026-11-24 13:54:02.74252+00', '2026-11-24 13:54:02.74252+00', 1, NULL, '{}'),
	('01a20dd5-c37d-7313-a7b6-9f8f70814aba', 'codelantern', 'Codelantern', 'codelantern', '[{"kind": "BRAND", "name": "码灯", "language": "zh"}]', '{codelantern,码灯}', 'codelantern
码灯', '{}', NULL, 'Reviews code where it was written (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'BUILDS_ON_API', '{"payer": "Software teams"}', '{}', '{01a20dd5-c312-7290-abf0-09d5e2e60d9c}', '{"fictional": true}', '2026-11-24 13:54:02.747721+00', '2026-11-24 13:54:02.747721+00', 1, NULL, '{}');
INSERT INTO public.startup_version VALUES
	('01a20dd5-c323-741c-95d1-0671d5e6c595', 1, '2026-11-24 13:54:02.65469+00', NULL, 'bigclaim', 'Bigclaim', 'bigclaim', '[{"kind": "BRAND", "name": "大言", "language": "zh"}]', '{}', NULL, 'A base model, says its deck (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'MODEL', 'TRAINS_BASE_MODEL', '{"payer": "Enterprises"}', '{}', '{01a20dd5-c30b-72ff-8704-42b47b18df69}', '{"fictional": true}', NULL, '{}'),
	('01a20dd5-c334-7156-b8b8-bc58d21e58d5', 1, '2026-11-24 13:54:02.672365+00', NULL, 'cubeforge', 'Cubeforge', 'cubeforge', '[{"kind": "BRAND", "name": "立方工坊", "language": "zh"}]', '{}', NULL, 'Usable 3D assets from a sketch (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'BUILDS_ON_API', '{"payer": "Game studios"}', '{}', '{01a20dd5-c30f-7586-8f71-7309116a1fe1}', '{"fictional": true}', NULL, '{}'),
	('01a20dd5-c33f-74f1-9ed2-662d93032d11', 1, '2026-11-24 13:54:02.685146+00', NULL, 'meshwright', 'Meshwright', 'meshwright', '[{"kind": "BRAND", "name": "网匠", "language": "zh"}]', '{}', NULL, 'Constrains models to watertight meshes (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'MIDDLEWARE', 'TUNES_BASE_MODEL', '{"payer": "Animation houses"}', '{}', '{01a20dd5-c30f-7586-8f71-7309116a1fe1}', '{"fictional": true}', NULL, '{}'),
	('01a20dd5-c346-7227-b1bb-e21c6a0e6e53', 1, '2026-11-24 13:54:02.692715+00', NULL, 'wrapwell', 'Wrapwell', 'wrapwell', '[{"kind": "BRAND", "name": "快包", "language": "zh"}]', '{}', NULL, 'A chat window around somebody''s API (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'BUILDS_ON_API', '{}', '{}', '{01a20dd5-c311-77f6-a309-89864e37db4d}', '{"fictional": true}', NULL, '{}'),
	('01a20dd5-c34a-75cf-b09b-613ef6fc4596', 1, '2026-11-24 13:54:02.696228+00', NULL, 'quietlake', 'Quietlake', 'quietlake', '[{"kind": "BRAND", "name": "静湖", "language": "zh"}]', '{}', NULL, 'A companion that listens (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'BUILDS_ON_API', '{}', '{}', '{01a20dd5-c311-77f6-a309-89877cd5d770}', '{"fictional": true}', NULL, '{}'),
	('01a20dd5-c34f-73e0-b547-d92a3501f204', 1, '2026-11-24 13:54:02.701687+00', NULL, 'handover', 'Handover', 'handover', '[{"kind": "BRAND", "name": "递手", "language": "zh"}]', '{}', NULL, 'Words into motion for warehouse arms (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'TUNES_BASE_MODEL', '{"payer": "Warehouse operators"}', '{}', '{01a20dd5-c310-728b-bd99-f540dffe32b2}', '{"fictional": true}', NULL, '{}'),
	('01a20dd5-c35a-77d2-ad35-95c16e2a0776', 1, '2026-11-24 13:54:02.71213+00', NULL, 'clickpath', 'Clickpath', 'clickpath', '[{"kind": "BRAND", "name": "点径", "language": "zh"}]', '{}', NULL, 'Does the clicking in old accounting systems (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'BUILDS_ON_API', '{"payer": "Accounting firms"}', '{}', '{01a20dd5-c310-728b-bd99-f54129a1afab}', '{"fictional": true}', NULL, '{}'),
	('01a20dd5-c365-7210-ae35-87559638bb4c', 1, '2026-11-24 13:54:02.723407+00', NULL, 'loomtune', 'Loomtune', 'loomtune', '[{"kind": "BRAND", "name": "织调", "language": "zh"}]', '{}', NULL, 'Fine-tuning for teams without researchers (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'MIDDLEWARE', 'TUNES_BASE_MODEL', '{"payer": "Software teams"}', '{}', '{01a20dd5-c30d-713f-995e-b3c08eb65360}', '{"fictional": true}', NULL, '{}'),
	('01a20dd5-c36c-73d5-814c-879682963e5e', 1, '2026-11-24 13:54:02.730815+00', NULL, 'facecast', 'Facecast', 'facecast', '[{"kind": "BRAND", "name": "面塑", "language": "zh"}]', '{}', NULL, 'Virtual-human models for training videos (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'MIDDLEWARE', 'TUNES_BASE_MODEL', '{"payer": "Training departments"}', '{}', '{01a20dd5-c30d-713f-995e-b3c1b9b1ff98}', '{"fictional": true}', NULL, '{}'),
	('01a20dd5-c371-71f4-baea-7bc4ab40c4a2', 1, '2026-11-24 13:54:02.736126+00', NULL, 'oldwine', 'Oldwine', 'oldwine', '[{"kind": "BRAND", "name": "旧酿", "language": "zh"}]', '{}', NULL, 'Keyword search, now called a large model (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'PRE_LLM_AI', '{"payer": "Law firms"}', '{}', '{01a20dd5-c312-7290-abf0-09d6de89bf2c}', '{"fictional": true}', NULL, '{}'),
	('01a20dd5-c378-7188-8f89-b3f693b24d2d', 1, '2026-11-24 13:54:02.74252+00', NULL, 'basewright', 'Basewright', 'basewright', '[{"kind": "BRAND", "name": "基石", "language": "zh"}]', '{}', NULL, 'A base model for bodies (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'MODEL', 'TRAINS_BASE_MODEL', '{"payer": "Robot makers"}', '{}', '{01a20dd5-c30c-7799-b51c-97e63205a26d}', '{"fictional": true}', NULL, '{}'),
	('01a20dd5-c37d-7313-a7b6-9f8f70814aba', 1, '2026-11-24 13:54:02.747721+00', NULL, 'codelantern', 'Codelantern', 'codelantern', '[{"kind": "BRAND", "name": "码灯", "language": "zh"}]', '{}', NULL, 'Reviews code where it was written (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'BUILDS_ON_API', '{"payer": "Software teams"}', '{}', '{01a20dd5-c312-7290-abf0-09d5e2e60d9c}', '{"fictional": true}', NULL, '{}');
INSERT INTO public.workspace VALUES
	(1, 'Touchstone', 'Asia/Shanghai', 'USD', false, '2026-11-24 13:54:02.632248+00');
SELECT pg_catalog.setval('public.operation_order_seq_seq', 57, true);
ALTER TABLE ONLY public._sqlx_migrations
    ADD CONSTRAINT _sqlx_migrations_pkey PRIMARY KEY (version);
ALTER TABLE ONLY public.activity
    ADD CONSTRAINT activity_id_key UNIQUE (id);
ALTER TABLE ONLY public.activity
    ADD CONSTRAINT activity_pkey PRIMARY KEY (operation_id, n);
ALTER TABLE ONLY public.affiliation
    ADD CONSTRAINT affiliation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.affiliation_version
    ADD CONSTRAINT affiliation_version_pkey PRIMARY KEY (affiliation_id, known_from);
ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_secret_sha256_key UNIQUE (secret_sha256);
ALTER TABLE ONLY public.app_user
    ADD CONSTRAINT app_user_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.deal_change
    ADD CONSTRAINT deal_change_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.deal_change
    ADD CONSTRAINT deal_change_voids_key UNIQUE (voids);
ALTER TABLE ONLY public.deal
    ADD CONSTRAINT deal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.deal_version
    ADD CONSTRAINT deal_version_pkey PRIMARY KEY (deal_id, known_from);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.document_version
    ADD CONSTRAINT document_version_pkey PRIMARY KEY (document_id, known_from);
ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT evidence_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.evidence_review
    ADD CONSTRAINT evidence_review_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (user_id, key, path);
ALTER TABLE ONLY public.operation_order
    ADD CONSTRAINT operation_order_operation_id_key UNIQUE (operation_id);
ALTER TABLE ONLY public.operation_order
    ADD CONSTRAINT operation_order_pkey PRIMARY KEY (seq);
ALTER TABLE ONLY public.operation
    ADD CONSTRAINT operation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.person_version
    ADD CONSTRAINT person_version_pkey PRIMARY KEY (person_id, known_from);
ALTER TABLE ONLY public.sector
    ADD CONSTRAINT sector_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sector
    ADD CONSTRAINT sector_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.sector_version
    ADD CONSTRAINT sector_version_pkey PRIMARY KEY (sector_id, known_from);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (secret_sha256);
ALTER TABLE ONLY public.sign_in_link
    ADD CONSTRAINT sign_in_link_pkey PRIMARY KEY (secret_sha256);
ALTER TABLE ONLY public.stage
    ADD CONSTRAINT stage_key_key UNIQUE (key);
ALTER TABLE ONLY public.stage
    ADD CONSTRAINT stage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stage_version
    ADD CONSTRAINT stage_version_pkey PRIMARY KEY (stage_id, known_from);
ALTER TABLE ONLY public.startup_external_id
    ADD CONSTRAINT startup_external_id_pkey PRIMARY KEY (origin_startup_id, source, external_id);
ALTER TABLE ONLY public.startup
    ADD CONSTRAINT startup_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.startup
    ADD CONSTRAINT startup_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.startup_version
    ADD CONSTRAINT startup_version_pkey PRIMARY KEY (startup_id, known_from);
ALTER TABLE ONLY public.workspace
    ADD CONSTRAINT workspace_pkey PRIMARY KEY (id);
CREATE INDEX activity_deal ON public.activity USING btree (deal_id, id) WHERE (deal_id IS NOT NULL);
CREATE INDEX activity_startup ON public.activity USING btree (startup_id, id) WHERE (startup_id IS NOT NULL);
CREATE INDEX activity_subject ON public.activity USING btree (subject_id, id);
CREATE INDEX affiliation_organisation ON public.affiliation USING btree (organisation_key);
CREATE INDEX affiliation_origin ON public.affiliation USING btree (origin_startup_id) WHERE (origin_startup_id IS NOT NULL);
CREATE INDEX affiliation_person ON public.affiliation USING btree (person_id);
CREATE INDEX affiliation_startup ON public.affiliation USING btree (startup_id) WHERE (startup_id IS NOT NULL);
CREATE UNIQUE INDEX affiliation_version_open ON public.affiliation_version USING btree (affiliation_id) WHERE (known_until IS NULL);
CREATE INDEX affiliation_version_startup ON public.affiliation_version USING btree (startup_id, known_from) WHERE (startup_id IS NOT NULL);
CREATE INDEX api_token_user ON public.api_token USING btree (user_id);
CREATE UNIQUE INDEX app_user_email ON public.app_user USING btree (lower(email));
CREATE INDEX deal_by_created ON public.deal USING btree (created_at, id) WHERE (hidden_at IS NULL);
CREATE INDEX deal_by_due ON public.deal USING btree (COALESCE(next_step_due, '9999-12-31'::date), id) WHERE (hidden_at IS NULL);
CREATE INDEX deal_by_due_down ON public.deal USING btree (COALESCE(next_step_due, '0001-01-01'::date), id) WHERE (hidden_at IS NULL);
CREATE INDEX deal_by_entered ON public.deal USING btree (entered_stage_at, id) WHERE (hidden_at IS NULL);
CREATE INDEX deal_by_title ON public.deal USING btree (title_sort, id) WHERE (hidden_at IS NULL);
CREATE INDEX deal_by_updated ON public.deal USING btree (recorded_at, id) WHERE (hidden_at IS NULL);
CREATE INDEX deal_change_by ON public.deal_change USING btree (by);
CREATE INDEX deal_change_deal ON public.deal_change USING btree (deal_id, recorded_at);
CREATE INDEX deal_change_from ON public.deal_change USING btree (from_stage_id);
CREATE INDEX deal_change_occurred ON public.deal_change USING btree (occurred_at, deal_id);
CREATE INDEX deal_change_to ON public.deal_change USING btree (to_stage_id);
CREATE UNIQUE INDEX deal_one_active ON public.deal USING btree (startup_id, round) WHERE ((status = 'ACTIVE'::text) AND (visibility = 'TEAM'::text) AND (hidden_at IS NULL));
CREATE INDEX deal_opened_by ON public.deal USING btree (opened_by) WHERE (opened_by IS NOT NULL);
CREATE INDEX deal_origin ON public.deal USING btree (origin_startup_id);
CREATE INDEX deal_owner ON public.deal USING btree (owner_id) WHERE (owner_id IS NOT NULL);
CREATE INDEX deal_restricted ON public.deal USING btree (id) WHERE (visibility = 'RESTRICTED'::text);
CREATE INDEX deal_stage ON public.deal USING btree (stage_id, status, entered_stage_at, id);
CREATE INDEX deal_startup ON public.deal USING btree (startup_id, id);
CREATE UNIQUE INDEX deal_version_open ON public.deal_version USING btree (deal_id) WHERE (known_until IS NULL);
CREATE INDEX deal_version_startup ON public.deal_version USING btree (startup_id, known_from);
CREATE INDEX deal_version_until ON public.deal_version USING btree (known_until, known_from);
CREATE INDEX document_added_by ON public.document USING btree (added_by);
CREATE INDEX document_deal ON public.document USING btree (deal_id) WHERE (deal_id IS NOT NULL);
CREATE INDEX document_origin ON public.document USING btree (origin_startup_id) WHERE (origin_startup_id IS NOT NULL);
CREATE INDEX document_reprint ON public.document USING btree (reprint_of) WHERE (reprint_of IS NOT NULL);
CREATE INDEX document_startup ON public.document USING btree (startup_id) WHERE (startup_id IS NOT NULL);
CREATE UNIQUE INDEX document_version_open ON public.document_version USING btree (document_id) WHERE (known_until IS NULL);
CREATE INDEX evidence_documents ON public.evidence USING gin (document_ids) WHERE (document_ids <> '{}'::uuid[]);
CREATE INDEX evidence_kind ON public.evidence USING btree (kind, startup_id) WHERE (retracted_at IS NULL);
CREATE INDEX evidence_observed ON public.evidence USING btree (observed_on DESC, id DESC);
CREATE INDEX evidence_origin ON public.evidence USING btree (origin_startup_id);
CREATE INDEX evidence_recorded_by ON public.evidence USING btree (recorded_by);
CREATE INDEX evidence_retracted_by ON public.evidence USING btree (retracted_by) WHERE (retracted_by IS NOT NULL);
CREATE INDEX evidence_review_by ON public.evidence_review USING btree (by);
CREATE UNIQUE INDEX evidence_review_evidence ON public.evidence_review USING btree (evidence_id, recorded_at);
CREATE INDEX evidence_review_recorded ON public.evidence_review USING btree (recorded_at DESC, id DESC);
CREATE INDEX evidence_startup ON public.evidence USING btree (startup_id, observed_on DESC, id DESC);
CREATE UNIQUE INDEX evidence_superseded_once ON public.evidence USING btree (supersedes) WHERE ((retracted_at IS NULL) AND (supersedes IS NOT NULL));
CREATE INDEX evidence_supersedes ON public.evidence USING btree (supersedes) WHERE (supersedes IS NOT NULL);
CREATE INDEX idempotency_at ON public.idempotency USING btree (at);
CREATE INDEX operation_by ON public.operation USING btree (by);
CREATE INDEX operation_order_verb ON public.operation_order USING btree (verb, seq);
CREATE INDEX operation_undoes ON public.operation USING btree (undoes);
CREATE INDEX person_by_name ON public.person USING btree (name_sort, id) WHERE (hidden_at IS NULL);
CREATE UNIQUE INDEX person_version_open ON public.person_version USING btree (person_id) WHERE (known_until IS NULL);
CREATE INDEX sector_parent ON public.sector USING btree (parent_id);
CREATE UNIQUE INDEX sector_version_open ON public.sector_version USING btree (sector_id) WHERE (known_until IS NULL);
CREATE INDEX session_expiry ON public.session USING btree (expires_at);
CREATE INDEX session_of_user ON public.session USING btree (user_id);
CREATE INDEX sign_in_link_user ON public.sign_in_link USING btree (user_id);
CREATE UNIQUE INDEX stage_version_open ON public.stage_version USING btree (stage_id) WHERE (known_until IS NULL);
CREATE INDEX startup_by_created ON public.startup USING btree (created_at, id) WHERE (hidden_at IS NULL);
CREATE INDEX startup_by_founded ON public.startup USING btree (COALESCE(founded_on, '9999-12-31'::date), id) WHERE (hidden_at IS NULL);
CREATE INDEX startup_by_founded_down ON public.startup USING btree (COALESCE(founded_on, '0001-01-01'::date), id) WHERE (hidden_at IS NULL);
CREATE INDEX startup_by_layer ON public.startup USING btree (layer, name_sort, id) WHERE (hidden_at IS NULL);
CREATE INDEX startup_by_name ON public.startup USING btree (name_sort, id) WHERE (hidden_at IS NULL);
CREATE INDEX startup_by_updated ON public.startup USING btree (recorded_at, id) WHERE (hidden_at IS NULL);
CREATE INDEX startup_competitors ON public.startup USING gin (competitor_ids);
CREATE INDEX startup_domains ON public.startup USING gin (domains);
CREATE UNIQUE INDEX startup_external_id_in_force ON public.startup_external_id USING btree (source, external_id) WHERE in_force;
CREATE INDEX startup_external_id_startup ON public.startup_external_id USING btree (startup_id);
CREATE INDEX startup_name_keys ON public.startup USING gin (name_keys);
CREATE INDEX startup_sectors ON public.startup USING gin (sector_ids);
CREATE INDEX startup_version_layer ON public.startup_version USING btree (layer, name_sort, startup_id, known_from, known_until);
CREATE UNIQUE INDEX startup_version_open ON public.startup_version USING btree (startup_id) WHERE (known_until IS NULL);
CREATE INDEX startup_version_sectors ON public.startup_version USING gin (sector_ids);
CREATE INDEX startup_version_until ON public.startup_version USING btree (known_until, known_from);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.activity FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.deal_change FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE ON public.evidence FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.evidence_review FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.operation FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.operation_order FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON public.activity FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON public.deal_change FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON public.evidence FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON public.evidence_review FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON public.operation FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON public.operation_order FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER competitors_exist_insert AFTER INSERT ON public.startup REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.startup_competitors_exist();
CREATE TRIGGER competitors_exist_update AFTER UPDATE ON public.startup REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.startup_competitors_exist();
CREATE TRIGGER documents_exist_insert AFTER INSERT ON public.evidence REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.evidence_documents_exist();
CREATE TRIGGER guard BEFORE UPDATE ON public.evidence FOR EACH ROW EXECUTE FUNCTION public.evidence_guard();
CREATE TRIGGER keep_versions_insert AFTER INSERT ON public.affiliation REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.affiliation_keep_versions();
CREATE TRIGGER keep_versions_insert AFTER INSERT ON public.deal REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.deal_keep_versions();
CREATE TRIGGER keep_versions_insert AFTER INSERT ON public.document REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.document_keep_versions();
CREATE TRIGGER keep_versions_insert AFTER INSERT ON public.person REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.person_keep_versions();
CREATE TRIGGER keep_versions_insert AFTER INSERT ON public.sector REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.sector_keep_versions();
CREATE TRIGGER keep_versions_insert AFTER INSERT ON public.stage REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.stage_keep_versions();
CREATE TRIGGER keep_versions_insert AFTER INSERT ON public.startup REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.startup_keep_versions();
CREATE TRIGGER keep_versions_update AFTER UPDATE ON public.affiliation REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.affiliation_keep_versions();
CREATE TRIGGER keep_versions_update AFTER UPDATE ON public.deal REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.deal_keep_versions();
CREATE TRIGGER keep_versions_update AFTER UPDATE ON public.document REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.document_keep_versions();
CREATE TRIGGER keep_versions_update AFTER UPDATE ON public.person REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.person_keep_versions();
CREATE TRIGGER keep_versions_update AFTER UPDATE ON public.sector REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.sector_keep_versions();
CREATE TRIGGER keep_versions_update AFTER UPDATE ON public.stage REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.stage_keep_versions();
CREATE TRIGGER keep_versions_update AFTER UPDATE ON public.startup REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.startup_keep_versions();
CREATE CONSTRAINT TRIGGER order_operation AFTER INSERT ON public.operation DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.order_operation();
CREATE TRIGGER sectors_exist_insert AFTER INSERT ON public.startup REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.startup_sectors_exist();
CREATE TRIGGER sectors_exist_update AFTER UPDATE ON public.startup REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.startup_sectors_exist();
CREATE TRIGGER supersedes_like AFTER INSERT ON public.evidence FOR EACH ROW WHEN ((new.supersedes IS NOT NULL)) EXECUTE FUNCTION public.evidence_supersedes_like();
ALTER TABLE ONLY public.activity
    ADD CONSTRAINT activity_operation_id_fkey FOREIGN KEY (operation_id) REFERENCES public.operation(id);
ALTER TABLE ONLY public.affiliation
    ADD CONSTRAINT affiliation_origin_startup_id_fkey FOREIGN KEY (origin_startup_id) REFERENCES public.startup(id);
ALTER TABLE ONLY public.affiliation
    ADD CONSTRAINT affiliation_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.affiliation
    ADD CONSTRAINT affiliation_startup_id_fkey FOREIGN KEY (startup_id) REFERENCES public.startup(id);
ALTER TABLE ONLY public.affiliation_version
    ADD CONSTRAINT affiliation_version_affiliation_id_fkey FOREIGN KEY (affiliation_id) REFERENCES public.affiliation(id);
ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.app_user(id);
ALTER TABLE ONLY public.deal_change
    ADD CONSTRAINT deal_change_by_fkey FOREIGN KEY (by) REFERENCES public.app_user(id);
ALTER TABLE ONLY public.deal_change
    ADD CONSTRAINT deal_change_deal_id_fkey FOREIGN KEY (deal_id) REFERENCES public.deal(id);
ALTER TABLE ONLY public.deal_change
    ADD CONSTRAINT deal_change_from_stage_id_fkey FOREIGN KEY (from_stage_id) REFERENCES public.stage(id);
ALTER TABLE ONLY public.deal_change
    ADD CONSTRAINT deal_change_to_stage_id_fkey FOREIGN KEY (to_stage_id) REFERENCES public.stage(id);
ALTER TABLE ONLY public.deal_change
    ADD CONSTRAINT deal_change_voids_fkey FOREIGN KEY (voids) REFERENCES public.deal_change(id);
ALTER TABLE ONLY public.deal
    ADD CONSTRAINT deal_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES public.app_user(id);
ALTER TABLE ONLY public.deal
    ADD CONSTRAINT deal_origin_startup_id_fkey FOREIGN KEY (origin_startup_id) REFERENCES public.startup(id);
ALTER TABLE ONLY public.deal
    ADD CONSTRAINT deal_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES public.app_user(id);
ALTER TABLE ONLY public.deal
    ADD CONSTRAINT deal_stage_id_fkey FOREIGN KEY (stage_id) REFERENCES public.stage(id);
ALTER TABLE ONLY public.deal
    ADD CONSTRAINT deal_startup_id_fkey FOREIGN KEY (startup_id) REFERENCES public.startup(id);
ALTER TABLE ONLY public.deal_version
    ADD CONSTRAINT deal_version_deal_id_fkey FOREIGN KEY (deal_id) REFERENCES public.deal(id);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.app_user(id);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_deal_id_fkey FOREIGN KEY (deal_id) REFERENCES public.deal(id);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_origin_startup_id_fkey FOREIGN KEY (origin_startup_id) REFERENCES public.startup(id);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_reprint_of_fkey FOREIGN KEY (reprint_of) REFERENCES public.document(id);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_startup_id_fkey FOREIGN KEY (startup_id) REFERENCES public.startup(id);
ALTER TABLE ONLY public.document_version
    ADD CONSTRAINT document_version_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.document(id);
ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT evidence_origin_startup_id_fkey FOREIGN KEY (origin_startup_id) REFERENCES public.startup(id);
ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT evidence_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.app_user(id);
ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT evidence_retracted_by_fkey FOREIGN KEY (retracted_by) REFERENCES public.app_user(id);
ALTER TABLE ONLY public.evidence_review
    ADD CONSTRAINT evidence_review_by_fkey FOREIGN KEY (by) REFERENCES public.app_user(id);
ALTER TABLE ONLY public.evidence_review
    ADD CONSTRAINT evidence_review_evidence_id_fkey FOREIGN KEY (evidence_id) REFERENCES public.evidence(id);
ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT evidence_startup_id_fkey FOREIGN KEY (startup_id) REFERENCES public.startup(id);
ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT evidence_supersedes_fkey FOREIGN KEY (supersedes) REFERENCES public.evidence(id);
ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.app_user(id);
ALTER TABLE ONLY public.operation
    ADD CONSTRAINT operation_by_fkey FOREIGN KEY (by) REFERENCES public.app_user(id);
ALTER TABLE ONLY public.operation_order
    ADD CONSTRAINT operation_order_operation_id_fkey FOREIGN KEY (operation_id) REFERENCES public.operation(id);
ALTER TABLE ONLY public.operation
    ADD CONSTRAINT operation_undoes_fkey FOREIGN KEY (undoes) REFERENCES public.operation(id);
ALTER TABLE ONLY public.person_version
    ADD CONSTRAINT person_version_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.sector
    ADD CONSTRAINT sector_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES public.sector(id);
ALTER TABLE ONLY public.sector_version
    ADD CONSTRAINT sector_version_sector_id_fkey FOREIGN KEY (sector_id) REFERENCES public.sector(id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.app_user(id);
ALTER TABLE ONLY public.sign_in_link
    ADD CONSTRAINT sign_in_link_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.app_user(id);
ALTER TABLE ONLY public.stage_version
    ADD CONSTRAINT stage_version_stage_id_fkey FOREIGN KEY (stage_id) REFERENCES public.stage(id);
ALTER TABLE ONLY public.startup_external_id
    ADD CONSTRAINT startup_external_id_origin_startup_id_fkey FOREIGN KEY (origin_startup_id) REFERENCES public.startup(id);
ALTER TABLE ONLY public.startup_external_id
    ADD CONSTRAINT startup_external_id_startup_id_fkey FOREIGN KEY (startup_id) REFERENCES public.startup(id);
ALTER TABLE ONLY public.startup_version
    ADD CONSTRAINT startup_version_startup_id_fkey FOREIGN KEY (startup_id) REFERENCES public.startup(id);
