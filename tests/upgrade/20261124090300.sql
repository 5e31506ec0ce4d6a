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
CREATE FUNCTION public.startup_keep_versions() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    begin
      if tg_op = 'UPDATE' then
        update startup_version v set known_until = n.recorded_at from new_rows n
         where v.startup_id = n.id and v.known_until is null and (n.slug, n.name, n.name_sort, n.aliases, n.domains, n.website, n.one_liner, n.description, n.country, n.city, n.founded_on, n.product_launched_on, n.previous_focus, n.pivoted_on, n.structure, n.layer, n.technical_route, n.need, n.facts, n.sector_ids, n.custom_fields, n.hidden_at) is distinct from (v.slug, v.name, v.name_sort, v.aliases, v.domains, v.website, v.one_liner, v.description, v.country, v.city, v.founded_on, v.product_launched_on, v.previous_focus, v.pivoted_on, v.structure, v.layer, v.technical_route, v.need, v.facts, v.sector_ids, v.custom_fields, v.hidden_at);
      end if;
      insert into startup_version (startup_id, version, known_from, slug, name, name_sort, aliases, domains, website, one_liner, description, country, city, founded_on, product_launched_on, previous_focus, pivoted_on, structure, layer, technical_route, need, facts, sector_ids, custom_fields, hidden_at)
      select n.id, n.version, n.recorded_at, n.slug, n.name, n.name_sort, n.aliases, n.domains, n.website, n.one_liner, n.description, n.country, n.city, n.founded_on, n.product_launched_on, n.previous_focus, n.pivoted_on, n.structure, n.layer, n.technical_route, n.need, n.facts, n.sector_ids, n.custom_fields, n.hidden_at from new_rows n
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
    CONSTRAINT startup_aliases_check CHECK ((jsonb_typeof(aliases) = 'array'::text)),
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
	(20261124090000, 'foundation', '2026-11-24 13:09:13.293246+00', true, '\xd1770b1cfee5ada87646dec76c704b75caf2f20c3ff993565f3a5532fd8c40ceeea56d9184acf825ce3cf92d8cd758f0', 264596678),
	(20261124090100, 'startup', '2026-11-24 13:09:13.558444+00', true, '\x455fc9b9e4f80789633b54671d51786fac49e221b03a15196a15bcde72a4f443bfec8992304dc94a491be7576455eaf6', 182259879),
	(20261124090200, 'deal', '2026-11-24 13:09:13.742948+00', true, '\xed3152ba7cc93e0f4e59a58763424d6c865604bcd3fa62fa95b40493b5fd9723fdc0ca58608cde2371466b27f962ec59', 130183968),
	(20261124090300, 'evidence', '2026-11-24 13:09:13.874213+00', true, '\xde5bd718a7bdf024369dad52a12b2cafd25ec1540a5022bfb6af8afd32d470882afbba39444b405f30fc7c2a98483515', 58153140);
INSERT INTO public.activity VALUES
	('01a20dac-bca8-74c4-b5f2-57cdbe4528c0', 0, '01a20dac-bca8-74c4-b5f2-57ceb97040f2', 'user', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, NULL, '{"role": "ADMIN"}'),
	('01a20dac-bcdb-7656-969d-b79cacb089fe', 0, '01a20dac-bcdb-7656-969d-b79de5f63e3e', 'startup', '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', NULL, NULL, '{"name": "Bigclaim", "need": {"pain": null, "payer": "Enterprises", "costToday": null, "alternativeToday": null}, "layer": "MODEL", "aliases": [{"kind": "BRAND", "name": "大言", "language": "zh"}], "country": "CN", "oneLiner": "A base model, says its deck (fictional)", "sectorIds": ["sector_01m86tsf3yehsrpn9tk0dkctsn"], "structure": "UNDECIDED", "customFields": {"fictional": true}, "technicalRoute": "TRAINS_BASE_MODEL"}'),
	('01a20dac-bd00-74d6-91cb-180bf16566e8', 0, '01a20dac-bd00-74d6-91cb-180cf3925078', 'evidence', '01a20dac-bcee-7351-8567-6a9e52e92254', '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', NULL, NULL, '{"kind": "PAYING_CUSTOMERS", "note": "fictional", "grade": "CLAIMED", "value": "100", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "observedOn": "2026-11-21"}'),
	('01a20dac-bd11-73eb-9fd8-fad2736346ea', 0, '01a20dac-bd11-73eb-9fd8-fad3e3b3b3dd', 'evidence', '01a20dac-bd0c-732e-b0cd-f9c20695b1de', '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', NULL, NULL, '{"kind": "ACTIVE_USERS", "note": "fictional", "grade": "CLAIMED", "value": "100000", "source": "DATA_ROOM", "window": "MONTH", "precision": "DAY", "qualifier": "EXACT", "observedOn": "2026-11-21"}'),
	('01a20dac-bd2c-716b-8bba-cf00ed5c779c', 0, '01a20dac-bd2c-716b-8bba-cf01c0f64ac3', 'startup', '01a20dac-bd24-726e-85a5-26c3bf8995b1', '01a20dac-bd24-726e-85a5-26c3bf8995b1', NULL, NULL, '{"name": "Cubeforge", "need": {"pain": null, "payer": "Game studios", "costToday": null, "alternativeToday": null}, "layer": "APP", "aliases": [{"kind": "BRAND", "name": "立方工坊", "language": "zh"}], "country": "CN", "oneLiner": "Usable 3D assets from a sketch (fictional)", "sectorIds": ["sector_01m86tsf47ejq8pkg8nsdrrdx8"], "structure": "UNDECIDED", "customFields": {"fictional": true}, "technicalRoute": "BUILDS_ON_API"}'),
	('01a20dac-bd39-725f-a164-0cfc39c1443b', 0, '01a20dac-bd39-725f-a164-0cfd91d6689d', 'evidence', '01a20dac-bd32-768c-9672-6eb8d62e5aea', '01a20dac-bd24-726e-85a5-26c3bf8995b1', NULL, NULL, '{"kind": "PAYING_CUSTOMERS", "note": "fictional", "grade": "DOCUMENTED", "value": "20", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-10-24"}'),
	('01a20dac-bd43-7600-a03b-bd36fa348c37', 0, '01a20dac-bd43-7600-a03b-bd37b311ff31', 'evidence', '01a20dac-bd41-7337-b38d-968a21f0b759', '01a20dac-bd24-726e-85a5-26c3bf8995b1', NULL, NULL, '{"kind": "RETENTION", "note": "fictional", "grade": "DOCUMENTED", "value": "35", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-09-24", "sampleSize": 400, "horizonDays": 30}'),
	('01a20dac-bd4d-757d-a62b-edb63348cc87', 0, '01a20dac-bd4d-757d-a62b-edb7bdfc65db', 'evidence', '01a20dac-bd4a-75db-8e30-fc5a9161e382', '01a20dac-bd24-726e-85a5-26c3bf8995b1', NULL, NULL, '{"kind": "ACTIVE_USERS", "note": "fictional", "grade": "CLAIMED", "value": "30000", "source": "DATA_ROOM", "window": "MONTH", "precision": "DAY", "qualifier": "EXACT", "observedOn": "2026-11-08"}'),
	('01a20dac-bd5e-74d3-aba4-47cd49673b16', 0, '01a20dac-bd5e-74d3-aba4-47ce24e66ed0', 'startup', '01a20dac-bd5a-7027-8f03-acd55ee53c58', '01a20dac-bd5a-7027-8f03-acd55ee53c58', NULL, NULL, '{"name": "Meshwright", "need": {"pain": null, "payer": "Animation houses", "costToday": null, "alternativeToday": null}, "layer": "MIDDLEWARE", "aliases": [{"kind": "BRAND", "name": "网匠", "language": "zh"}], "country": "CN", "oneLiner": "Constrains models to watertight meshes (fictional)", "sectorIds": ["sector_01m86tsf47ejq8pkg8nsdrrdx8"], "structure": "UNDECIDED", "customFields": {"fictional": true}, "technicalRoute": "TUNES_BASE_MODEL"}'),
	('01a20dac-bd68-71f1-be4f-f80a27849c49', 0, '01a20dac-bd68-71f1-be4f-f80befced24e', 'evidence', '01a20dac-bd67-7698-819b-9e59552e3e2d', '01a20dac-bd5a-7027-8f03-acd55ee53c58', NULL, NULL, '{"kind": "PAYING_CUSTOMERS", "note": "fictional", "grade": "DOCUMENTED", "value": "14", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-11-01"}'),
	('01a20dac-bdc9-734e-8980-ff1da213d562', 0, '01a20dac-bdc9-734e-8980-ff1e5adeaac2', 'evidence', '01a20dac-bd7f-7554-b351-5c528e6b6cd0', '01a20dac-bd5a-7027-8f03-acd55ee53c58', NULL, NULL, '{"kind": "WAITLIST", "note": "fictional", "grade": "CLAIMED", "value": "4000", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "observedOn": "2026-01-28"}'),
	('01a20dac-bde4-7477-bc8e-17fc3ed19265', 0, '01a20dac-bde4-7477-bc8e-17fd377da5bb', 'startup', '01a20dac-bde0-7572-b50e-46ea3dea6288', '01a20dac-bde0-7572-b50e-46ea3dea6288', NULL, NULL, '{"name": "Wrapwell", "need": {"pain": null, "payer": null, "costToday": null, "alternativeToday": null}, "layer": "APP", "aliases": [{"kind": "BRAND", "name": "快包", "language": "zh"}], "country": "CN", "oneLiner": "A chat window around somebody''s API (fictional)", "sectorIds": ["sector_01m86tsf4bexb8w4n1ps0qjh1f"], "structure": "UNDECIDED", "customFields": {"fictional": true}, "technicalRoute": "BUILDS_ON_API"}'),
	('01a20dac-bdfc-74cc-8132-c03829ecc286', 0, '01a20dac-bdfc-74cc-8132-c039776021d9', 'startup', '01a20dac-bdfb-741f-b0fb-d82d6cacec38', '01a20dac-bdfb-741f-b0fb-d82d6cacec38', NULL, NULL, '{"name": "Quietlake", "need": {"pain": null, "payer": null, "costToday": null, "alternativeToday": null}, "layer": "APP", "aliases": [{"kind": "BRAND", "name": "静湖", "language": "zh"}], "country": "CN", "oneLiner": "A companion that listens (fictional)", "sectorIds": ["sector_01m86tsf4eee48a2tbmvwr0gpt"], "structure": "UNDECIDED", "customFields": {"fictional": true}, "technicalRoute": "BUILDS_ON_API"}'),
	('01a20dac-be02-7090-9717-79cd3c0c269c', 0, '01a20dac-be02-7090-9717-79cec4ce2492', 'evidence', '01a20dac-be01-737c-b07a-cf971fa63893', '01a20dac-bdfb-741f-b0fb-d82d6cacec38', NULL, NULL, '{"kind": "ACTIVE_USERS", "note": "fictional", "grade": "CLAIMED", "value": "2000", "source": "DATA_ROOM", "window": "MONTH", "precision": "DAY", "qualifier": "EXACT", "observedOn": "2026-10-15"}'),
	('01a20dac-be09-73f2-b898-7c5c35259d8a', 0, '01a20dac-be09-73f2-b898-7c5d0280d4c6', 'startup', '01a20dac-be08-72f7-8b1c-5f3f23d9116c', '01a20dac-be08-72f7-8b1c-5f3f23d9116c', NULL, NULL, '{"name": "Handover", "need": {"pain": null, "payer": "Warehouse operators", "costToday": null, "alternativeToday": null}, "layer": "APP", "aliases": [{"kind": "BRAND", "name": "递手", "language": "zh"}], "country": "CN", "oneLiner": "Words into motion for warehouse arms (fictional)", "sectorIds": ["sector_01m86tsf47ejq8pkg8p0t2hfp6"], "structure": "UNDECIDED", "customFields": {"fictional": true}, "technicalRoute": "TUNES_BASE_MODEL"}'),
	('01a20dac-be0f-70d6-b1a4-9bce0d740db2', 0, '01a20dac-be0f-70d6-b1a4-9bcf8c09e018', 'evidence', '01a20dac-be0b-72f7-a728-cfb4a071f3de', '01a20dac-be08-72f7-8b1c-5f3f23d9116c', NULL, NULL, '{"kind": "UNITS_DEPLOYED", "note": "fictional", "grade": "DOCUMENTED", "value": "42", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-11-04"}'),
	('01a20dac-be0f-70d6-b1a4-9bce0d740db2', 1, '01a20dac-be0f-70d6-b1a4-9bd06c4ea4aa', 'evidence', '01a20dac-be0b-72f7-a728-cfb4a071f3de', '01a20dac-be08-72f7-8b1c-5f3f23d9116c', NULL, '{"grade": "DOCUMENTED"}', '{"grade": "VERIFIED", "checked": "called the customers (fictional)"}'),
	('01a20dac-be13-77b8-b380-3b52594a7eec', 0, '01a20dac-be13-77b8-b380-3b538cb55e06', 'evidence', '01a20dac-be12-77aa-852c-870a92c9a3b1', '01a20dac-be08-72f7-8b1c-5f3f23d9116c', NULL, NULL, '{"kind": "PILOTS", "note": "fictional", "grade": "DOCUMENTED", "value": "3", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-08-26"}'),
	('01a20dac-be1f-712b-9240-1965df247264', 0, '01a20dac-be1f-712b-9240-19668b1fe70d', 'startup', '01a20dac-be1c-7412-8cae-d35a8fb9325d', '01a20dac-be1c-7412-8cae-d35a8fb9325d', NULL, NULL, '{"name": "Clickpath", "need": {"pain": null, "payer": "Accounting firms", "costToday": null, "alternativeToday": null}, "layer": "APP", "aliases": [{"kind": "BRAND", "name": "点径", "language": "zh"}], "country": "CN", "oneLiner": "Does the clicking in old accounting systems (fictional)", "sectorIds": ["sector_01m86tsf48eaerq5ans0ekejfa"], "structure": "UNDECIDED", "customFields": {"fictional": true}, "technicalRoute": "BUILDS_ON_API"}'),
	('01a20dac-be28-7158-99d8-934cd1aaaa1a', 0, '01a20dac-be28-7158-99d8-934d6cf998f8', 'evidence', '01a20dac-be22-770d-bedd-e2cd6c02114d', '01a20dac-be1c-7412-8cae-d35a8fb9325d', NULL, NULL, '{"kind": "PAYING_CUSTOMERS", "note": "fictional", "grade": "DOCUMENTED", "value": "61", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-11-12"}'),
	('01a20dac-be28-7158-99d8-934cd1aaaa1a', 1, '01a20dac-be28-7158-99d8-934e06fdb6d4', 'evidence', '01a20dac-be22-770d-bedd-e2cd6c02114d', '01a20dac-be1c-7412-8cae-d35a8fb9325d', NULL, '{"grade": "DOCUMENTED"}', '{"grade": "VERIFIED", "checked": "called the customers (fictional)"}'),
	('01a20dac-be33-7190-91e3-a6b252b12504', 0, '01a20dac-be33-7190-91e3-a6b3d407079f', 'startup', '01a20dac-be32-727e-b41d-2b4ce34bcc4c', '01a20dac-be32-727e-b41d-2b4ce34bcc4c', NULL, NULL, '{"name": "Loomtune", "need": {"pain": null, "payer": "Software teams", "costToday": null, "alternativeToday": null}, "layer": "MIDDLEWARE", "aliases": [{"kind": "BRAND", "name": "织调", "language": "zh"}], "country": "CN", "oneLiner": "Fine-tuning for teams without researchers (fictional)", "sectorIds": ["sector_01m86tsf41ez9tq3as1yqdp3qy"], "structure": "UNDECIDED", "customFields": {"fictional": true}, "technicalRoute": "TUNES_BASE_MODEL"}'),
	('01a20dac-be39-737a-9f5d-f147e4b4de63', 0, '01a20dac-be39-737a-9f5d-f148b780027f', 'evidence', '01a20dac-be38-733b-a0d5-7cda1926d775', '01a20dac-be32-727e-b41d-2b4ce34bcc4c', NULL, NULL, '{"kind": "OPEN_SOURCE_STARS", "note": "fictional", "grade": "DOCUMENTED", "value": "5200", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-11-16"}'),
	('01a20dac-be40-778b-9984-36fb746c1cb4', 0, '01a20dac-be40-778b-9984-36fc2d8376b5', 'evidence', '01a20dac-be40-778b-9984-36fad3b7427b', '01a20dac-be3c-756b-98d1-75f2d2539b53', NULL, NULL, '{"kind": "PAYING_CUSTOMERS", "note": "fictional", "grade": "DOCUMENTED", "value": "9", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-09-15"}'),
	('01a20dac-be4b-70d7-b2de-0ea0a177ab71', 0, '01a20dac-be4b-70d7-b2de-0ea19dff7e78', 'evidence', '01a20dac-be48-7231-a5a4-2aebe4293f84', '01a20dac-be44-747f-9edf-70e960677e71', NULL, NULL, '{"kind": "PAYING_CUSTOMERS", "note": "fictional", "grade": "DOCUMENTED", "value": "30", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-11-09"}'),
	('01a20dac-be4b-70d7-b2de-0ea0a177ab71', 1, '01a20dac-be4b-70d7-b2de-0ea26b811342', 'evidence', '01a20dac-be48-7231-a5a4-2aebe4293f84', '01a20dac-be44-747f-9edf-70e960677e71', NULL, '{"grade": "DOCUMENTED"}', '{"grade": "REFUTED", "checked": "called the customers (fictional)"}'),
	('01a20dac-be5b-7754-aa93-56f5c30a2bf1', 0, '01a20dac-be5b-7754-aa93-56f635a8f37e', 'evidence', '01a20dac-be5a-7014-923e-61e130ba6408', '01a20dac-be50-7042-826a-9cdd4c0ebe2d', NULL, NULL, '{"kind": "PILOTS", "note": "fictional", "grade": "DOCUMENTED", "value": "2", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-10-22"}'),
	('01a20dac-be6a-70ac-89a6-94531d9b764d', 0, '01a20dac-be6a-70ac-89a6-9454443899c4', 'evidence', '01a20dac-be69-76f9-b7e5-f0e740d2f6db', '01a20dac-be64-7678-9ddf-8d91de770cef', NULL, NULL, '{"kind": "PAYING_CUSTOMERS", "note": "fictional", "grade": "DOCUMENTED", "value": "120", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-11-06"}'),
	('01a20dad-5b7c-74ff-a3dc-d6e8b8ec8b5f', 0, '01a20dad-5b7c-74ff-a3dc-d6e91d58fdec', 'affiliation', '01a20dad-5b75-7475-b76d-f14b2c9c15d7', '01a20dac-be50-7042-826a-9cdd4c0ebe2d', NULL, NULL, '{"id": "affiliation_01m86ttpvnehtvevfh9cp9r5eq", "kind": "COMPANY", "personId": "person_01m86ttpssey1tkz6rew1d343k", "isFounder": true, "startupId": "startup_01m86tsfjge1184tmwvn60xfhd", "organisation": "Basewright"}'),
	('01a20dad-629b-76e0-9351-82d17f48b55b', 0, '01a20dad-629b-76e0-9351-82d2f9ae1b65', 'deal', '01a20dad-617e-72bc-9b41-2d7ac95fcb22', '01a20dac-be1c-7412-8cae-d35a8fb9325d', '01a20dad-617e-72bc-9b41-2d7ac95fcb22', '{"stageId": "stage_01m86tsf4gew3t4amfhc11w5cs", "enteredStageAt": "2026-11-24T13:09:56.176700Z"}', '{"change": "dealchange_01m86ttrk1eaashwtmtagnkqae", "stageId": "stage_01m86tsf4kedna1xagxwbpe0bb", "enteredStageAt": "2026-11-24T13:09:56.415054Z"}'),
	('01a20dad-6468-733c-a3dc-bb1572e33388', 0, '01a20dad-6468-733c-a3dc-bb1628d01c64', 'affiliation', '01a20dad-6455-7137-8438-3c5479b5b7c7', '01a20dac-be64-7678-9ddf-8d91de770cef', NULL, NULL, '{"id": "affiliation_01m86tts2ne4vr8e1wahwvbdy7", "kind": "COMPANY", "personId": "person_01m86ttrybe2ts3qgstf18ntt5", "isFounder": true, "startupId": "startup_01m86tsfk4esw9vqwdj7f7e37f", "organisation": "Codelantern"}'),
	('01a20dad-6621-74f6-b5f9-6cf34b78e733', 0, '01a20dad-6621-74f6-b5f9-6cf43959ac1b', 'deal', '01a20dad-64fb-7755-ad66-a4d535eb6827', '01a20dac-be64-7678-9ddf-8d91de770cef', '01a20dad-64fb-7755-ad66-a4d535eb6827', '{"stageId": "stage_01m86tsf4gew3t4amfhc11w5cs", "enteredStageAt": "2026-11-24T13:09:57.022940Z"}', '{"change": "dealchange_01m86ttsgne3xvmj62bsj2yrs6", "stageId": "stage_01m86tsf4kedna1xagxwbpe0bb", "enteredStageAt": "2026-11-24T13:09:57.387346Z"}'),
	('01a20dad-6a21-73d7-8032-21662661d95d', 0, '01a20dad-6a21-73d7-8032-2167cc23eaaa', 'deal', '01a20dad-695d-7458-ad17-17209683862a', '01a20dac-bd24-726e-85a5-26c3bf8995b1', '01a20dad-695d-7458-ad17-17209683862a', '{"status": "ON_HOLD", "heldSince": "2026-11-24T13:09:58.358828Z", "heldMicros": 0, "passReason": null}', '{"change": "dealchange_01m86tttgzevsv3sqr085s0cag", "status": "PASSED", "heldSince": null, "heldMicros": 58286, "passReason": "TIMING"}'),
	('01a20dad-6a52-7301-b285-e2821fd23b37', 0, '01a20dad-6a52-7301-b285-e2839ea07806', 'deal', '01a20dad-695d-7458-ad17-17209683862a', '01a20dac-bd24-726e-85a5-26c3bf8995b1', '01a20dad-695d-7458-ad17-17209683862a', '{"status": "PASSED", "heldSince": null, "heldMicros": 58286, "passReason": "TIMING"}', '{"reason": "too early", "status": "ON_HOLD", "voided": "dealchange_01m86tttgzevsv3sqr085s0cag", "heldSince": "2026-11-24T13:09:58.358828Z", "heldMicros": 0, "passReason": null}'),
	('01a20dad-6a82-7160-a03f-4adcef3515c5', 0, '01a20dad-6a82-7160-a03f-4add7cf04954', 'document', '01a20dad-6a7d-77f8-9625-692052c7b32b', '01a20dac-bd24-726e-85a5-26c3bf8995b1', '01a20dad-695d-7458-ad17-17209683862a', NULL, '{"url": "https://files.example/deck", "kind": "DECK", "title": "Deck (fictional)", "dealId": "deal_01m86tttaxehcat5rq42b871ha", "startupId": "startup_01m86tsf94e9q8b996rezrk5dh"}'),
	('01a20dad-6be0-741a-92b9-d43c6c9f4811', 0, '01a20dad-6be0-741a-92b9-d43ddede532b', 'deal', '01a20dad-6b6a-74f6-b2f4-219c359d5fab', '01a20dac-be3c-756b-98d1-75f2d2539b53', '01a20dad-6b6a-74f6-b2f4-219c359d5fab', '{"status": "ON_HOLD", "heldSince": "2026-11-24T13:09:58.843769Z", "heldMicros": 0, "passReason": null}', '{"change": "dealchange_01m86tttyyeepr9x0m50rbs6xh", "status": "PASSED", "heldSince": null, "heldMicros": 30034, "passReason": "TIMING"}'),
	('01a20dad-6cb4-7774-9e67-28ce8ab88bb1', 0, '01a20dad-6cb4-7774-9e67-28cfe007d047', 'evidence', '01a20dac-be38-733b-a0d5-7cda1926d775', '01a20dac-be32-727e-b41d-2b4ce34bcc4c', NULL, '{"grade": "DOCUMENTED"}', '{"grade": "REFUTED", "checked": "called two (fictional)"}'),
	('01a20dac-be2d-7127-9fd8-cb3145825b18', 0, '01a20dac-be2d-7127-9fd8-cb3220ce621c', 'evidence', '01a20dac-be2c-70bf-88ab-6da4a634955a', '01a20dac-be1c-7412-8cae-d35a8fb9325d', NULL, NULL, '{"kind": "RETENTION", "note": "fictional", "grade": "DOCUMENTED", "value": "58", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-10-10", "sampleSize": 400, "horizonDays": 30}'),
	('01a20dac-be36-7274-b770-e3d6ea12d768', 0, '01a20dac-be36-7274-b770-e3d71c379694', 'evidence', '01a20dac-be35-7463-8403-ed71987afa79', '01a20dac-be32-727e-b41d-2b4ce34bcc4c', NULL, NULL, '{"kind": "DEVELOPERS_BUILDING", "note": "fictional", "grade": "DOCUMENTED", "value": "700", "source": "DATA_ROOM", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-10-30"}'),
	('01a20dac-be3e-76fd-8687-2bbc68b9ea3e', 0, '01a20dac-be3e-76fd-8687-2bbd68c1c6d8', 'startup', '01a20dac-be3c-756b-98d1-75f2d2539b53', '01a20dac-be3c-756b-98d1-75f2d2539b53', NULL, NULL, '{"name": "Facecast", "need": {"pain": null, "payer": "Training departments", "costToday": null, "alternativeToday": null}, "layer": "MIDDLEWARE", "aliases": [{"kind": "BRAND", "name": "面塑", "language": "zh"}], "country": "CN", "oneLiner": "Virtual-human models for training videos (fictional)", "sectorIds": ["sector_01m86tsf42e1r97hayg4zcw1rj"], "structure": "UNDECIDED", "customFields": {"fictional": true}, "technicalRoute": "TUNES_BASE_MODEL"}'),
	('01a20dac-be46-7676-8450-032024d7ba42', 0, '01a20dac-be46-7676-8450-03215d85e903', 'startup', '01a20dac-be44-747f-9edf-70e960677e71', '01a20dac-be44-747f-9edf-70e960677e71', NULL, NULL, '{"name": "Oldwine", "need": {"pain": null, "payer": "Law firms", "costToday": null, "alternativeToday": null}, "layer": "APP", "aliases": [{"kind": "BRAND", "name": "旧酿", "language": "zh"}], "country": "CN", "oneLiner": "Keyword search, now called a large model (fictional)", "sectorIds": ["sector_01m86tsf4feyy89wkxrza7ttnt"], "structure": "UNDECIDED", "customFields": {"fictional": true}, "technicalRoute": "PRE_LLM_AI"}'),
	('01a20dac-be51-7444-b0b5-3b0e361d2178', 0, '01a20dac-be51-7444-b0b5-3b0f2bc79ffc', 'startup', '01a20dac-be50-7042-826a-9cdd4c0ebe2d', '01a20dac-be50-7042-826a-9cdd4c0ebe2d', NULL, NULL, '{"name": "Basewright", "need": {"pain": null, "payer": "Robot makers", "costToday": null, "alternativeToday": null}, "layer": "MODEL", "aliases": [{"kind": "BRAND", "name": "基石", "language": "zh"}], "country": "CN", "oneLiner": "A base model for bodies (fictional)", "sectorIds": ["sector_01m86tsf40eawtgqffp3y54jjz"], "structure": "UNDECIDED", "customFields": {"fictional": true}, "technicalRoute": "TRAINS_BASE_MODEL"}'),
	('01a20dac-be65-75a1-9f0c-bda6027603bd', 0, '01a20dac-be65-75a1-9f0c-bda75513e7b9', 'startup', '01a20dac-be64-7678-9ddf-8d91de770cef', '01a20dac-be64-7678-9ddf-8d91de770cef', NULL, NULL, '{"name": "Codelantern", "need": {"pain": null, "payer": "Software teams", "costToday": null, "alternativeToday": null}, "layer": "APP", "aliases": [{"kind": "BRAND", "name": "码灯", "language": "zh"}], "country": "CN", "oneLiner": "Reviews code where it was written (fictional)", "sectorIds": ["sector_01m86tsf4feyy89wkxrt3fy7t6"], "structure": "UNDECIDED", "customFields": {"fictional": true}, "technicalRoute": "BUILDS_ON_API"}'),
	('01a20dac-be6f-7302-9299-a6e6fea6c81c', 0, '01a20dac-be6f-7302-9299-a6e702218541', 'evidence', '01a20dac-be6e-75fd-b619-905d8ebd33ce', '01a20dac-be64-7678-9ddf-8d91de770cef', NULL, NULL, '{"kind": "ACTIVE_USERS", "note": "fictional", "grade": "DOCUMENTED", "value": "9000", "source": "DATA_ROOM", "window": "MONTH", "precision": "DAY", "qualifier": "EXACT", "sourceUrl": "https://data-room.example/export", "observedOn": "2026-11-06"}'),
	('01a20dad-5676-7389-8e5e-bf93b90e0a8b', 0, '01a20dad-5676-7389-8e5e-bf94410b24b0', 'token', '01a20dad-5674-7615-af32-cf33cbb2bc4f', NULL, NULL, NULL, '{"name": "command line", "user": "user_01m86tsf57e57anxz5p4a38kv7", "scopes": ["READ", "WRITE", "ADMIN"]}'),
	('01a20dad-5b40-72ee-bf23-aa8019971d0a', 0, '01a20dad-5b40-72ee-bf23-aa815c06585f', 'person', '01a20dad-5b39-7783-a9fc-d87702d19073', NULL, NULL, NULL, '{"version": 1}'),
	('01a20dad-5beb-74d2-932f-8861c41019cc', 0, '01a20dad-5beb-74d2-932f-8862932a9fe7', 'deal', '01a20dad-5bda-7592-8c98-77a1e4b7238d', '01a20dac-be50-7042-826a-9cdd4c0ebe2d', '01a20dad-5bda-7592-8c98-77a1e4b7238d', NULL, '{"round": "SEED", "title": "Basewright Seed", "status": "ACTIVE", "ownerId": "user_01m86tsf57e57anxz5p4a38kv7", "sources": [{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}], "stageId": "stage_01m86tsf4gew3t4amfhc11w5cs", "heldMicros": 0, "visibility": "TEAM", "amountSought": {"low": "1000000", "high": "2000000", "asFound": "$1-2m", "currency": "USD"}, "enteredStageAt": "2026-11-24T13:09:54.763619Z"}'),
	('01a20dad-5cc9-76e5-8d37-08afa90c2cda', 0, '01a20dad-5cc9-76e5-8d37-08b01f207dd7', 'document', '01a20dad-5ca4-7517-baf0-2b34968d6898', '01a20dac-be50-7042-826a-9cdd4c0ebe2d', '01a20dad-5bda-7592-8c98-77a1e4b7238d', NULL, '{"url": "https://files.example/deck", "kind": "DECK", "title": "Deck (fictional)", "dealId": "deal_01m86ttpytep98s63qm7jbe8wd", "startupId": "startup_01m86tsfjge1184tmwvn60xfhd"}'),
	('01a20dad-5dc6-774a-b916-891ff620cec0', 0, '01a20dad-5dc6-774a-b916-89205519eb07', 'startup', '01a20dac-be50-7042-826a-9cdd4c0ebe2d', '01a20dac-be50-7042-826a-9cdd4c0ebe2d', NULL, '{"city": null}', '{"city": "Shanghai"}'),
	('01a20dad-5df1-7244-808f-cd0d2ab17f8b', 0, '01a20dad-5df1-7244-808f-cd0e118e0c0c', 'person', '01a20dad-5def-71e0-b747-e32bc06a2780', NULL, NULL, NULL, '{"version": 1}'),
	('01a20dad-5e7e-7342-af4e-a670de92ed3c', 0, '01a20dad-5e7e-7342-af4e-a6719b87a580', 'affiliation', '01a20dad-5e70-7361-ac9e-204a843c33f0', '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', NULL, NULL, '{"id": "affiliation_01m86ttqkgedgts7h09a23rczg", "kind": "COMPANY", "personId": "person_01m86ttqffe7gbehz35f06m9w0", "isFounder": true, "startupId": "startup_01m86tsf6jed9rma0z9e9fyx55", "organisation": "Bigclaim"}'),
	('01a20dad-5ea2-7510-a760-6c378927816e', 0, '01a20dad-5ea2-7510-a760-6c386107bc63', 'deal', '01a20dad-5e9e-72c1-b595-c303d0e4f6a0', '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', '01a20dad-5e9e-72c1-b595-c303d0e4f6a0', NULL, '{"round": "SEED", "title": "Bigclaim Seed", "status": "ACTIVE", "ownerId": "user_01m86tsf57e57anxz5p4a38kv7", "sources": [{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}], "stageId": "stage_01m86tsf4gew3t4amfhc11w5cs", "heldMicros": 0, "visibility": "TEAM", "amountSought": {"low": "1000000", "high": "2000000", "asFound": "$1-2m", "currency": "USD"}, "enteredStageAt": "2026-11-24T13:09:55.481530Z"}'),
	('01a20dad-5ef1-72a6-86ff-0a30fd6405b1', 0, '01a20dad-5ef1-72a6-86ff-0a31fc26cb90', 'deal', '01a20dad-5e9e-72c1-b595-c303d0e4f6a0', '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', '01a20dad-5e9e-72c1-b595-c303d0e4f6a0', '{"stageId": "stage_01m86tsf4gew3t4amfhc11w5cs", "enteredStageAt": "2026-11-24T13:09:55.481530Z"}', '{"change": "dealchange_01m86ttqq9ej3rb15mr2jbt48k", "stageId": "stage_01m86tsf4kedna1xagxwbpe0bb", "enteredStageAt": "2026-11-24T13:09:55.524377Z"}'),
	('01a20dad-5f83-70e4-8673-dbae21fdb570', 0, '01a20dad-5f83-70e4-8673-dbaf488053a9', 'document', '01a20dad-5f3f-71ea-a292-3fce76afc6ec', '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', '01a20dad-5e9e-72c1-b595-c303d0e4f6a0', NULL, '{"url": "https://files.example/deck", "kind": "DECK", "title": "Deck (fictional)", "dealId": "deal_01m86ttqmyeb0vb5e30f8e9xn0", "startupId": "startup_01m86tsf6jed9rma0z9e9fyx55"}'),
	('01a20dad-5feb-701b-ab32-e1815f7c23a5', 0, '01a20dad-5feb-701b-ab32-e182ac958e15', 'startup', '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', NULL, '{"city": null}', '{"city": "Shanghai"}'),
	('01a20dad-608f-75f0-8423-6cbd73ad6ee7', 0, '01a20dad-608f-75f0-8423-6cbe8b3f76a6', 'person', '01a20dad-6089-74e6-899f-cea61119b259', NULL, NULL, NULL, '{"version": 1}'),
	('01a20dad-6137-71dd-84ad-de4759164e74', 0, '01a20dad-6137-71dd-84ad-de48645807d0', 'affiliation', '01a20dad-612e-7486-94e5-26f4463a2095', '01a20dac-be1c-7412-8cae-d35a8fb9325d', NULL, NULL, '{"id": "affiliation_01m86ttr9eej399s96yh33m84n", "kind": "COMPANY", "personId": "person_01m86ttr49ekk8k7yemr8hkcjs", "isFounder": true, "startupId": "startup_01m86tsfgweg98sbpkba7vjcjx", "organisation": "Clickpath"}'),
	('01a20dad-61ce-7388-9101-9da481d6530a', 0, '01a20dad-61cf-7326-b6b6-a5a52fa980bc', 'deal', '01a20dad-617e-72bc-9b41-2d7ac95fcb22', '01a20dac-be1c-7412-8cae-d35a8fb9325d', '01a20dad-617e-72bc-9b41-2d7ac95fcb22', NULL, '{"round": "SEED", "title": "Clickpath Seed", "status": "ACTIVE", "ownerId": "user_01m86tsf57e57anxz5p4a38kv7", "sources": [{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}], "stageId": "stage_01m86tsf4gew3t4amfhc11w5cs", "heldMicros": 0, "visibility": "TEAM", "amountSought": {"low": "1000000", "high": "2000000", "asFound": "$1-2m", "currency": "USD"}, "enteredStageAt": "2026-11-24T13:09:56.176700Z"}'),
	('01a20dad-6319-7085-93f4-f0e2bd67882b', 0, '01a20dad-6319-7085-93f4-f0e363eaa64e', 'deal', '01a20dad-617e-72bc-9b41-2d7ac95fcb22', '01a20dac-be1c-7412-8cae-d35a8fb9325d', '01a20dad-617e-72bc-9b41-2d7ac95fcb22', '{"status": "ACTIVE", "heldSince": null}', '{"change": "dealchange_01m86ttrrce65rqzrjwbyc04zb", "status": "ON_HOLD", "heldSince": "2026-11-24T13:09:56.602212Z"}'),
	('01a20dad-6346-7306-b003-f0c5c15605f2', 0, '01a20dad-6346-7306-b003-f0c672d5061b', 'document', '01a20dad-633c-77cb-9396-70e0fb5069ca', '01a20dac-be1c-7412-8cae-d35a8fb9325d', '01a20dad-617e-72bc-9b41-2d7ac95fcb22', NULL, '{"url": "https://files.example/deck", "kind": "DECK", "title": "Deck (fictional)", "dealId": "deal_01m86ttrbyeay9pg9dfb4nzjs2", "startupId": "startup_01m86tsfgweg98sbpkba7vjcjx"}'),
	('01a20dad-63a5-716f-a0e9-cf1759955996', 0, '01a20dad-63a5-716f-a0e9-cf184414a921', 'startup', '01a20dac-be1c-7412-8cae-d35a8fb9325d', '01a20dac-be1c-7412-8cae-d35a8fb9325d', NULL, '{"city": null}', '{"city": "Shanghai"}'),
	('01a20dad-63d3-7756-8e4f-2b5fc6d5b543', 0, '01a20dad-63d3-7756-8e4f-2b60cbc08b93', 'person', '01a20dad-63cb-70b5-91de-19d3c28aeb45', NULL, NULL, NULL, '{"version": 1}'),
	('01a20dad-654b-77ce-b7fa-2b8d6be29c6e', 0, '01a20dad-654b-77ce-b7fa-2b8e39037ae8', 'deal', '01a20dad-64fb-7755-ad66-a4d535eb6827', '01a20dac-be64-7678-9ddf-8d91de770cef', '01a20dad-64fb-7755-ad66-a4d535eb6827', NULL, '{"round": "SEED", "title": "Codelantern Seed", "status": "ACTIVE", "ownerId": "user_01m86tsf57e57anxz5p4a38kv7", "sources": [{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}], "stageId": "stage_01m86tsf4gew3t4amfhc11w5cs", "heldMicros": 0, "visibility": "TEAM", "amountSought": {"low": "1000000", "high": "2000000", "asFound": "$1-2m", "currency": "USD"}, "enteredStageAt": "2026-11-24T13:09:57.022940Z"}'),
	('01a20dad-6693-7056-bbdb-0261b60776b6', 0, '01a20dad-6693-7056-bbdb-0262b4abed65', 'deal', '01a20dad-64fb-7755-ad66-a4d535eb6827', '01a20dac-be64-7678-9ddf-8d91de770cef', '01a20dad-64fb-7755-ad66-a4d535eb6827', '{"status": "ACTIVE", "heldSince": null}', '{"change": "dealchange_01m86ttsmaexp906cvccx67zzc", "status": "ON_HOLD", "heldSince": "2026-11-24T13:09:57.499796Z"}'),
	('01a20dad-69ed-7089-9803-ac637e3561ed', 0, '01a20dad-69ed-7089-9803-ac64b504ede2', 'deal', '01a20dad-695d-7458-ad17-17209683862a', '01a20dac-bd24-726e-85a5-26c3bf8995b1', '01a20dad-695d-7458-ad17-17209683862a', '{"status": "ACTIVE", "heldSince": null}', '{"change": "dealchange_01m86tttf1eyyr4kjs89tem35t", "status": "ON_HOLD", "heldSince": "2026-11-24T13:09:58.358828Z"}'),
	('01a20dad-6ad3-75e2-a97b-a1018e4703ac', 0, '01a20dad-6ad3-75e2-a97b-a102b7ac5e8f', 'person', '01a20dad-6ad1-72ed-91dc-17dc55e48d85', NULL, NULL, NULL, '{"version": 1}'),
	('01a20dad-6b6f-76b3-bb89-b4ef0922c81f', 0, '01a20dad-6b6f-76b3-bb89-b4f0aff86a93', 'deal', '01a20dad-6b6a-74f6-b2f4-219c359d5fab', '01a20dac-be3c-756b-98d1-75f2d2539b53', '01a20dad-6b6a-74f6-b2f4-219c359d5fab', NULL, '{"round": "SEED", "title": "Facecast Seed", "status": "ACTIVE", "ownerId": "user_01m86tsf57e57anxz5p4a38kv7", "sources": [{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}], "stageId": "stage_01m86tsf4gew3t4amfhc11w5cs", "heldMicros": 0, "visibility": "RESTRICTED", "amountSought": {"low": "1000000", "high": "2000000", "asFound": "$1-2m", "currency": "USD"}, "enteredStageAt": "2026-11-24T13:09:58.704072Z"}'),
	('01a20dad-6ba1-77d9-9e38-26a1a036b09b', 0, '01a20dad-6ba1-77d9-9e38-26a203985744', 'deal', '01a20dad-6b6a-74f6-b2f4-219c359d5fab', '01a20dac-be3c-756b-98d1-75f2d2539b53', '01a20dad-6b6a-74f6-b2f4-219c359d5fab', '{"stageId": "stage_01m86tsf4gew3t4amfhc11w5cs", "enteredStageAt": "2026-11-24T13:09:58.704072Z"}', '{"change": "dealchange_01m86tttwweytrap2z9bdsb66s", "stageId": "stage_01m86tsf4kedna1xagxwbpe0bb", "enteredStageAt": "2026-11-24T13:09:58.804602Z"}'),
	('01a20dad-6bc7-77e6-adc2-f6e73a4b445b', 0, '01a20dad-6bc7-77e6-adc2-f6e83855c805', 'deal', '01a20dad-6b6a-74f6-b2f4-219c359d5fab', '01a20dac-be3c-756b-98d1-75f2d2539b53', '01a20dad-6b6a-74f6-b2f4-219c359d5fab', '{"status": "ACTIVE", "heldSince": null}', '{"change": "dealchange_01m86ttty0ekkspbwtkabcr4x1", "status": "ON_HOLD", "heldSince": "2026-11-24T13:09:58.843769Z"}'),
	('01a20dad-6bf3-7134-abf4-a13ebdfa8424', 0, '01a20dad-6bf3-7134-abf4-a13f154b3a11', 'document', '01a20dad-6bf1-76ee-a66e-0f94314a9e3e', '01a20dac-be3c-756b-98d1-75f2d2539b53', '01a20dad-6b6a-74f6-b2f4-219c359d5fab', NULL, '{"url": "https://files.example/deck", "kind": "DECK", "title": "Deck (fictional)", "dealId": "deal_01m86tttvaekvb5x11kgtstqxb", "startupId": "startup_01m86tsfhwennshmbnyb9576tk"}'),
	('01a20dad-6c08-7237-b9e1-64ff0dddb626', 0, '01a20dad-6c08-7237-b9e1-6500a3391825', 'startup', '01a20dac-be3c-756b-98d1-75f2d2539b53', '01a20dac-be3c-756b-98d1-75f2d2539b53', NULL, '{"city": null}', '{"city": "Shanghai"}'),
	('01a20dad-6c8d-75c9-b6be-96b95b3f20db', 0, '01a20dad-6c8d-75c9-b6be-96ba616aae4e', 'evidence', '01a20dac-bcee-7351-8567-6a9e52e92254', '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', NULL, '{"grade": "CLAIMED"}', '{"grade": "REFUTED", "checked": "called two (fictional)"}'),
	('01a20dad-6cdf-75e5-8464-044c06156243', 0, '01a20dad-6cdf-75e5-8464-044de11031d8', 'evidence', '01a20dac-be48-7231-a5a4-2aebe4293f84', '01a20dac-be44-747f-9edf-70e960677e71', NULL, '{"retracted": false}', '{"reason": "wrong company (fictional)", "retracted": true}'),
	('01a20dad-6cfb-75b1-93d3-cdbad8fd80b2', 0, '01a20dad-6cfb-75b1-93d3-cdbb79f7adc2', 'evidence', '01a20dad-6cf9-77ee-8f50-4a2b5328eec1', '01a20dac-bd24-726e-85a5-26c3bf8995b1', NULL, NULL, '{"kind": "ACTIVE_USERS", "grade": "CLAIMED", "value": "7", "source": "FOUNDER", "window": "MONTH", "precision": "DAY", "qualifier": "EXACT", "observedOn": "2026-11-01", "supersedes": "evidence_01m86tsfaaeqdrwc7wba8p3rw2"}'),
	('01a20dad-6d30-775e-b207-fd9e11ee3787', 0, '01a20dad-6d30-775e-b207-fd9fbfb47390', 'evidence', '01a20dac-bd0c-732e-b0cd-f9c20695b1de', '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', NULL, '{"grade": "REFUTED"}', '{"grade": "CLAIMED", "checked": "undo"}'),
	('01a20dad-6766-72df-bd82-0a5fa0f92cec', 0, '01a20dad-6766-72df-bd82-0a60c2c5b508', 'deal', '01a20dad-64fb-7755-ad66-a4d535eb6827', '01a20dac-be64-7678-9ddf-8d91de770cef', '01a20dad-64fb-7755-ad66-a4d535eb6827', '{"status": "ON_HOLD", "heldSince": "2026-11-24T13:09:57.499796Z", "heldMicros": 0, "passReason": null}', '{"change": "dealchange_01m86ttstyejv8rh0maskg5ena", "status": "PASSED", "heldSince": null, "heldMicros": 214027, "passReason": "TIMING"}'),
	('01a20dad-67a8-7560-bf29-f5434fb451be', 0, '01a20dad-67a8-7560-bf29-f5441fae3f69', 'document', '01a20dad-6785-75cc-a06e-ed48b8a87970', '01a20dac-be64-7678-9ddf-8d91de770cef', '01a20dad-64fb-7755-ad66-a4d535eb6827', NULL, '{"url": "https://files.example/deck", "kind": "DECK", "title": "Deck (fictional)", "dealId": "deal_01m86tts7vexattsn4tmtypt17", "startupId": "startup_01m86tsfk4esw9vqwdj7f7e37f"}'),
	('01a20dad-6ab0-7566-84d8-14bb83236f2b', 0, '01a20dad-6ab0-7566-84d8-14bcc9db9db1', 'startup', '01a20dac-bd24-726e-85a5-26c3bf8995b1', '01a20dac-bd24-726e-85a5-26c3bf8995b1', NULL, '{"city": null}', '{"city": "Shanghai"}'),
	('01a20dad-6c59-7141-b8fc-dab4a9b3b494', 0, '01a20dad-6c59-7141-b8fc-dab55f09bca3', 'evidence', '01a20dac-bd0c-732e-b0cd-f9c20695b1de', '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', NULL, '{"grade": "CLAIMED"}', '{"grade": "REFUTED", "checked": "called two (fictional)"}'),
	('01a20dad-681a-715d-8941-af592587b319', 0, '01a20dad-681a-715d-8941-af5ae893e5c5', 'startup', '01a20dac-be64-7678-9ddf-8d91de770cef', '01a20dac-be64-7678-9ddf-8d91de770cef', NULL, '{"city": null}', '{"city": "Shanghai"}'),
	('01a20dad-684c-7681-84f2-f53c1ec03ba7', 0, '01a20dad-684c-7681-84f2-f53dad5793f7', 'person', '01a20dad-6848-7415-a966-c5dcdcaf92ba', NULL, NULL, NULL, '{"version": 1}'),
	('01a20dad-6889-7496-b174-545b60a0453b', 0, '01a20dad-6889-7496-b174-545ca0dca2af', 'affiliation', '01a20dad-6885-75a2-b94f-ec7b82fe6db8', '01a20dac-bd24-726e-85a5-26c3bf8995b1', NULL, NULL, '{"id": "affiliation_01m86ttt45ephbjkzcfe1fwvdr", "kind": "COMPANY", "personId": "person_01m86ttt28egatjsp5vkeaz4nt", "isFounder": true, "startupId": "startup_01m86tsf94e9q8b996rezrk5dh", "organisation": "Cubeforge"}'),
	('01a20dad-6960-718b-b9e1-d1b589d1ceb5', 0, '01a20dad-6960-718b-b9e1-d1b61c93961f', 'deal', '01a20dad-695d-7458-ad17-17209683862a', '01a20dac-bd24-726e-85a5-26c3bf8995b1', '01a20dad-695d-7458-ad17-17209683862a', NULL, '{"round": "SEED", "title": "Cubeforge Seed", "status": "ACTIVE", "ownerId": "user_01m86tsf57e57anxz5p4a38kv7", "sources": [{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}], "stageId": "stage_01m86tsf4gew3t4amfhc11w5cs", "heldMicros": 0, "visibility": "TEAM", "amountSought": {"low": "1000000", "high": "2000000", "asFound": "$1-2m", "currency": "USD"}, "enteredStageAt": "2026-11-24T13:09:58.235443Z"}'),
	('01a20dad-69a1-722a-9dae-1aebf246d4bd', 0, '01a20dad-69a1-722a-9dae-1aec7f2f6d71', 'deal', '01a20dad-695d-7458-ad17-17209683862a', '01a20dac-bd24-726e-85a5-26c3bf8995b1', '01a20dad-695d-7458-ad17-17209683862a', '{"stageId": "stage_01m86tsf4gew3t4amfhc11w5cs", "enteredStageAt": "2026-11-24T13:09:58.235443Z"}', '{"change": "dealchange_01m86tttcde3e9ftqj3mxvz2bx", "stageId": "stage_01m86tsf4kedna1xagxwbpe0bb", "enteredStageAt": "2026-11-24T13:09:58.273860Z"}'),
	('01a20dad-6af8-7037-b8ad-47bfaa2bd5b2', 0, '01a20dad-6af8-7037-b8ad-47c0c8a84ac1', 'affiliation', '01a20dad-6af1-7792-b381-259b78ba70e5', '01a20dac-be3c-756b-98d1-75f2d2539b53', NULL, NULL, '{"id": "affiliation_01m86tttqhey9b7095kdwbmw75", "kind": "COMPANY", "personId": "person_01m86tttphebps3q0qvhay93c5", "isFounder": true, "startupId": "startup_01m86tsfhwennshmbnyb9576tk", "organisation": "Facecast"}');
INSERT INTO public.affiliation VALUES
	('01a20dad-5b75-7475-b76d-f14b2c9c15d7', '01a20dad-5b39-7783-a9fc-d87702d19073', 'Basewright', 'basewright', 'COMPANY', '01a20dac-be50-7042-826a-9cdd4c0ebe2d', '01a20dac-be50-7042-826a-9cdd4c0ebe2d', NULL, true, NULL, NULL, '2026-11-24 13:09:54.673075+00', 1, NULL),
	('01a20dad-5e70-7361-ac9e-204a843c33f0', '01a20dad-5def-71e0-b747-e32bc06a2780', 'Bigclaim', 'bigclaim', 'COMPANY', '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', NULL, true, NULL, NULL, '2026-11-24 13:09:55.439489+00', 1, NULL),
	('01a20dad-612e-7486-94e5-26f4463a2095', '01a20dad-6089-74e6-899f-cea61119b259', 'Clickpath', 'clickpath', 'COMPANY', '01a20dac-be1c-7412-8cae-d35a8fb9325d', '01a20dac-be1c-7412-8cae-d35a8fb9325d', NULL, true, NULL, NULL, '2026-11-24 13:09:56.088201+00', 1, NULL),
	('01a20dad-6455-7137-8438-3c5479b5b7c7', '01a20dad-63cb-70b5-91de-19d3c28aeb45', 'Codelantern', 'codelantern', 'COMPANY', '01a20dac-be64-7678-9ddf-8d91de770cef', '01a20dac-be64-7678-9ddf-8d91de770cef', NULL, true, NULL, NULL, '2026-11-24 13:09:56.938569+00', 1, NULL),
	('01a20dad-6885-75a2-b94f-ec7b82fe6db8', '01a20dad-6848-7415-a966-c5dcdcaf92ba', 'Cubeforge', 'cubeforge', 'COMPANY', '01a20dac-bd24-726e-85a5-26c3bf8995b1', '01a20dac-bd24-726e-85a5-26c3bf8995b1', NULL, true, NULL, NULL, '2026-11-24 13:09:58.021664+00', 1, NULL),
	('01a20dad-6af1-7792-b381-259b78ba70e5', '01a20dad-6ad1-72ed-91dc-17dc55e48d85', 'Facecast', 'facecast', 'COMPANY', '01a20dac-be3c-756b-98d1-75f2d2539b53', '01a20dac-be3c-756b-98d1-75f2d2539b53', NULL, true, NULL, NULL, '2026-11-24 13:09:58.638582+00', 1, NULL);
INSERT INTO public.affiliation_version VALUES
	('01a20dad-5b75-7475-b76d-f14b2c9c15d7', 1, '2026-11-24 13:09:54.673075+00', NULL, '01a20dad-5b39-7783-a9fc-d87702d19073', 'Basewright', 'COMPANY', '01a20dac-be50-7042-826a-9cdd4c0ebe2d', NULL, true, NULL, NULL, NULL),
	('01a20dad-5e70-7361-ac9e-204a843c33f0', 1, '2026-11-24 13:09:55.439489+00', NULL, '01a20dad-5def-71e0-b747-e32bc06a2780', 'Bigclaim', 'COMPANY', '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', NULL, true, NULL, NULL, NULL),
	('01a20dad-612e-7486-94e5-26f4463a2095', 1, '2026-11-24 13:09:56.088201+00', NULL, '01a20dad-6089-74e6-899f-cea61119b259', 'Clickpath', 'COMPANY', '01a20dac-be1c-7412-8cae-d35a8fb9325d', NULL, true, NULL, NULL, NULL),
	('01a20dad-6455-7137-8438-3c5479b5b7c7', 1, '2026-11-24 13:09:56.938569+00', NULL, '01a20dad-63cb-70b5-91de-19d3c28aeb45', 'Codelantern', 'COMPANY', '01a20dac-be64-7678-9ddf-8d91de770cef', NULL, true, NULL, NULL, NULL),
	('01a20dad-6885-75a2-b94f-ec7b82fe6db8', 1, '2026-11-24 13:09:58.021664+00', NULL, '01a20dad-6848-7415-a966-c5dcdcaf92ba', 'Cubeforge', 'COMPANY', '01a20dac-bd24-726e-85a5-26c3bf8995b1', NULL, true, NULL, NULL, NULL),
	('01a20dad-6af1-7792-b381-259b78ba70e5', 1, '2026-11-24 13:09:58.638582+00', NULL, '01a20dad-6ad1-72ed-91dc-17dc55e48d85', 'Facecast', 'COMPANY', '01a20dac-be3c-756b-98d1-75f2d2539b53', NULL, true, NULL, NULL, NULL);
INSERT INTO public.api_token VALUES
	('01a20dad-5674-7615-af32-cf33cbb2bc4f', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'command line', '\xa25eef4778ca83080a9fbfce63a42b5c6ee5cde0801b9b53df2a6945f3e29b5b', '{READ,WRITE,ADMIN}', '2026-11-24 13:09:53.395401+00', NULL, '2026-11-24 13:09:54.538434+00', NULL);
INSERT INTO public.app_user VALUES
	('01a20dac-bca7-714e-aaf7-e5b114344f67', 'First partner', 'admin@touchstone.example', 'ADMIN', true, '2026-11-24 13:09:14.020365+00', '2026-11-24 13:09:14.020365+00', 1);
INSERT INTO public.deal VALUES
	('01a20dad-5bda-7592-8c98-77a1e4b7238d', '01a20dac-be50-7042-826a-9cdd4c0ebe2d', '01a20dac-be50-7042-826a-9cdd4c0ebe2d', 'Basewright Seed', 'basewright seed', 'basewright seed', '01a20dac-bc90-7707-a22a-8f8b021e1599', 'ACTIVE', '01a20dac-bca7-714e-aaf7-e5b114344f67', '{}', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'TEAM', 'SEED', 1000000.0000, 2000000.0000, 'USD', '$1-2m', NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-24 13:09:54.763619+00', 0, NULL, '2026-11-24 13:09:54.763619+00', '2026-11-24 13:09:54.763619+00', '2026-11-24 13:09:54.763619+00', 1, NULL),
	('01a20dad-5e9e-72c1-b595-c303d0e4f6a0', '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', 'Bigclaim Seed', 'bigclaim seed', 'bigclaim seed', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'ACTIVE', '01a20dac-bca7-714e-aaf7-e5b114344f67', '{}', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'TEAM', 'SEED', 1000000.0000, 2000000.0000, 'USD', '$1-2m', NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-24 13:09:55.524377+00', 0, NULL, '2026-11-24 13:09:55.48153+00', '2026-11-24 13:09:55.48153+00', '2026-11-24 13:09:55.524377+00', 2, NULL),
	('01a20dad-617e-72bc-9b41-2d7ac95fcb22', '01a20dac-be1c-7412-8cae-d35a8fb9325d', '01a20dac-be1c-7412-8cae-d35a8fb9325d', 'Clickpath Seed', 'clickpath seed', 'clickpath seed', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'ON_HOLD', '01a20dac-bca7-714e-aaf7-e5b114344f67', '{}', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'TEAM', 'SEED', 1000000.0000, 2000000.0000, 'USD', '$1-2m', NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-24 13:09:56.415054+00', 0, '2026-11-24 13:09:56.602212+00', '2026-11-24 13:09:56.1767+00', '2026-11-24 13:09:56.1767+00', '2026-11-24 13:09:56.602212+00', 3, NULL),
	('01a20dad-64fb-7755-ad66-a4d535eb6827', '01a20dac-be64-7678-9ddf-8d91de770cef', '01a20dac-be64-7678-9ddf-8d91de770cef', 'Codelantern Seed', 'codelantern seed', 'codelantern seed', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'PASSED', '01a20dac-bca7-714e-aaf7-e5b114344f67', '{}', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'TEAM', 'SEED', 1000000.0000, 2000000.0000, 'USD', '$1-2m', NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', NULL, NULL, 'TIMING', NULL, NULL, NULL, '2026-11-24 13:09:57.387346+00', 214027, NULL, '2026-11-24 13:09:57.02294+00', '2026-11-24 13:09:57.02294+00', '2026-11-24 13:09:57.713823+00', 4, NULL),
	('01a20dad-695d-7458-ad17-17209683862a', '01a20dac-bd24-726e-85a5-26c3bf8995b1', '01a20dac-bd24-726e-85a5-26c3bf8995b1', 'Cubeforge Seed', 'cubeforge seed', 'cubeforge seed', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'ON_HOLD', '01a20dac-bca7-714e-aaf7-e5b114344f67', '{}', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'TEAM', 'SEED', 1000000.0000, 2000000.0000, 'USD', '$1-2m', NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-24 13:09:58.27386+00', 0, '2026-11-24 13:09:58.358828+00', '2026-11-24 13:09:58.235443+00', '2026-11-24 13:09:58.235443+00', '2026-11-24 13:09:58.46075+00', 5, NULL),
	('01a20dad-6b6a-74f6-b2f4-219c359d5fab', '01a20dac-be3c-756b-98d1-75f2d2539b53', '01a20dac-be3c-756b-98d1-75f2d2539b53', 'Facecast Seed', 'facecast seed', 'facecast seed', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'PASSED', '01a20dac-bca7-714e-aaf7-e5b114344f67', '{}', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'RESTRICTED', 'SEED', 1000000.0000, 2000000.0000, 'USD', '$1-2m', NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', NULL, NULL, 'TIMING', NULL, NULL, NULL, '2026-11-24 13:09:58.804602+00', 30034, NULL, '2026-11-24 13:09:58.704072+00', '2026-11-24 13:09:58.704072+00', '2026-11-24 13:09:58.873803+00', 4, NULL);
INSERT INTO public.deal_change VALUES
	('01a20dad-5bda-7592-8c98-77a2f2b48336', '01a20dad-5bda-7592-8c98-77a1e4b7238d', NULL, '01a20dac-bc90-7707-a22a-8f8b021e1599', NULL, 'ACTIVE', '2026-11-24 13:09:54.763619+00', '2026-11-24 13:09:54.763619+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, '{}', NULL),
	('01a20dad-5e9e-72c1-b595-c30407967840', '01a20dad-5e9e-72c1-b595-c303d0e4f6a0', NULL, '01a20dac-bc90-7707-a22a-8f8b021e1599', NULL, 'ACTIVE', '2026-11-24 13:09:55.48153+00', '2026-11-24 13:09:55.48153+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, '{}', NULL),
	('01a20dad-5ee9-7487-8584-b4c0a4bd1113', '01a20dad-5e9e-72c1-b595-c303d0e4f6a0', '01a20dac-bc90-7707-a22a-8f8b021e1599', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'ACTIVE', 'ACTIVE', '2026-11-24 13:09:55.524377+00', '2026-11-24 13:09:55.524377+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, '{}', NULL),
	('01a20dad-617e-72bc-9b41-2d7b7881bf11', '01a20dad-617e-72bc-9b41-2d7ac95fcb22', NULL, '01a20dac-bc90-7707-a22a-8f8b021e1599', NULL, 'ACTIVE', '2026-11-24 13:09:56.1767+00', '2026-11-24 13:09:56.1767+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, '{}', NULL),
	('01a20dad-6261-7295-98f3-54d2a159dd4e', '01a20dad-617e-72bc-9b41-2d7ac95fcb22', '01a20dac-bc90-7707-a22a-8f8b021e1599', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'ACTIVE', 'ACTIVE', '2026-11-24 13:09:56.415054+00', '2026-11-24 13:09:56.415054+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, '{}', NULL),
	('01a20dad-630c-718b-8bff-12e2fcc013eb', '01a20dad-617e-72bc-9b41-2d7ac95fcb22', '01a20dac-bc93-736a-a0f5-50ef1767016b', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'ACTIVE', 'ON_HOLD', '2026-11-24 13:09:56.602212+00', '2026-11-24 13:09:56.602212+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, '{}', NULL),
	('01a20dad-64fb-7755-ad66-a4d67e414b7c', '01a20dad-64fb-7755-ad66-a4d535eb6827', NULL, '01a20dac-bc90-7707-a22a-8f8b021e1599', NULL, 'ACTIVE', '2026-11-24 13:09:57.02294+00', '2026-11-24 13:09:57.02294+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, '{}', NULL),
	('01a20dad-6615-70fb-ba48-c25e642f6326', '01a20dad-64fb-7755-ad66-a4d535eb6827', '01a20dac-bc90-7707-a22a-8f8b021e1599', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'ACTIVE', 'ACTIVE', '2026-11-24 13:09:57.387346+00', '2026-11-24 13:09:57.387346+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, '{}', NULL),
	('01a20dad-668a-776c-9019-9b633a63ffec', '01a20dad-64fb-7755-ad66-a4d535eb6827', '01a20dac-bc93-736a-a0f5-50ef1767016b', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'ACTIVE', 'ON_HOLD', '2026-11-24 13:09:57.499796+00', '2026-11-24 13:09:57.499796+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, '{}', NULL),
	('01a20dad-675e-74b6-8c44-14566702baaa', '01a20dad-64fb-7755-ad66-a4d535eb6827', '01a20dac-bc93-736a-a0f5-50ef1767016b', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'ON_HOLD', 'PASSED', '2026-11-24 13:09:57.713823+00', '2026-11-24 13:09:57.713823+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, 'TIMING', '{}', NULL),
	('01a20dad-695d-7458-ad17-1721bc1de159', '01a20dad-695d-7458-ad17-17209683862a', NULL, '01a20dac-bc90-7707-a22a-8f8b021e1599', NULL, 'ACTIVE', '2026-11-24 13:09:58.235443+00', '2026-11-24 13:09:58.235443+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, '{}', NULL),
	('01a20dad-698d-70dc-97ea-f21d3bbf897d', '01a20dad-695d-7458-ad17-17209683862a', '01a20dac-bc90-7707-a22a-8f8b021e1599', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'ACTIVE', 'ACTIVE', '2026-11-24 13:09:58.27386+00', '2026-11-24 13:09:58.27386+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, '{}', NULL),
	('01a20dad-69e1-77bd-824e-594274ea0cba', '01a20dad-695d-7458-ad17-17209683862a', '01a20dac-bc93-736a-a0f5-50ef1767016b', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'ACTIVE', 'ON_HOLD', '2026-11-24 13:09:58.358828+00', '2026-11-24 13:09:58.358828+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, '{}', NULL),
	('01a20dad-6a1f-76f3-b1e6-f8020b903150', '01a20dad-695d-7458-ad17-17209683862a', '01a20dac-bc93-736a-a0f5-50ef1767016b', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'ON_HOLD', 'PASSED', '2026-11-24 13:09:58.417114+00', '2026-11-24 13:09:58.417114+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, 'TIMING', '{}', NULL),
	('01a20dad-6a4d-74d8-adc9-83fae62def79', '01a20dad-695d-7458-ad17-17209683862a', '01a20dac-bc93-736a-a0f5-50ef1767016b', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'PASSED', 'ON_HOLD', '2026-11-24 13:09:58.46075+00', '2026-11-24 13:09:58.46075+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'too early', NULL, '{}', '01a20dad-6a1f-76f3-b1e6-f8020b903150'),
	('01a20dad-6b6a-74f6-b2f4-219d6e5dff95', '01a20dad-6b6a-74f6-b2f4-219c359d5fab', NULL, '01a20dac-bc90-7707-a22a-8f8b021e1599', NULL, 'ACTIVE', '2026-11-24 13:09:58.704072+00', '2026-11-24 13:09:58.704072+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, '{}', NULL),
	('01a20dad-6b9c-77b5-8558-5f4adb9598d9', '01a20dad-6b6a-74f6-b2f4-219c359d5fab', '01a20dac-bc90-7707-a22a-8f8b021e1599', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'ACTIVE', 'ACTIVE', '2026-11-24 13:09:58.804602+00', '2026-11-24 13:09:58.804602+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, '{}', NULL),
	('01a20dad-6bc0-74e7-9b2f-9a9a96cc13a1', '01a20dad-6b6a-74f6-b2f4-219c359d5fab', '01a20dac-bc93-736a-a0f5-50ef1767016b', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'ACTIVE', 'ON_HOLD', '2026-11-24 13:09:58.843769+00', '2026-11-24 13:09:58.843769+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, '{}', NULL),
	('01a20dad-6bde-73ad-84f4-142830bc9bb1', '01a20dad-6b6a-74f6-b2f4-219c359d5fab', '01a20dac-bc93-736a-a0f5-50ef1767016b', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'ON_HOLD', 'PASSED', '2026-11-24 13:09:58.873803+00', '2026-11-24 13:09:58.873803+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, 'TIMING', '{}', NULL);
INSERT INTO public.deal_version VALUES
	('01a20dad-5bda-7592-8c98-77a1e4b7238d', 1, '2026-11-24 13:09:54.763619+00', NULL, '01a20dac-be50-7042-826a-9cdd4c0ebe2d', 'Basewright Seed', 'basewright seed', '01a20dac-bc90-7707-a22a-8f8b021e1599', 'ACTIVE', '01a20dac-bca7-714e-aaf7-e5b114344f67', '{}', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'TEAM', 'SEED', 1000000.0000, 2000000.0000, 'USD', '$1-2m', NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-24 13:09:54.763619+00', 0, NULL, NULL),
	('01a20dad-5e9e-72c1-b595-c303d0e4f6a0', 1, '2026-11-24 13:09:55.48153+00', '2026-11-24 13:09:55.524377+00', '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', 'Bigclaim Seed', 'bigclaim seed', '01a20dac-bc90-7707-a22a-8f8b021e1599', 'ACTIVE', '01a20dac-bca7-714e-aaf7-e5b114344f67', '{}', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'TEAM', 'SEED', 1000000.0000, 2000000.0000, 'USD', '$1-2m', NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-24 13:09:55.48153+00', 0, NULL, NULL),
	('01a20dad-5e9e-72c1-b595-c303d0e4f6a0', 2, '2026-11-24 13:09:55.524377+00', NULL, '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', 'Bigclaim Seed', 'bigclaim seed', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'ACTIVE', '01a20dac-bca7-714e-aaf7-e5b114344f67', '{}', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'TEAM', 'SEED', 1000000.0000, 2000000.0000, 'USD', '$1-2m', NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-24 13:09:55.524377+00', 0, NULL, NULL),
	('01a20dad-617e-72bc-9b41-2d7ac95fcb22', 1, '2026-11-24 13:09:56.1767+00', '2026-11-24 13:09:56.415054+00', '01a20dac-be1c-7412-8cae-d35a8fb9325d', 'Clickpath Seed', 'clickpath seed', '01a20dac-bc90-7707-a22a-8f8b021e1599', 'ACTIVE', '01a20dac-bca7-714e-aaf7-e5b114344f67', '{}', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'TEAM', 'SEED', 1000000.0000, 2000000.0000, 'USD', '$1-2m', NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-24 13:09:56.1767+00', 0, NULL, NULL),
	('01a20dad-617e-72bc-9b41-2d7ac95fcb22', 2, '2026-11-24 13:09:56.415054+00', '2026-11-24 13:09:56.602212+00', '01a20dac-be1c-7412-8cae-d35a8fb9325d', 'Clickpath Seed', 'clickpath seed', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'ACTIVE', '01a20dac-bca7-714e-aaf7-e5b114344f67', '{}', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'TEAM', 'SEED', 1000000.0000, 2000000.0000, 'USD', '$1-2m', NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-24 13:09:56.415054+00', 0, NULL, NULL),
	('01a20dad-617e-72bc-9b41-2d7ac95fcb22', 3, '2026-11-24 13:09:56.602212+00', NULL, '01a20dac-be1c-7412-8cae-d35a8fb9325d', 'Clickpath Seed', 'clickpath seed', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'ON_HOLD', '01a20dac-bca7-714e-aaf7-e5b114344f67', '{}', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'TEAM', 'SEED', 1000000.0000, 2000000.0000, 'USD', '$1-2m', NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-24 13:09:56.415054+00', 0, '2026-11-24 13:09:56.602212+00', NULL),
	('01a20dad-64fb-7755-ad66-a4d535eb6827', 1, '2026-11-24 13:09:57.02294+00', '2026-11-24 13:09:57.387346+00', '01a20dac-be64-7678-9ddf-8d91de770cef', 'Codelantern Seed', 'codelantern seed', '01a20dac-bc90-7707-a22a-8f8b021e1599', 'ACTIVE', '01a20dac-bca7-714e-aaf7-e5b114344f67', '{}', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'TEAM', 'SEED', 1000000.0000, 2000000.0000, 'USD', '$1-2m', NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-24 13:09:57.02294+00', 0, NULL, NULL),
	('01a20dad-64fb-7755-ad66-a4d535eb6827', 2, '2026-11-24 13:09:57.387346+00', '2026-11-24 13:09:57.499796+00', '01a20dac-be64-7678-9ddf-8d91de770cef', 'Codelantern Seed', 'codelantern seed', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'ACTIVE', '01a20dac-bca7-714e-aaf7-e5b114344f67', '{}', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'TEAM', 'SEED', 1000000.0000, 2000000.0000, 'USD', '$1-2m', NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-24 13:09:57.387346+00', 0, NULL, NULL),
	('01a20dad-64fb-7755-ad66-a4d535eb6827', 3, '2026-11-24 13:09:57.499796+00', '2026-11-24 13:09:57.713823+00', '01a20dac-be64-7678-9ddf-8d91de770cef', 'Codelantern Seed', 'codelantern seed', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'ON_HOLD', '01a20dac-bca7-714e-aaf7-e5b114344f67', '{}', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'TEAM', 'SEED', 1000000.0000, 2000000.0000, 'USD', '$1-2m', NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-24 13:09:57.387346+00', 0, '2026-11-24 13:09:57.499796+00', NULL),
	('01a20dad-64fb-7755-ad66-a4d535eb6827', 4, '2026-11-24 13:09:57.713823+00', NULL, '01a20dac-be64-7678-9ddf-8d91de770cef', 'Codelantern Seed', 'codelantern seed', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'PASSED', '01a20dac-bca7-714e-aaf7-e5b114344f67', '{}', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'TEAM', 'SEED', 1000000.0000, 2000000.0000, 'USD', '$1-2m', NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', NULL, NULL, 'TIMING', NULL, NULL, NULL, '2026-11-24 13:09:57.387346+00', 214027, NULL, NULL),
	('01a20dad-695d-7458-ad17-17209683862a', 1, '2026-11-24 13:09:58.235443+00', '2026-11-24 13:09:58.27386+00', '01a20dac-bd24-726e-85a5-26c3bf8995b1', 'Cubeforge Seed', 'cubeforge seed', '01a20dac-bc90-7707-a22a-8f8b021e1599', 'ACTIVE', '01a20dac-bca7-714e-aaf7-e5b114344f67', '{}', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'TEAM', 'SEED', 1000000.0000, 2000000.0000, 'USD', '$1-2m', NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-24 13:09:58.235443+00', 0, NULL, NULL),
	('01a20dad-695d-7458-ad17-17209683862a', 2, '2026-11-24 13:09:58.27386+00', '2026-11-24 13:09:58.358828+00', '01a20dac-bd24-726e-85a5-26c3bf8995b1', 'Cubeforge Seed', 'cubeforge seed', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'ACTIVE', '01a20dac-bca7-714e-aaf7-e5b114344f67', '{}', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'TEAM', 'SEED', 1000000.0000, 2000000.0000, 'USD', '$1-2m', NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-24 13:09:58.27386+00', 0, NULL, NULL),
	('01a20dad-695d-7458-ad17-17209683862a', 3, '2026-11-24 13:09:58.358828+00', '2026-11-24 13:09:58.417114+00', '01a20dac-bd24-726e-85a5-26c3bf8995b1', 'Cubeforge Seed', 'cubeforge seed', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'ON_HOLD', '01a20dac-bca7-714e-aaf7-e5b114344f67', '{}', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'TEAM', 'SEED', 1000000.0000, 2000000.0000, 'USD', '$1-2m', NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-24 13:09:58.27386+00', 0, '2026-11-24 13:09:58.358828+00', NULL),
	('01a20dad-695d-7458-ad17-17209683862a', 4, '2026-11-24 13:09:58.417114+00', '2026-11-24 13:09:58.46075+00', '01a20dac-bd24-726e-85a5-26c3bf8995b1', 'Cubeforge Seed', 'cubeforge seed', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'PASSED', '01a20dac-bca7-714e-aaf7-e5b114344f67', '{}', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'TEAM', 'SEED', 1000000.0000, 2000000.0000, 'USD', '$1-2m', NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', NULL, NULL, 'TIMING', NULL, NULL, NULL, '2026-11-24 13:09:58.27386+00', 58286, NULL, NULL),
	('01a20dad-695d-7458-ad17-17209683862a', 5, '2026-11-24 13:09:58.46075+00', NULL, '01a20dac-bd24-726e-85a5-26c3bf8995b1', 'Cubeforge Seed', 'cubeforge seed', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'ON_HOLD', '01a20dac-bca7-714e-aaf7-e5b114344f67', '{}', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'TEAM', 'SEED', 1000000.0000, 2000000.0000, 'USD', '$1-2m', NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-24 13:09:58.27386+00', 0, '2026-11-24 13:09:58.358828+00', NULL),
	('01a20dad-6b6a-74f6-b2f4-219c359d5fab', 1, '2026-11-24 13:09:58.704072+00', '2026-11-24 13:09:58.804602+00', '01a20dac-be3c-756b-98d1-75f2d2539b53', 'Facecast Seed', 'facecast seed', '01a20dac-bc90-7707-a22a-8f8b021e1599', 'ACTIVE', '01a20dac-bca7-714e-aaf7-e5b114344f67', '{}', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'RESTRICTED', 'SEED', 1000000.0000, 2000000.0000, 'USD', '$1-2m', NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-24 13:09:58.704072+00', 0, NULL, NULL),
	('01a20dad-6b6a-74f6-b2f4-219c359d5fab', 2, '2026-11-24 13:09:58.804602+00', '2026-11-24 13:09:58.843769+00', '01a20dac-be3c-756b-98d1-75f2d2539b53', 'Facecast Seed', 'facecast seed', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'ACTIVE', '01a20dac-bca7-714e-aaf7-e5b114344f67', '{}', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'RESTRICTED', 'SEED', 1000000.0000, 2000000.0000, 'USD', '$1-2m', NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-24 13:09:58.804602+00', 0, NULL, NULL),
	('01a20dad-6b6a-74f6-b2f4-219c359d5fab', 3, '2026-11-24 13:09:58.843769+00', '2026-11-24 13:09:58.873803+00', '01a20dac-be3c-756b-98d1-75f2d2539b53', 'Facecast Seed', 'facecast seed', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'ON_HOLD', '01a20dac-bca7-714e-aaf7-e5b114344f67', '{}', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'RESTRICTED', 'SEED', 1000000.0000, 2000000.0000, 'USD', '$1-2m', NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-24 13:09:58.804602+00', 0, '2026-11-24 13:09:58.843769+00', NULL),
	('01a20dad-6b6a-74f6-b2f4-219c359d5fab', 4, '2026-11-24 13:09:58.873803+00', NULL, '01a20dac-be3c-756b-98d1-75f2d2539b53', 'Facecast Seed', 'facecast seed', '01a20dac-bc93-736a-a0f5-50ef1767016b', 'PASSED', '01a20dac-bca7-714e-aaf7-e5b114344f67', '{}', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'RESTRICTED', 'SEED', 1000000.0000, 2000000.0000, 'USD', '$1-2m', NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[{"on": null, "who": "a friend", "channel": "REFERRAL", "personId": null, "precision": "DAY"}]', NULL, NULL, 'TIMING', NULL, NULL, NULL, '2026-11-24 13:09:58.804602+00', 30034, NULL, NULL);
INSERT INTO public.document VALUES
	('01a20dad-5ca4-7517-baf0-2b34968d6898', 'Deck (fictional)', 'DECK', 'https://files.example/deck', NULL, NULL, NULL, NULL, NULL, NULL, '01a20dac-be50-7042-826a-9cdd4c0ebe2d', '01a20dac-be50-7042-826a-9cdd4c0ebe2d', '01a20dad-5bda-7592-8c98-77a1e4b7238d', '01a20dac-bca7-714e-aaf7-e5b114344f67', '2026-11-24 13:09:54.967192+00', '2026-11-24 13:09:54.967192+00', 1, NULL),
	('01a20dad-5f3f-71ea-a292-3fce76afc6ec', 'Deck (fictional)', 'DECK', 'https://files.example/deck', NULL, NULL, NULL, NULL, NULL, NULL, '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', '01a20dad-5e9e-72c1-b595-c303d0e4f6a0', '01a20dac-bca7-714e-aaf7-e5b114344f67', '2026-11-24 13:09:55.644592+00', '2026-11-24 13:09:55.644592+00', 1, NULL),
	('01a20dad-633c-77cb-9396-70e0fb5069ca', 'Deck (fictional)', 'DECK', 'https://files.example/deck', NULL, NULL, NULL, NULL, NULL, NULL, '01a20dac-be1c-7412-8cae-d35a8fb9325d', '01a20dac-be1c-7412-8cae-d35a8fb9325d', '01a20dad-617e-72bc-9b41-2d7ac95fcb22', '01a20dac-bca7-714e-aaf7-e5b114344f67', '2026-11-24 13:09:56.66696+00', '2026-11-24 13:09:56.66696+00', 1, NULL),
	('01a20dad-6785-75cc-a06e-ed48b8a87970', 'Deck (fictional)', 'DECK', 'https://files.example/deck', NULL, NULL, NULL, NULL, NULL, NULL, '01a20dac-be64-7678-9ddf-8d91de770cef', '01a20dac-be64-7678-9ddf-8d91de770cef', '01a20dad-64fb-7755-ad66-a4d535eb6827', '01a20dac-bca7-714e-aaf7-e5b114344f67', '2026-11-24 13:09:57.761145+00', '2026-11-24 13:09:57.761145+00', 1, NULL),
	('01a20dad-6a7d-77f8-9625-692052c7b32b', 'Deck (fictional)', 'DECK', 'https://files.example/deck', NULL, NULL, NULL, NULL, NULL, NULL, '01a20dac-bd24-726e-85a5-26c3bf8995b1', '01a20dac-bd24-726e-85a5-26c3bf8995b1', '01a20dad-695d-7458-ad17-17209683862a', '01a20dac-bca7-714e-aaf7-e5b114344f67', '2026-11-24 13:09:58.520518+00', '2026-11-24 13:09:58.520518+00', 1, NULL),
	('01a20dad-6bf1-76ee-a66e-0f94314a9e3e', 'Deck (fictional)', 'DECK', 'https://files.example/deck', NULL, NULL, NULL, NULL, NULL, NULL, '01a20dac-be3c-756b-98d1-75f2d2539b53', '01a20dac-be3c-756b-98d1-75f2d2539b53', '01a20dad-6b6a-74f6-b2f4-219c359d5fab', '01a20dac-bca7-714e-aaf7-e5b114344f67', '2026-11-24 13:09:58.897385+00', '2026-11-24 13:09:58.897385+00', 1, NULL);
INSERT INTO public.document_version VALUES
	('01a20dad-5ca4-7517-baf0-2b34968d6898', 1, '2026-11-24 13:09:54.967192+00', NULL, 'Deck (fictional)', 'DECK', 'https://files.example/deck', NULL, NULL, NULL, NULL, '01a20dac-be50-7042-826a-9cdd4c0ebe2d', '01a20dad-5bda-7592-8c98-77a1e4b7238d', NULL),
	('01a20dad-5f3f-71ea-a292-3fce76afc6ec', 1, '2026-11-24 13:09:55.644592+00', NULL, 'Deck (fictional)', 'DECK', 'https://files.example/deck', NULL, NULL, NULL, NULL, '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', '01a20dad-5e9e-72c1-b595-c303d0e4f6a0', NULL),
	('01a20dad-633c-77cb-9396-70e0fb5069ca', 1, '2026-11-24 13:09:56.66696+00', NULL, 'Deck (fictional)', 'DECK', 'https://files.example/deck', NULL, NULL, NULL, NULL, '01a20dac-be1c-7412-8cae-d35a8fb9325d', '01a20dad-617e-72bc-9b41-2d7ac95fcb22', NULL),
	('01a20dad-6785-75cc-a06e-ed48b8a87970', 1, '2026-11-24 13:09:57.761145+00', NULL, 'Deck (fictional)', 'DECK', 'https://files.example/deck', NULL, NULL, NULL, NULL, '01a20dac-be64-7678-9ddf-8d91de770cef', '01a20dad-64fb-7755-ad66-a4d535eb6827', NULL),
	('01a20dad-6a7d-77f8-9625-692052c7b32b', 1, '2026-11-24 13:09:58.520518+00', NULL, 'Deck (fictional)', 'DECK', 'https://files.example/deck', NULL, NULL, NULL, NULL, '01a20dac-bd24-726e-85a5-26c3bf8995b1', '01a20dad-695d-7458-ad17-17209683862a', NULL),
	('01a20dad-6bf1-76ee-a66e-0f94314a9e3e', 1, '2026-11-24 13:09:58.897385+00', NULL, 'Deck (fictional)', 'DECK', 'https://files.example/deck', NULL, NULL, NULL, NULL, '01a20dac-be3c-756b-98d1-75f2d2539b53', '01a20dad-6b6a-74f6-b2f4-219c359d5fab', NULL);
INSERT INTO public.evidence VALUES
	('01a20dac-bd32-768c-9672-6eb8d62e5aea', '01a20dac-bd24-726e-85a5-26c3bf8995b1', '01a20dac-bd24-726e-85a5-26c3bf8995b1', 'PAYING_CUSTOMERS', 20.0000, 'EXACT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-10-24', 'DAY', NULL, 'DOCUMENTED', 'DOCUMENTED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:09:14.16138+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, NULL),
	('01a20dac-bd41-7337-b38d-968a21f0b759', '01a20dac-bd24-726e-85a5-26c3bf8995b1', '01a20dac-bd24-726e-85a5-26c3bf8995b1', 'RETENTION', 35.0000, 'EXACT', NULL, NULL, NULL, NULL, 30, 400, NULL, NULL, '2026-09-24', 'DAY', NULL, 'DOCUMENTED', 'DOCUMENTED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:09:14.173904+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, NULL),
	('01a20dac-bd4a-75db-8e30-fc5a9161e382', '01a20dac-bd24-726e-85a5-26c3bf8995b1', '01a20dac-bd24-726e-85a5-26c3bf8995b1', 'ACTIVE_USERS', 30000.0000, 'EXACT', NULL, NULL, NULL, 'MONTH', NULL, NULL, NULL, NULL, '2026-11-08', 'DAY', NULL, 'CLAIMED', 'CLAIMED', 'DATA_ROOM', NULL, NULL, '{}', 'fictional', NULL, '2026-11-24 13:09:14.184192+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, NULL),
	('01a20dac-bd67-7698-819b-9e59552e3e2d', '01a20dac-bd5a-7027-8f03-acd55ee53c58', '01a20dac-bd5a-7027-8f03-acd55ee53c58', 'PAYING_CUSTOMERS', 14.0000, 'EXACT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-01', 'DAY', NULL, 'DOCUMENTED', 'DOCUMENTED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:09:14.210824+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, NULL),
	('01a20dac-bd7f-7554-b351-5c528e6b6cd0', '01a20dac-bd5a-7027-8f03-acd55ee53c58', '01a20dac-bd5a-7027-8f03-acd55ee53c58', 'WAITLIST', 4000.0000, 'EXACT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-01-28', 'DAY', NULL, 'CLAIMED', 'CLAIMED', 'DATA_ROOM', NULL, NULL, '{}', 'fictional', NULL, '2026-11-24 13:09:14.238483+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, NULL),
	('01a20dac-be01-737c-b07a-cf971fa63893', '01a20dac-bdfb-741f-b0fb-d82d6cacec38', '01a20dac-bdfb-741f-b0fb-d82d6cacec38', 'ACTIVE_USERS', 2000.0000, 'EXACT', NULL, NULL, NULL, 'MONTH', NULL, NULL, NULL, NULL, '2026-10-15', 'DAY', NULL, 'CLAIMED', 'CLAIMED', 'DATA_ROOM', NULL, NULL, '{}', 'fictional', NULL, '2026-11-24 13:09:14.368657+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, NULL),
	('01a20dac-be0b-72f7-a728-cfb4a071f3de', '01a20dac-be08-72f7-8b1c-5f3f23d9116c', '01a20dac-be08-72f7-8b1c-5f3f23d9116c', 'UNITS_DEPLOYED', 42.0000, 'EXACT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-04', 'DAY', NULL, 'DOCUMENTED', 'VERIFIED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:09:14.378781+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, NULL),
	('01a20dac-be12-77aa-852c-870a92c9a3b1', '01a20dac-be08-72f7-8b1c-5f3f23d9116c', '01a20dac-be08-72f7-8b1c-5f3f23d9116c', 'PILOTS', 3.0000, 'EXACT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-08-26', 'DAY', NULL, 'DOCUMENTED', 'DOCUMENTED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:09:14.385496+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, NULL),
	('01a20dac-be22-770d-bedd-e2cd6c02114d', '01a20dac-be1c-7412-8cae-d35a8fb9325d', '01a20dac-be1c-7412-8cae-d35a8fb9325d', 'PAYING_CUSTOMERS', 61.0000, 'EXACT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-12', 'DAY', NULL, 'DOCUMENTED', 'VERIFIED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:09:14.401866+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, NULL),
	('01a20dac-be2c-70bf-88ab-6da4a634955a', '01a20dac-be1c-7412-8cae-d35a8fb9325d', '01a20dac-be1c-7412-8cae-d35a8fb9325d', 'RETENTION', 58.0000, 'EXACT', NULL, NULL, NULL, NULL, 30, 400, NULL, NULL, '2026-10-10', 'DAY', NULL, 'DOCUMENTED', 'DOCUMENTED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:09:14.411472+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, NULL),
	('01a20dac-be35-7463-8403-ed71987afa79', '01a20dac-be32-727e-b41d-2b4ce34bcc4c', '01a20dac-be32-727e-b41d-2b4ce34bcc4c', 'DEVELOPERS_BUILDING', 700.0000, 'EXACT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-10-30', 'DAY', NULL, 'DOCUMENTED', 'DOCUMENTED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:09:14.420973+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, NULL),
	('01a20dac-be40-778b-9984-36fad3b7427b', '01a20dac-be3c-756b-98d1-75f2d2539b53', '01a20dac-be3c-756b-98d1-75f2d2539b53', 'PAYING_CUSTOMERS', 9.0000, 'EXACT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-09-15', 'DAY', NULL, 'DOCUMENTED', 'DOCUMENTED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:09:14.431423+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, NULL),
	('01a20dac-be5a-7014-923e-61e130ba6408', '01a20dac-be50-7042-826a-9cdd4c0ebe2d', '01a20dac-be50-7042-826a-9cdd4c0ebe2d', 'PILOTS', 2.0000, 'EXACT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-10-22', 'DAY', NULL, 'DOCUMENTED', 'DOCUMENTED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:09:14.45572+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, NULL),
	('01a20dac-be69-76f9-b7e5-f0e740d2f6db', '01a20dac-be64-7678-9ddf-8d91de770cef', '01a20dac-be64-7678-9ddf-8d91de770cef', 'PAYING_CUSTOMERS', 120.0000, 'EXACT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-06', 'DAY', NULL, 'DOCUMENTED', 'DOCUMENTED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:09:14.472872+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, NULL),
	('01a20dac-be6e-75fd-b619-905d8ebd33ce', '01a20dac-be64-7678-9ddf-8d91de770cef', '01a20dac-be64-7678-9ddf-8d91de770cef', 'ACTIVE_USERS', 9000.0000, 'EXACT', NULL, NULL, NULL, 'MONTH', NULL, NULL, NULL, NULL, '2026-11-06', 'DAY', NULL, 'DOCUMENTED', 'DOCUMENTED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:09:14.476951+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, NULL),
	('01a20dac-bcee-7351-8567-6a9e52e92254', '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', 'PAYING_CUSTOMERS', 100.0000, 'EXACT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-21', 'DAY', NULL, 'CLAIMED', 'REFUTED', 'DATA_ROOM', NULL, NULL, '{}', 'fictional', NULL, '2026-11-24 13:09:14.082219+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, NULL),
	('01a20dac-be38-733b-a0d5-7cda1926d775', '01a20dac-be32-727e-b41d-2b4ce34bcc4c', '01a20dac-be32-727e-b41d-2b4ce34bcc4c', 'OPEN_SOURCE_STARS', 5200.0000, 'EXACT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-16', 'DAY', NULL, 'DOCUMENTED', 'REFUTED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:09:14.423546+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, NULL),
	('01a20dac-be48-7231-a5a4-2aebe4293f84', '01a20dac-be44-747f-9edf-70e960677e71', '01a20dac-be44-747f-9edf-70e960677e71', 'PAYING_CUSTOMERS', 30.0000, 'EXACT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-09', 'DAY', NULL, 'DOCUMENTED', 'REFUTED', 'DATA_ROOM', NULL, 'https://data-room.example/export', '{}', 'fictional', NULL, '2026-11-24 13:09:14.43963+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', '2026-11-24 13:09:59.122097+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'wrong company (fictional)'),
	('01a20dad-6cf9-77ee-8f50-4a2b5328eec1', '01a20dac-bd24-726e-85a5-26c3bf8995b1', '01a20dac-bd24-726e-85a5-26c3bf8995b1', 'ACTIVE_USERS', 7.0000, 'EXACT', NULL, NULL, NULL, 'MONTH', NULL, NULL, NULL, NULL, '2026-11-01', 'DAY', NULL, 'CLAIMED', 'CLAIMED', 'FOUNDER', NULL, NULL, '{}', NULL, '01a20dac-bd4a-75db-8e30-fc5a9161e382', '2026-11-24 13:09:59.154747+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, NULL),
	('01a20dac-bd0c-732e-b0cd-f9c20695b1de', '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', '01a20dac-bcd2-7353-8a28-1f4b92ff74a5', 'ACTIVE_USERS', 100000.0000, 'EXACT', NULL, NULL, NULL, 'MONTH', NULL, NULL, NULL, NULL, '2026-11-21', 'DAY', NULL, 'CLAIMED', 'CLAIMED', 'DATA_ROOM', NULL, NULL, '{}', 'fictional', NULL, '2026-11-24 13:09:14.123002+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', NULL, NULL, NULL);
INSERT INTO public.evidence_review VALUES
	('01a20dac-be0d-7537-bee7-9cd25a8ef1ce', '01a20dac-be0b-72f7-a728-cfb4a071f3de', 'DOCUMENTED', 'VERIFIED', '2026-11-24 13:09:14.378782+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'called the customers (fictional)'),
	('01a20dac-be25-7075-926d-e580dde72e7a', '01a20dac-be22-770d-bedd-e2cd6c02114d', 'DOCUMENTED', 'VERIFIED', '2026-11-24 13:09:14.401867+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'called the customers (fictional)'),
	('01a20dac-be4a-7303-b73b-e2dea53f0b4a', '01a20dac-be48-7231-a5a4-2aebe4293f84', 'DOCUMENTED', 'REFUTED', '2026-11-24 13:09:14.439631+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'called the customers (fictional)'),
	('01a20dad-6c50-72e9-8078-2861896b5c1e', '01a20dac-bd0c-732e-b0cd-f9c20695b1de', 'CLAIMED', 'REFUTED', '2026-11-24 13:09:58.978008+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'called two (fictional)'),
	('01a20dad-6c88-7705-9693-28ede9e2e7ba', '01a20dac-bcee-7351-8567-6a9e52e92254', 'CLAIMED', 'REFUTED', '2026-11-24 13:09:59.030687+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'called two (fictional)'),
	('01a20dad-6cb1-7410-a2cf-11b8df0ea471', '01a20dac-be38-733b-a0d5-7cda1926d775', 'DOCUMENTED', 'REFUTED', '2026-11-24 13:09:59.08404+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'called two (fictional)'),
	('01a20dad-6d2b-7260-8815-f11be4e7e1f8', '01a20dac-bd0c-732e-b0cd-f9c20695b1de', 'REFUTED', 'CLAIMED', '2026-11-24 13:09:59.202404+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'undo');
INSERT INTO public.operation VALUES
	('01a20dac-bca8-74c4-b5f2-57cdbe4528c0', '2026-11-24 13:09:14.020365+00', NULL, 'addUser', NULL, NULL),
	('01a20dac-bcdb-7656-969d-b79cacb089fe', '2026-11-24 13:09:14.049222+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createStartup', NULL, NULL),
	('01a20dac-bd00-74d6-91cb-180bf16566e8', '2026-11-24 13:09:14.082219+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'recordEvidence', NULL, NULL),
	('01a20dac-bd11-73eb-9fd8-fad2736346ea', '2026-11-24 13:09:14.123002+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'recordEvidence', NULL, NULL),
	('01a20dac-bd2c-716b-8bba-cf00ed5c779c', '2026-11-24 13:09:14.134181+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createStartup', NULL, NULL),
	('01a20dac-bd39-725f-a164-0cfc39c1443b', '2026-11-24 13:09:14.16138+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'recordEvidence', NULL, NULL),
	('01a20dac-bd43-7600-a03b-bd36fa348c37', '2026-11-24 13:09:14.173904+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'recordEvidence', NULL, NULL),
	('01a20dac-bd4d-757d-a62b-edb63348cc87', '2026-11-24 13:09:14.184192+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'recordEvidence', NULL, NULL),
	('01a20dac-bd5e-74d3-aba4-47cd49673b16', '2026-11-24 13:09:14.192468+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createStartup', NULL, NULL),
	('01a20dac-bd68-71f1-be4f-f80a27849c49', '2026-11-24 13:09:14.210824+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'recordEvidence', NULL, NULL),
	('01a20dac-bdc9-734e-8980-ff1da213d562', '2026-11-24 13:09:14.238483+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'recordEvidence', NULL, NULL),
	('01a20dac-bde4-7477-bc8e-17fc3ed19265', '2026-11-24 13:09:14.325449+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createStartup', NULL, NULL),
	('01a20dac-bdfc-74cc-8132-c03829ecc286', '2026-11-24 13:09:14.350164+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createStartup', NULL, NULL),
	('01a20dac-be02-7090-9717-79cd3c0c269c', '2026-11-24 13:09:14.368657+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'recordEvidence', NULL, NULL),
	('01a20dac-be09-73f2-b898-7c5c35259d8a', '2026-11-24 13:09:14.373145+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createStartup', NULL, NULL),
	('01a20dac-be0f-70d6-b1a4-9bce0d740db2', '2026-11-24 13:09:14.378781+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'recordEvidence', NULL, NULL),
	('01a20dac-be13-77b8-b380-3b52594a7eec', '2026-11-24 13:09:14.385496+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'recordEvidence', NULL, NULL),
	('01a20dac-be1f-712b-9240-1965df247264', '2026-11-24 13:09:14.391301+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createStartup', NULL, NULL),
	('01a20dac-be28-7158-99d8-934cd1aaaa1a', '2026-11-24 13:09:14.401866+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'recordEvidence', NULL, NULL),
	('01a20dac-be2d-7127-9fd8-cb3145825b18', '2026-11-24 13:09:14.411472+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'recordEvidence', NULL, NULL),
	('01a20dac-be33-7190-91e3-a6b252b12504', '2026-11-24 13:09:14.414372+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createStartup', NULL, NULL),
	('01a20dac-be36-7274-b770-e3d6ea12d768', '2026-11-24 13:09:14.420973+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'recordEvidence', NULL, NULL),
	('01a20dac-be39-737a-9f5d-f147e4b4de63', '2026-11-24 13:09:14.423546+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'recordEvidence', NULL, NULL),
	('01a20dac-be3e-76fd-8687-2bbc68b9ea3e', '2026-11-24 13:09:14.426524+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createStartup', NULL, NULL),
	('01a20dac-be40-778b-9984-36fb746c1cb4', '2026-11-24 13:09:14.431423+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'recordEvidence', NULL, NULL),
	('01a20dac-be46-7676-8450-032024d7ba42', '2026-11-24 13:09:14.433934+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createStartup', NULL, NULL),
	('01a20dac-be4b-70d7-b2de-0ea0a177ab71', '2026-11-24 13:09:14.43963+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'recordEvidence', NULL, NULL),
	('01a20dac-be51-7444-b0b5-3b0e361d2178', '2026-11-24 13:09:14.445659+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createStartup', NULL, NULL),
	('01a20dac-be5b-7754-aa93-56f5c30a2bf1', '2026-11-24 13:09:14.45572+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'recordEvidence', NULL, NULL),
	('01a20dac-be65-75a1-9f0c-bda6027603bd', '2026-11-24 13:09:14.465599+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createStartup', NULL, NULL),
	('01a20dac-be6a-70ac-89a6-94531d9b764d', '2026-11-24 13:09:14.472872+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'recordEvidence', NULL, NULL),
	('01a20dac-be6f-7302-9299-a6e6fea6c81c', '2026-11-24 13:09:14.476951+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'recordEvidence', NULL, NULL),
	('01a20dad-5676-7389-8e5e-bf93b90e0a8b', '2026-11-24 13:09:53.395401+00', NULL, 'createToken', NULL, NULL),
	('01a20dad-5b40-72ee-bf23-aa8019971d0a', '2026-11-24 13:09:54.614883+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createPerson', NULL, '01a20dad5b2f7eae807a1636dad40532'),
	('01a20dad-5b7c-74ff-a3dc-d6e8b8ec8b5f', '2026-11-24 13:09:54.673075+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createAffiliation', NULL, '01a20dad5b61728484934f356128de96'),
	('01a20dad-5beb-74d2-932f-8861c41019cc', '2026-11-24 13:09:54.763619+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'openDeal', NULL, '01a20dad5bc27fba9e182d5857665e01'),
	('01a20dad-5cc9-76e5-8d37-08afa90c2cda', '2026-11-24 13:09:54.967192+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createDocument', NULL, '01a20dad5c68708c867c258acbd56d1f'),
	('01a20dad-5dc6-774a-b916-891ff620cec0', '2026-11-24 13:09:55.210714+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'updateStartup', NULL, '01a20dad5d7a7d6fa743c26fa11237aa'),
	('01a20dad-5df1-7244-808f-cd0d2ab17f8b', '2026-11-24 13:09:55.295914+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createPerson', NULL, '01a20dad5dd27a5880ade21f4d4e64b2'),
	('01a20dad-5e7e-7342-af4e-a670de92ed3c', '2026-11-24 13:09:55.439489+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createAffiliation', NULL, '01a20dad5e5f71208906a187aa171c1f'),
	('01a20dad-5ea2-7510-a760-6c378927816e', '2026-11-24 13:09:55.48153+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'openDeal', NULL, '01a20dad5e94723990ffd7ae7872e33d'),
	('01a20dad-5ef1-72a6-86ff-0a30fd6405b1', '2026-11-24 13:09:55.524377+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'moveDeal', NULL, '01a20dad5ebd7b1e95fc2a93916951a8'),
	('01a20dad-5f83-70e4-8673-dbae21fdb570', '2026-11-24 13:09:55.644592+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createDocument', NULL, '01a20dad5f337f0c8d1a37d671445b03'),
	('01a20dad-5feb-701b-ab32-e1815f7c23a5', '2026-11-24 13:09:55.800732+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'updateStartup', NULL, '01a20dad5fcd75a8832a02db049e1900'),
	('01a20dad-608f-75f0-8423-6cbd73ad6ee7', '2026-11-24 13:09:55.972951+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createPerson', NULL, '01a20dad605079978d45f0e7934c91c5'),
	('01a20dad-6137-71dd-84ad-de4759164e74', '2026-11-24 13:09:56.088201+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createAffiliation', NULL, '01a20dad60f471f1b7703e078700974d'),
	('01a20dad-61ce-7388-9101-9da481d6530a', '2026-11-24 13:09:56.1767+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'openDeal', NULL, '01a20dad614d7b8eb2ea199476b2b043'),
	('01a20dad-629b-76e0-9351-82d17f48b55b', '2026-11-24 13:09:56.415054+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'moveDeal', NULL, '01a20dad621a77b295b6f58fa6b186d0'),
	('01a20dad-6319-7085-93f4-f0e2bd67882b', '2026-11-24 13:09:56.602212+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'moveDeal', NULL, '01a20dad62f67f469e8ec22239e51d0e'),
	('01a20dad-6346-7306-b003-f0c5c15605f2', '2026-11-24 13:09:56.66696+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createDocument', NULL, '01a20dad63337c0597d72d485e513665'),
	('01a20dad-63a5-716f-a0e9-cf1759955996', '2026-11-24 13:09:56.72823+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'updateStartup', NULL, '01a20dad636e760ab9da2ef31a3ee2b6'),
	('01a20dad-63d3-7756-8e4f-2b5fc6d5b543', '2026-11-24 13:09:56.806845+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createPerson', NULL, '01a20dad63bf7068883a699dfada7636'),
	('01a20dad-6468-733c-a3dc-bb1572e33388', '2026-11-24 13:09:56.938569+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createAffiliation', NULL, '01a20dad644672b6b2415f87b5f8f0e1'),
	('01a20dad-654b-77ce-b7fa-2b8d6be29c6e', '2026-11-24 13:09:57.02294+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'openDeal', NULL, '01a20dad64957908a441292a0b7f9c07'),
	('01a20dad-6621-74f6-b5f9-6cf34b78e733', '2026-11-24 13:09:57.387346+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'moveDeal', NULL, '01a20dad65f67aca9b8deac19149ef89'),
	('01a20dad-6693-7056-bbdb-0261b60776b6', '2026-11-24 13:09:57.499796+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'moveDeal', NULL, '01a20dad66677a4cabb2cda1a59f7012'),
	('01a20dad-6766-72df-bd82-0a5fa0f92cec', '2026-11-24 13:09:57.713823+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'moveDeal', NULL, '01a20dad67437ca08d7955b77d35f2ee'),
	('01a20dad-67a8-7560-bf29-f5434fb451be', '2026-11-24 13:09:57.761145+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createDocument', NULL, '01a20dad677c74c6ae59dd2b67cce40f'),
	('01a20dad-681a-715d-8941-af592587b319', '2026-11-24 13:09:57.90977+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'updateStartup', NULL, '01a20dad68097b6fa6ec05146e2747cc'),
	('01a20dad-684c-7681-84f2-f53c1ec03ba7', '2026-11-24 13:09:57.958042+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createPerson', NULL, '01a20dad683e7b49935b227425207085'),
	('01a20dad-6889-7496-b174-545b60a0453b', '2026-11-24 13:09:58.021664+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createAffiliation', NULL, '01a20dad687a7857bd01289ebe60de7e'),
	('01a20dad-6960-718b-b9e1-d1b589d1ceb5', '2026-11-24 13:09:58.235443+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'openDeal', NULL, '01a20dad695778829a64a6e552c5655b'),
	('01a20dad-69a1-722a-9dae-1aebf246d4bd', '2026-11-24 13:09:58.27386+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'moveDeal', NULL, '01a20dad697c74d3886d08be1287de80'),
	('01a20dad-69ed-7089-9803-ac637e3561ed', '2026-11-24 13:09:58.358828+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'moveDeal', NULL, '01a20dad69cd7d728ae4d4dfc8a21406'),
	('01a20dad-6a21-73d7-8032-21662661d95d', '2026-11-24 13:09:58.417114+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'moveDeal', NULL, '01a20dad6a067950b193fea8614e7531'),
	('01a20dad-6a52-7301-b285-e2821fd23b37', '2026-11-24 13:09:58.46075+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'voidMove', NULL, '01a20dad6a3379b58bb2ad86aaaa1929'),
	('01a20dad-6a82-7160-a03f-4adcef3515c5', '2026-11-24 13:09:58.520518+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createDocument', NULL, '01a20dad6a7173169ae0ba6d066350e4'),
	('01a20dad-6ab0-7566-84d8-14bb83236f2b', '2026-11-24 13:09:58.565494+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'updateStartup', NULL, '01a20dad6a9e750b8196daaddb37df30'),
	('01a20dad-6ad3-75e2-a97b-a1018e4703ac', '2026-11-24 13:09:58.604022+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createPerson', NULL, '01a20dad6ac67bbfa5af143da4d52f58'),
	('01a20dad-6af8-7037-b8ad-47bfaa2bd5b2', '2026-11-24 13:09:58.638582+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createAffiliation', NULL, '01a20dad6ae67e39ad0ef79bcf47347d'),
	('01a20dad-6b6f-76b3-bb89-b4ef0922c81f', '2026-11-24 13:09:58.704072+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'openDeal', NULL, '01a20dad6b1b7fca8414e2e04374a937'),
	('01a20dad-6ba1-77d9-9e38-26a1a036b09b', '2026-11-24 13:09:58.804602+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'moveDeal', NULL, '01a20dad6b8b792dbb7c00457f67ed20'),
	('01a20dad-6bc7-77e6-adc2-f6e73a4b445b', '2026-11-24 13:09:58.843769+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'moveDeal', NULL, '01a20dad6bb77584925deb778f4ce099'),
	('01a20dad-6be0-741a-92b9-d43c6c9f4811', '2026-11-24 13:09:58.873803+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'moveDeal', NULL, '01a20dad6bd772569b7857bf31d9fdc0'),
	('01a20dad-6bf3-7134-abf4-a13ebdfa8424', '2026-11-24 13:09:58.897385+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'createDocument', NULL, '01a20dad6bee78bbbda2376e2a345704'),
	('01a20dad-6c08-7237-b9e1-64ff0dddb626', '2026-11-24 13:09:58.91762+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'updateStartup', NULL, '01a20dad6bfe7ff2b5ff7b5612880054'),
	('01a20dad-6c59-7141-b8fc-dab4a9b3b494', '2026-11-24 13:09:58.978008+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'reviewEvidence', NULL, '01a20dad6c387140b0bd922fbb7ec0b4'),
	('01a20dad-6c8d-75c9-b6be-96b95b3f20db', '2026-11-24 13:09:59.030687+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'reviewEvidence', NULL, '01a20dad6c737710a52a1c486dcbc50d'),
	('01a20dad-6cb4-7774-9e67-28ce8ab88bb1', '2026-11-24 13:09:59.08404+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'reviewEvidence', NULL, '01a20dad6ca1757aa86e19d7b8d4691b'),
	('01a20dad-6cdf-75e5-8464-044c06156243', '2026-11-24 13:09:59.122097+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'retractEvidence', NULL, '01a20dad6ccd790a8a49f4a8037e7510'),
	('01a20dad-6cfb-75b1-93d3-cdbad8fd80b2', '2026-11-24 13:09:59.154747+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'supersedeEvidence', NULL, '01a20dad6ced7aab9ab5d0a55cf61561'),
	('01a20dad-6d30-775e-b207-fd9e11ee3787', '2026-11-24 13:09:59.202404+00', '01a20dac-bca7-714e-aaf7-e5b114344f67', 'undo', '01a20dad-6c59-7141-b8fc-dab4a9b3b494', '01a20dad6d1d7114bdd4578fdb2837a1');
INSERT INTO public.operation_order OVERRIDING SYSTEM VALUE VALUES
	(1, '01a20dac-bca8-74c4-b5f2-57cdbe4528c0', 'addUser'),
	(2, '01a20dac-bcdb-7656-969d-b79cacb089fe', 'createStartup'),
	(3, '01a20dac-bd00-74d6-91cb-180bf16566e8', 'recordEvidence'),
	(4, '01a20dac-bd11-73eb-9fd8-fad2736346ea', 'recordEvidence'),
	(5, '01a20dac-bd2c-716b-8bba-cf00ed5c779c', 'createStartup'),
	(6, '01a20dac-bd39-725f-a164-0cfc39c1443b', 'recordEvidence'),
	(7, '01a20dac-bd43-7600-a03b-bd36fa348c37', 'recordEvidence'),
	(8, '01a20dac-bd4d-757d-a62b-edb63348cc87', 'recordEvidence'),
	(9, '01a20dac-bd5e-74d3-aba4-47cd49673b16', 'createStartup'),
	(10, '01a20dac-bd68-71f1-be4f-f80a27849c49', 'recordEvidence'),
	(11, '01a20dac-bdc9-734e-8980-ff1da213d562', 'recordEvidence'),
	(12, '01a20dac-bde4-7477-bc8e-17fc3ed19265', 'createStartup'),
	(13, '01a20dac-bdfc-74cc-8132-c03829ecc286', 'createStartup'),
	(14, '01a20dac-be02-7090-9717-79cd3c0c269c', 'recordEvidence'),
	(15, '01a20dac-be09-73f2-b898-7c5c35259d8a', 'createStartup'),
	(16, '01a20dac-be0f-70d6-b1a4-9bce0d740db2', 'recordEvidence'),
	(17, '01a20dac-be13-77b8-b380-3b52594a7eec', 'recordEvidence'),
	(18, '01a20dac-be1f-712b-9240-1965df247264', 'createStartup'),
	(19, '01a20dac-be28-7158-99d8-934cd1aaaa1a', 'recordEvidence'),
	(20, '01a20dac-be2d-7127-9fd8-cb3145825b18', 'recordEvidence'),
	(21, '01a20dac-be33-7190-91e3-a6b252b12504', 'createStartup'),
	(22, '01a20dac-be36-7274-b770-e3d6ea12d768', 'recordEvidence'),
	(23, '01a20dac-be39-737a-9f5d-f147e4b4de63', 'recordEvidence'),
	(24, '01a20dac-be3e-76fd-8687-2bbc68b9ea3e', 'createStartup'),
	(25, '01a20dac-be40-778b-9984-36fb746c1cb4', 'recordEvidence'),
	(26, '01a20dac-be46-7676-8450-032024d7ba42', 'createStartup'),
	(27, '01a20dac-be4b-70d7-b2de-0ea0a177ab71', 'recordEvidence'),
	(28, '01a20dac-be51-7444-b0b5-3b0e361d2178', 'createStartup'),
	(29, '01a20dac-be5b-7754-aa93-56f5c30a2bf1', 'recordEvidence'),
	(30, '01a20dac-be65-75a1-9f0c-bda6027603bd', 'createStartup'),
	(31, '01a20dac-be6a-70ac-89a6-94531d9b764d', 'recordEvidence'),
	(32, '01a20dac-be6f-7302-9299-a6e6fea6c81c', 'recordEvidence'),
	(33, '01a20dad-5676-7389-8e5e-bf93b90e0a8b', 'createToken'),
	(34, '01a20dad-5b40-72ee-bf23-aa8019971d0a', 'createPerson'),
	(35, '01a20dad-5b7c-74ff-a3dc-d6e8b8ec8b5f', 'createAffiliation'),
	(36, '01a20dad-5beb-74d2-932f-8861c41019cc', 'openDeal'),
	(37, '01a20dad-5cc9-76e5-8d37-08afa90c2cda', 'createDocument'),
	(38, '01a20dad-5dc6-774a-b916-891ff620cec0', 'updateStartup'),
	(39, '01a20dad-5df1-7244-808f-cd0d2ab17f8b', 'createPerson'),
	(40, '01a20dad-5e7e-7342-af4e-a670de92ed3c', 'createAffiliation'),
	(41, '01a20dad-5ea2-7510-a760-6c378927816e', 'openDeal'),
	(42, '01a20dad-5ef1-72a6-86ff-0a30fd6405b1', 'moveDeal'),
	(43, '01a20dad-5f83-70e4-8673-dbae21fdb570', 'createDocument'),
	(44, '01a20dad-5feb-701b-ab32-e1815f7c23a5', 'updateStartup'),
	(45, '01a20dad-608f-75f0-8423-6cbd73ad6ee7', 'createPerson'),
	(46, '01a20dad-6137-71dd-84ad-de4759164e74', 'createAffiliation'),
	(47, '01a20dad-61ce-7388-9101-9da481d6530a', 'openDeal'),
	(48, '01a20dad-629b-76e0-9351-82d17f48b55b', 'moveDeal'),
	(49, '01a20dad-6319-7085-93f4-f0e2bd67882b', 'moveDeal'),
	(50, '01a20dad-6346-7306-b003-f0c5c15605f2', 'createDocument'),
	(51, '01a20dad-63a5-716f-a0e9-cf1759955996', 'updateStartup'),
	(52, '01a20dad-63d3-7756-8e4f-2b5fc6d5b543', 'createPerson'),
	(53, '01a20dad-6468-733c-a3dc-bb1572e33388', 'createAffiliation'),
	(54, '01a20dad-654b-77ce-b7fa-2b8d6be29c6e', 'openDeal'),
	(55, '01a20dad-6621-74f6-b5f9-6cf34b78e733', 'moveDeal'),
	(56, '01a20dad-6693-7056-bbdb-0261b60776b6', 'moveDeal'),
	(57, '01a20dad-6766-72df-bd82-0a5fa0f92cec', 'moveDeal'),
	(58, '01a20dad-67a8-7560-bf29-f5434fb451be', 'createDocument'),
	(59, '01a20dad-681a-715d-8941-af592587b319', 'updateStartup'),
	(60, '01a20dad-684c-7681-84f2-f53c1ec03ba7', 'createPerson'),
	(61, '01a20dad-6889-7496-b174-545b60a0453b', 'createAffiliation'),
	(62, '01a20dad-6960-718b-b9e1-d1b589d1ceb5', 'openDeal'),
	(63, '01a20dad-69a1-722a-9dae-1aebf246d4bd', 'moveDeal'),
	(64, '01a20dad-69ed-7089-9803-ac637e3561ed', 'moveDeal'),
	(65, '01a20dad-6a21-73d7-8032-21662661d95d', 'moveDeal'),
	(66, '01a20dad-6a52-7301-b285-e2821fd23b37', 'voidMove'),
	(67, '01a20dad-6a82-7160-a03f-4adcef3515c5', 'createDocument'),
	(68, '01a20dad-6ab0-7566-84d8-14bb83236f2b', 'updateStartup'),
	(69, '01a20dad-6ad3-75e2-a97b-a1018e4703ac', 'createPerson'),
	(70, '01a20dad-6af8-7037-b8ad-47bfaa2bd5b2', 'createAffiliation'),
	(71, '01a20dad-6b6f-76b3-bb89-b4ef0922c81f', 'openDeal'),
	(72, '01a20dad-6ba1-77d9-9e38-26a1a036b09b', 'moveDeal'),
	(73, '01a20dad-6bc7-77e6-adc2-f6e73a4b445b', 'moveDeal'),
	(74, '01a20dad-6be0-741a-92b9-d43c6c9f4811', 'moveDeal'),
	(75, '01a20dad-6bf3-7134-abf4-a13ebdfa8424', 'createDocument'),
	(76, '01a20dad-6c08-7237-b9e1-64ff0dddb626', 'updateStartup'),
	(77, '01a20dad-6c59-7141-b8fc-dab4a9b3b494', 'reviewEvidence'),
	(78, '01a20dad-6c8d-75c9-b6be-96b95b3f20db', 'reviewEvidence'),
	(79, '01a20dad-6cb4-7774-9e67-28ce8ab88bb1', 'reviewEvidence'),
	(80, '01a20dad-6cdf-75e5-8464-044c06156243', 'retractEvidence'),
	(81, '01a20dad-6cfb-75b1-93d3-cdbad8fd80b2', 'supersedeEvidence'),
	(82, '01a20dad-6d30-775e-b207-fd9e11ee3787', 'undo');
INSERT INTO public.person VALUES
	('01a20dad-5b39-7783-a9fc-d87702d19073', 'Founder 0 (fictional)', 'founder 0 (fictional)', '[]', '[{"kind": "EMAIL", "value": "someone@founder.example", "knownBy": ["user_01m86tsf57e57anxz5p4a38kv7"]}]', '{}', 'founder 0 (fictional)
someone@founder.example', '2026-11-24 13:09:54.614883+00', 1, NULL),
	('01a20dad-5def-71e0-b747-e32bc06a2780', 'Founder 1 (fictional)', 'founder 1 (fictional)', '[]', '[{"kind": "EMAIL", "value": "someone@founder.example", "knownBy": ["user_01m86tsf57e57anxz5p4a38kv7"]}]', '{}', 'founder 1 (fictional)
someone@founder.example', '2026-11-24 13:09:55.295914+00', 1, NULL),
	('01a20dad-6089-74e6-899f-cea61119b259', 'Founder 2 (fictional)', 'founder 2 (fictional)', '[]', '[{"kind": "EMAIL", "value": "someone@founder.example", "knownBy": ["user_01m86tsf57e57anxz5p4a38kv7"]}]', '{}', 'founder 2 (fictional)
someone@founder.example', '2026-11-24 13:09:55.972951+00', 1, NULL),
	('01a20dad-63cb-70b5-91de-19d3c28aeb45', 'Founder 3 (fictional)', 'founder 3 (fictional)', '[]', '[{"kind": "EMAIL", "value": "someone@founder.example", "knownBy": ["user_01m86tsf57e57anxz5p4a38kv7"]}]', '{}', 'founder 3 (fictional)
someone@founder.example', '2026-11-24 13:09:56.806845+00', 1, NULL),
	('01a20dad-6848-7415-a966-c5dcdcaf92ba', 'Founder 4 (fictional)', 'founder 4 (fictional)', '[]', '[{"kind": "EMAIL", "value": "someone@founder.example", "knownBy": ["user_01m86tsf57e57anxz5p4a38kv7"]}]', '{}', 'founder 4 (fictional)
someone@founder.example', '2026-11-24 13:09:57.958042+00', 1, NULL),
	('01a20dad-6ad1-72ed-91dc-17dc55e48d85', 'Founder 5 (fictional)', 'founder 5 (fictional)', '[]', '[{"kind": "EMAIL", "value": "someone@founder.example", "knownBy": ["user_01m86tsf57e57anxz5p4a38kv7"]}]', '{}', 'founder 5 (fictional)
someone@founder.example', '2026-11-24 13:09:58.604022+00', 1, NULL);
INSERT INTO public.person_version VALUES
	('01a20dad-5b39-7783-a9fc-d87702d19073', 1, '2026-11-24 13:09:54.614883+00', NULL, 'Founder 0 (fictional)', 'founder 0 (fictional)', '[]', '[{"kind": "EMAIL", "value": "someone@founder.example", "knownBy": ["user_01m86tsf57e57anxz5p4a38kv7"]}]', '{}', NULL),
	('01a20dad-5def-71e0-b747-e32bc06a2780', 1, '2026-11-24 13:09:55.295914+00', NULL, 'Founder 1 (fictional)', 'founder 1 (fictional)', '[]', '[{"kind": "EMAIL", "value": "someone@founder.example", "knownBy": ["user_01m86tsf57e57anxz5p4a38kv7"]}]', '{}', NULL),
	('01a20dad-6089-74e6-899f-cea61119b259', 1, '2026-11-24 13:09:55.972951+00', NULL, 'Founder 2 (fictional)', 'founder 2 (fictional)', '[]', '[{"kind": "EMAIL", "value": "someone@founder.example", "knownBy": ["user_01m86tsf57e57anxz5p4a38kv7"]}]', '{}', NULL),
	('01a20dad-63cb-70b5-91de-19d3c28aeb45', 1, '2026-11-24 13:09:56.806845+00', NULL, 'Founder 3 (fictional)', 'founder 3 (fictional)', '[]', '[{"kind": "EMAIL", "value": "someone@founder.example", "knownBy": ["user_01m86tsf57e57anxz5p4a38kv7"]}]', '{}', NULL),
	('01a20dad-6848-7415-a966-c5dcdcaf92ba', 1, '2026-11-24 13:09:57.958042+00', NULL, 'Founder 4 (fictional)', 'founder 4 (fictional)', '[]', '[{"kind": "EMAIL", "value": "someone@founder.example", "knownBy": ["user_01m86tsf57e57anxz5p4a38kv7"]}]', '{}', NULL),
	('01a20dad-6ad1-72ed-91dc-17dc55e48d85', 1, '2026-11-24 13:09:58.604022+00', NULL, 'Founder 5 (fictional)', 'founder 5 (fictional)', '[]', '[{"kind": "EMAIL", "value": "someone@founder.example", "knownBy": ["user_01m86tsf57e57anxz5p4a38kv7"]}]', '{}', NULL);
INSERT INTO public.sector VALUES
	('01a20dac-bc76-72cc-8ed7-0bf8df5cdf74', 'foundation-models', 'Foundation models', '基础大模型', NULL, 1, false, NULL, NULL, NULL, '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc7e-7473-8b55-3a981b366b35', 'chinese-llm', 'Chinese LLM', '中文大模型', '01a20dac-bc76-72cc-8ed7-0bf8df5cdf74', 2, false, NULL, NULL, NULL, '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc80-72b9-a85d-efaf2dca4aec', 'general-intelligence', 'General intelligence', '通用智能', '01a20dac-bc76-72cc-8ed7-0bf8df5cdf74', 3, false, NULL, NULL, NULL, '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc80-72b9-a85d-efb0fc524a5f', 'embodied-models', 'Embodied models', '具身模型', '01a20dac-bc76-72cc-8ed7-0bf8df5cdf74', 4, false, NULL, NULL, NULL, '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc81-77d3-ab8d-590e8de61c60', 'model-tooling', 'Model tooling', '模型工具', NULL, 5, false, NULL, NULL, NULL, '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc81-77d3-ab8d-590faedb0efe', 'fine-tuning', 'Fine-tuning', '微调与预训练', '01a20dac-bc81-77d3-ab8d-590e8de61c60', 6, false, NULL, NULL, NULL, '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc82-7070-93c5-5e813ece0712', 'virtual-humans', 'Virtual-human models', '虚拟人模型', '01a20dac-bc81-77d3-ab8d-590e8de61c60', 7, false, NULL, NULL, NULL, '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc83-7050-b2e1-5dbf666ce813', 'infrastructure', 'Infrastructure', '基础设施', '01a20dac-bc81-77d3-ab8d-590e8de61c60', 8, false, NULL, NULL, NULL, '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc84-7469-82d8-c8157dd14055', 'content-generation', 'Content generation', '内容生成', NULL, 9, false, NULL, NULL, NULL, '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc85-7264-aa78-656e81294520', 'text-generation', 'Text generation', '文本生成', '01a20dac-bc84-7469-82d8-c8157dd14055', 10, false, NULL, NULL, NULL, '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc85-7264-aa78-656f7f7cffe8', 'image-generation', 'Image generation', '图像生成', '01a20dac-bc84-7469-82d8-c8157dd14055', 11, false, NULL, NULL, NULL, '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc86-74e1-8333-4d362cdcb4f3', 'video-generation', 'Video generation', '视频生成', '01a20dac-bc84-7469-82d8-c8157dd14055', 12, false, NULL, NULL, NULL, '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc86-74e1-8333-4d378c8a6c40', 'audio-generation', 'Audio generation', '音频生成', '01a20dac-bc84-7469-82d8-c8157dd14055', 13, false, NULL, NULL, NULL, '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc87-74ae-8b4e-08ae5b8c37a8', '3d-generation', '3D generation', '3D 资产生成', '01a20dac-bc84-7469-82d8-c8157dd14055', 14, true, NULL, 'Game studios, for whom 3D content is very expensive', 'Models cannot make usable 3D assets yet', '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc87-74ae-8b4e-08af1d444d23', 'text-to-action', 'Text to action', '文字转动作', NULL, 15, true, NULL, NULL, 'AI that directs things that act needs multimodal input and output; not fully solved', '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc87-74ae-8b4e-08b03428bec6', 'robotics', 'Robotics', '机器人', '01a20dac-bc87-74ae-8b4e-08af1d444d23', 16, false, NULL, NULL, NULL, '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc88-729d-8b95-55c81d3749ea', 'rpa', 'RPA', 'RPA 流程自动化', '01a20dac-bc87-74ae-8b4e-08af1d444d23', 17, false, NULL, NULL, NULL, '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc8a-747a-a668-0bd442e46ad0', 'assistants', 'Global assistants', '全局智能助手', '01a20dac-bc87-74ae-8b4e-08af1d444d23', 18, false, NULL, NULL, NULL, '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc8b-7756-8e12-a1b50b73febe', 'vertical-ai', 'AI for an industry', '行业 AI', NULL, 19, false, NULL, NULL, NULL, '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc8b-7756-8e12-a1b64179442f', 'ai-saas', 'AI SaaS', 'AI SaaS', '01a20dac-bc8b-7756-8e12-a1b50b73febe', 20, false, NULL, NULL, NULL, '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc8e-7388-850b-4ba6f98042da', 'companionship', 'AI companions', 'AI 陪伴', '01a20dac-bc8b-7756-8e12-a1b50b73febe', 21, false, NULL, NULL, NULL, '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc8f-77bc-84f2-7dc686ff1f46', 'code', 'Code', '编程', '01a20dac-bc8b-7756-8e12-a1b50b73febe', 22, false, NULL, NULL, NULL, '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc8f-77bc-84f2-7dc7d47d6aba', 'search', 'Search', '搜索', '01a20dac-bc8b-7756-8e12-a1b50b73febe', 23, false, NULL, NULL, NULL, '2026-11-24 13:09:13.972735+00', 1);
INSERT INTO public.sector_version VALUES
	('01a20dac-bc76-72cc-8ed7-0bf8df5cdf74', 1, '2026-11-24 13:09:13.972735+00', NULL, 'foundation-models', 'Foundation models', '基础大模型', NULL, 1, false, NULL, NULL, NULL),
	('01a20dac-bc7e-7473-8b55-3a981b366b35', 1, '2026-11-24 13:09:13.972735+00', NULL, 'chinese-llm', 'Chinese LLM', '中文大模型', '01a20dac-bc76-72cc-8ed7-0bf8df5cdf74', 2, false, NULL, NULL, NULL),
	('01a20dac-bc80-72b9-a85d-efaf2dca4aec', 1, '2026-11-24 13:09:13.972735+00', NULL, 'general-intelligence', 'General intelligence', '通用智能', '01a20dac-bc76-72cc-8ed7-0bf8df5cdf74', 3, false, NULL, NULL, NULL),
	('01a20dac-bc80-72b9-a85d-efb0fc524a5f', 1, '2026-11-24 13:09:13.972735+00', NULL, 'embodied-models', 'Embodied models', '具身模型', '01a20dac-bc76-72cc-8ed7-0bf8df5cdf74', 4, false, NULL, NULL, NULL),
	('01a20dac-bc81-77d3-ab8d-590e8de61c60', 1, '2026-11-24 13:09:13.972735+00', NULL, 'model-tooling', 'Model tooling', '模型工具', NULL, 5, false, NULL, NULL, NULL),
	('01a20dac-bc81-77d3-ab8d-590faedb0efe', 1, '2026-11-24 13:09:13.972735+00', NULL, 'fine-tuning', 'Fine-tuning', '微调与预训练', '01a20dac-bc81-77d3-ab8d-590e8de61c60', 6, false, NULL, NULL, NULL),
	('01a20dac-bc82-7070-93c5-5e813ece0712', 1, '2026-11-24 13:09:13.972735+00', NULL, 'virtual-humans', 'Virtual-human models', '虚拟人模型', '01a20dac-bc81-77d3-ab8d-590e8de61c60', 7, false, NULL, NULL, NULL),
	('01a20dac-bc83-7050-b2e1-5dbf666ce813', 1, '2026-11-24 13:09:13.972735+00', NULL, 'infrastructure', 'Infrastructure', '基础设施', '01a20dac-bc81-77d3-ab8d-590e8de61c60', 8, false, NULL, NULL, NULL),
	('01a20dac-bc84-7469-82d8-c8157dd14055', 1, '2026-11-24 13:09:13.972735+00', NULL, 'content-generation', 'Content generation', '内容生成', NULL, 9, false, NULL, NULL, NULL),
	('01a20dac-bc85-7264-aa78-656e81294520', 1, '2026-11-24 13:09:13.972735+00', NULL, 'text-generation', 'Text generation', '文本生成', '01a20dac-bc84-7469-82d8-c8157dd14055', 10, false, NULL, NULL, NULL),
	('01a20dac-bc85-7264-aa78-656f7f7cffe8', 1, '2026-11-24 13:09:13.972735+00', NULL, 'image-generation', 'Image generation', '图像生成', '01a20dac-bc84-7469-82d8-c8157dd14055', 11, false, NULL, NULL, NULL),
	('01a20dac-bc86-74e1-8333-4d362cdcb4f3', 1, '2026-11-24 13:09:13.972735+00', NULL, 'video-generation', 'Video generation', '视频生成', '01a20dac-bc84-7469-82d8-c8157dd14055', 12, false, NULL, NULL, NULL),
	('01a20dac-bc86-74e1-8333-4d378c8a6c40', 1, '2026-11-24 13:09:13.972735+00', NULL, 'audio-generation', 'Audio generation', '音频生成', '01a20dac-bc84-7469-82d8-c8157dd14055', 13, false, NULL, NULL, NULL),
	('01a20dac-bc87-74ae-8b4e-08ae5b8c37a8', 1, '2026-11-24 13:09:13.972735+00', NULL, '3d-generation', '3D generation', '3D 资产生成', '01a20dac-bc84-7469-82d8-c8157dd14055', 14, true, NULL, 'Game studios, for whom 3D content is very expensive', 'Models cannot make usable 3D assets yet'),
	('01a20dac-bc87-74ae-8b4e-08af1d444d23', 1, '2026-11-24 13:09:13.972735+00', NULL, 'text-to-action', 'Text to action', '文字转动作', NULL, 15, true, NULL, NULL, 'AI that directs things that act needs multimodal input and output; not fully solved'),
	('01a20dac-bc87-74ae-8b4e-08b03428bec6', 1, '2026-11-24 13:09:13.972735+00', NULL, 'robotics', 'Robotics', '机器人', '01a20dac-bc87-74ae-8b4e-08af1d444d23', 16, false, NULL, NULL, NULL),
	('01a20dac-bc88-729d-8b95-55c81d3749ea', 1, '2026-11-24 13:09:13.972735+00', NULL, 'rpa', 'RPA', 'RPA 流程自动化', '01a20dac-bc87-74ae-8b4e-08af1d444d23', 17, false, NULL, NULL, NULL),
	('01a20dac-bc8a-747a-a668-0bd442e46ad0', 1, '2026-11-24 13:09:13.972735+00', NULL, 'assistants', 'Global assistants', '全局智能助手', '01a20dac-bc87-74ae-8b4e-08af1d444d23', 18, false, NULL, NULL, NULL),
	('01a20dac-bc8b-7756-8e12-a1b50b73febe', 1, '2026-11-24 13:09:13.972735+00', NULL, 'vertical-ai', 'AI for an industry', '行业 AI', NULL, 19, false, NULL, NULL, NULL),
	('01a20dac-bc8b-7756-8e12-a1b64179442f', 1, '2026-11-24 13:09:13.972735+00', NULL, 'ai-saas', 'AI SaaS', 'AI SaaS', '01a20dac-bc8b-7756-8e12-a1b50b73febe', 20, false, NULL, NULL, NULL),
	('01a20dac-bc8e-7388-850b-4ba6f98042da', 1, '2026-11-24 13:09:13.972735+00', NULL, 'companionship', 'AI companions', 'AI 陪伴', '01a20dac-bc8b-7756-8e12-a1b50b73febe', 21, false, NULL, NULL, NULL),
	('01a20dac-bc8f-77bc-84f2-7dc686ff1f46', 1, '2026-11-24 13:09:13.972735+00', NULL, 'code', 'Code', '编程', '01a20dac-bc8b-7756-8e12-a1b50b73febe', 22, false, NULL, NULL, NULL),
	('01a20dac-bc8f-77bc-84f2-7dc7d47d6aba', 1, '2026-11-24 13:09:13.972735+00', NULL, 'search', 'Search', '搜索', '01a20dac-bc8b-7756-8e12-a1b50b73febe', 23, false, NULL, NULL, NULL);
INSERT INTO public.sign_in_link VALUES
	('\xe98689c87c9c002e77c66cd8f0c2b4ceb31735da0cd3797878c92156ee0b6ff4', '01a20dac-bca7-714e-aaf7-e5b114344f67', '2026-11-24 13:09:14.485432+00', '2026-12-01 13:09:14.485432+00', NULL);
INSERT INTO public.stage VALUES
	('01a20dac-bc90-7707-a22a-8f8b021e1599', 'SOURCED', 'Sourced', '已发现', 1, 14, false, '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc93-736a-a0f5-50ef1767016b', 'SCREENING', 'Screening', '初筛', 2, 14, false, '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc94-758a-8d0f-40a825153134', 'FIRST_MEETING', 'First meeting', '约见', 3, 21, false, '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc95-75aa-9819-406d5fcc04d1', 'DILIGENCE', 'Diligence', '尽调', 4, 30, false, '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc96-7197-aa03-86573fc48cde', 'COMMITTEE', 'Committee', '投决会', 5, 14, false, '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc97-74d4-9290-16dd6df8a01d', 'TERM_SHEET', 'Term sheet', 'TS', 6, 30, false, '2026-11-24 13:09:13.972735+00', 1),
	('01a20dac-bc97-74d4-9290-16dedc2c5e16', 'CLOSING', 'Closing', '交割', 7, 45, false, '2026-11-24 13:09:13.972735+00', 1);
INSERT INTO public.stage_version VALUES
	('01a20dac-bc90-7707-a22a-8f8b021e1599', 1, '2026-11-24 13:09:13.972735+00', NULL, 'SOURCED', 'Sourced', '已发现', 1, 14, false),
	('01a20dac-bc93-736a-a0f5-50ef1767016b', 1, '2026-11-24 13:09:13.972735+00', NULL, 'SCREENING', 'Screening', '初筛', 2, 14, false),
	('01a20dac-bc94-758a-8d0f-40a825153134', 1, '2026-11-24 13:09:13.972735+00', NULL, 'FIRST_MEETING', 'First meeting', '约见', 3, 21, false),
	('01a20dac-bc95-75aa-9819-406d5fcc04d1', 1, '2026-11-24 13:09:13.972735+00', NULL, 'DILIGENCE', 'Diligence', '尽调', 4, 30, false),
	('01a20dac-bc96-7197-aa03-86573fc48cde', 1, '2026-11-24 13:09:13.972735+00', NULL, 'COMMITTEE', 'Committee', '投决会', 5, 14, false),
	('01a20dac-bc97-74d4-9290-16dd6df8a01d', 1, '2026-11-24 13:09:13.972735+00', NULL, 'TERM_SHEET', 'Term sheet', 'TS', 6, 30, false),
	('01a20dac-bc97-74d4-9290-16dedc2c5e16', 1, '2026-11-24 13:09:13.972735+00', NULL, 'CLOSING', 'Closing', '交割', 7, 45, false);
INSERT INTO public.startup VALUES
	('01a20dac-bd5a-7027-8f03-acd55ee53c58', 'meshwright', 'Meshwright', 'meshwright', '[{"kind": "BRAND", "name": "网匠", "language": "zh"}]', '{meshwright,网匠}', 'meshwright
网匠', '{}', NULL, 'Constrains models to watertight meshes (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'MIDDLEWARE', 'TUNES_BASE_MODEL', '{"payer": "Animation houses"}', '{}', '{01a20dac-bc87-74ae-8b4e-08ae5b8c37a8}', '{"fictional": true}', '2026-11-24 13:09:14.192468+00', '2026-11-24 13:09:14.192468+00', 1, NULL),
	('01a20dac-bde0-7572-b50e-46ea3dea6288', 'wrapwell', 'Wrapwell', 'wrapwell', '[{"kind": "BRAND", "name": "快包", "language": "zh"}]', '{wrapwell,快包}', 'wrapwell
快包', '{}', NULL, 'A chat window around somebody''s API (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'BUILDS_ON_API', '{}', '{}', '{01a20dac-bc8b-7756-8e12-a1b64179442f}', '{"fictional": true}', '2026-11-24 13:09:14.325449+00', '2026-11-24 13:09:14.325449+00', 1, NULL),
	('01a20dac-bdfb-741f-b0fb-d82d6cacec38', 'quietlake', 'Quietlake', 'quietlake', '[{"kind": "BRAND", "name": "静湖", "language": "zh"}]', '{quietlake,静湖}', 'quietlake
静湖', '{}', NULL, 'A companion that listens (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'BUILDS_ON_API', '{}', '{}', '{01a20dac-bc8e-7388-850b-4ba6f98042da}', '{"fictional": true}', '2026-11-24 13:09:14.350164+00', '2026-11-24 13:09:14.350164+00', 1, NULL),
	('01a20dac-be08-72f7-8b1c-5f3f23d9116c', 'handover', 'Handover', 'handover', '[{"kind": "BRAND", "name": "递手", "language": "zh"}]', '{handover,递手}', 'handover
递手', '{}', NULL, 'Words into motion for warehouse arms (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'TUNES_BASE_MODEL', '{"payer": "Warehouse operators"}', '{}', '{01a20dac-bc87-74ae-8b4e-08b03428bec6}', '{"fictional": true}', '2026-11-24 13:09:14.373145+00', '2026-11-24 13:09:14.373145+00', 1, NULL),
	('01a20dac-be32-727e-b41d-2b4ce34bcc4c', 'loomtune', 'Loomtune', 'loomtune', '[{"kind": "BRAND", "name": "织调", "language": "zh"}]', '{loomtune,织调}', 'loomtune
织调', '{}', NULL, 'Fine-tuning for teams without researchers (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'MIDDLEWARE', 'TUNES_BASE_MODEL', '{"payer": "Software teams"}', '{}', '{01a20dac-bc81-77d3-ab8d-590faedb0efe}', '{"fictional": true}', '2026-11-24 13:09:14.414372+00', '2026-11-24 13:09:14.414372+00', 1, NULL),
	('01a20dac-be44-747f-9edf-70e960677e71', 'oldwine', 'Oldwine', 'oldwine', '[{"kind": "BRAND", "name": "旧酿", "language": "zh"}]', '{oldwine,旧酿}', 'oldwine
旧酿', '{}', NULL, 'Keyword search, now called a large model (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'PRE_LLM_AI', '{"payer": "Law firms"}', '{}', '{01a20dac-bc8f-77bc-84f2-7dc7d47d6aba}', '{"fictional": true}', '2026-11-24 13:09:14.433934+00', '2026-11-24 13:09:14.433934+00', 1, NULL),
	('01a20dac-be50-7042-826a-9cdd4c0ebe2d', 'basewright', 'Basewright', 'basewright', '[{"kind": "BRAND", "name": "基石", "language": "zh"}]', '{basewright,基石}', 'basewright
基石', '{}', NULL, 'A base model for bodies (fictional)', NULL, 'CN', 'Shanghai', NULL, NULL, NULL, NULL, 'UNDECIDED', 'MODEL', 'TRAINS_BASE_MODEL', '{"payer": "Robot makers"}', '{}', '{01a20dac-bc80-72b9-a85d-efb0fc524a5f}', '{"fictional": true}', '2026-11-24 13:09:14.445659+00', '2026-11-24 13:09:55.210714+00', 2, NULL),
	('01a20dac-bcd2-7353-8a28-1f4b92ff74a5', 'bigclaim', 'Bigclaim', 'bigclaim', '[{"kind": "BRAND", "name": "大言", "language": "zh"}]', '{bigclaim,大言}', 'bigclaim
大言', '{}', NULL, 'A base model, says its deck (fictional)', NULL, 'CN', 'Shanghai', NULL, NULL, NULL, NULL, 'UNDECIDED', 'MODEL', 'TRAINS_BASE_MODEL', '{"payer": "Enterprises"}', '{}', '{01a20dac-bc7e-7473-8b55-3a981b366b35}', '{"fictional": true}', '2026-11-24 13:09:14.049222+00', '2026-11-24 13:09:55.800732+00', 2, NULL),
	('01a20dac-be1c-7412-8cae-d35a8fb9325d', 'clickpath', 'Clickpath', 'clickpath', '[{"kind": "BRAND", "name": "点径", "language": "zh"}]', '{clickpath,点径}', 'clickpath
点径', '{}', NULL, 'Does the clicking in old accounting systems (fictional)', NULL, 'CN', 'Shanghai', NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'BUILDS_ON_API', '{"payer": "Accounting firms"}', '{}', '{01a20dac-bc88-729d-8b95-55c81d3749ea}', '{"fictional": true}', '2026-11-24 13:09:14.391301+00', '2026-11-24 13:09:56.72823+00', 2, NULL),
	('01a20dac-be64-7678-9ddf-8d91de770cef', 'codelantern', 'Codelantern', 'codelantern', '[{"kind": "BRAND", "name": "码灯", "language": "zh"}]', '{codelantern,码灯}', 'codelantern
码灯', '{}', NULL, 'Reviews code where it was written (fictional)', NULL, 'CN', 'Shanghai', NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'BUILDS_ON_API', '{"payer": "Software teams"}', '{}', '{01a20dac-bc8f-77bc-84f2-7dc686ff1f46}', '{"fictional": true}', '2026-11-24 13:09:14.465599+00', '2026-11-24 13:09:57.90977+00', 2, NULL),
	('01a20dac-bd24-726e-85a5-26c3bf8995b1', 'cubeforge', 'Cubeforge', 'cubeforge', '[{"kind": "BRAND", "name": "立方工坊", "language": "zh"}]', '{cubeforge,立方工坊}', 'cubeforge
立方工坊', '{}', NULL, 'Usable 3D assets from a sketch (fictional)', NULL, 'CN', 'Shanghai', NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'BUILDS_ON_API', '{"payer": "Game studios"}', '{}', '{01a20dac-bc87-74ae-8b4e-08ae5b8c37a8}', '{"fictional": true}', '2026-11-24 13:09:14.134181+00', '2026-11-24 13:09:58.565494+00', 2, NULL),
	('01a20dac-be3c-756b-98d1-75f2d2539b53', 'facecast', 'Facecast', 'facecast', '[{"kind": "BRAND", "name": "面塑", "language": "zh"}]', '{facecast,面塑}', 'facecast
面塑', '{}', NULL, 'Virtual-human models for training videos (fictional)', NULL, 'CN', 'Shanghai', NULL, NULL, NULL, NULL, 'UNDECIDED', 'MIDDLEWARE', 'TUNES_BASE_MODEL', '{"payer": "Training departments"}', '{}', '{01a20dac-bc82-7070-93c5-5e813ece0712}', '{"fictional": true}', '2026-11-24 13:09:14.426524+00', '2026-11-24 13:09:58.91762+00', 2, NULL);
INSERT INTO public.startup_version VALUES
	('01a20dac-bd5a-7027-8f03-acd55ee53c58', 1, '2026-11-24 13:09:14.192468+00', NULL, 'meshwright', 'Meshwright', 'meshwright', '[{"kind": "BRAND", "name": "网匠", "language": "zh"}]', '{}', NULL, 'Constrains models to watertight meshes (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'MIDDLEWARE', 'TUNES_BASE_MODEL', '{"payer": "Animation houses"}', '{}', '{01a20dac-bc87-74ae-8b4e-08ae5b8c37a8}', '{"fictional": true}', NULL),
	('01a20dac-bde0-7572-b50e-46ea3dea6288', 1, '2026-11-24 13:09:14.325449+00', NULL, 'wrapwell', 'Wrapwell', 'wrapwell', '[{"kind": "BRAND", "name": "快包", "language": "zh"}]', '{}', NULL, 'A chat window around somebody''s API (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'BUILDS_ON_API', '{}', '{}', '{01a20dac-bc8b-7756-8e12-a1b64179442f}', '{"fictional": true}', NULL),
	('01a20dac-bdfb-741f-b0fb-d82d6cacec38', 1, '2026-11-24 13:09:14.350164+00', NULL, 'quietlake', 'Quietlake', 'quietlake', '[{"kind": "BRAND", "name": "静湖", "language": "zh"}]', '{}', NULL, 'A companion that listens (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'BUILDS_ON_API', '{}', '{}', '{01a20dac-bc8e-7388-850b-4ba6f98042da}', '{"fictional": true}', NULL),
	('01a20dac-be08-72f7-8b1c-5f3f23d9116c', 1, '2026-11-24 13:09:14.373145+00', NULL, 'handover', 'Handover', 'handover', '[{"kind": "BRAND", "name": "递手", "language": "zh"}]', '{}', NULL, 'Words into motion for warehouse arms (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'TUNES_BASE_MODEL', '{"payer": "Warehouse operators"}', '{}', '{01a20dac-bc87-74ae-8b4e-08b03428bec6}', '{"fictional": true}', NULL),
	('01a20dac-be32-727e-b41d-2b4ce34bcc4c', 1, '2026-11-24 13:09:14.414372+00', NULL, 'loomtune', 'Loomtune', 'loomtune', '[{"kind": "BRAND", "name": "织调", "language": "zh"}]', '{}', NULL, 'Fine-tuning for teams without researchers (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'MIDDLEWARE', 'TUNES_BASE_MODEL', '{"payer": "Software teams"}', '{}', '{01a20dac-bc81-77d3-ab8d-590faedb0efe}', '{"fictional": true}', NULL),
	('01a20dac-be44-747f-9edf-70e960677e71', 1, '2026-11-24 13:09:14.433934+00', NULL, 'oldwine', 'Oldwine', 'oldwine', '[{"kind": "BRAND", "name": "旧酿", "language": "zh"}]', '{}', NULL, 'Keyword search, now called a large model (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'PRE_LLM_AI', '{"payer": "Law firms"}', '{}', '{01a20dac-bc8f-77bc-84f2-7dc7d47d6aba}', '{"fictional": true}', NULL),
	('01a20dac-be50-7042-826a-9cdd4c0ebe2d', 1, '2026-11-24 13:09:14.445659+00', '2026-11-24 13:09:55.210714+00', 'basewright', 'Basewright', 'basewright', '[{"kind": "BRAND", "name": "基石", "language": "zh"}]', '{}', NULL, 'A base model for bodies (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'MODEL', 'TRAINS_BASE_MODEL', '{"payer": "Robot makers"}', '{}', '{01a20dac-bc80-72b9-a85d-efb0fc524a5f}', '{"fictional": true}', NULL),
	('01a20dac-be50-7042-826a-9cdd4c0ebe2d', 2, '2026-11-24 13:09:55.210714+00', NULL, 'basewright', 'Basewright', 'basewright', '[{"kind": "BRAND", "name": "基石", "language": "zh"}]', '{}', NULL, 'A base model for bodies (fictional)', NULL, 'CN', 'Shanghai', NULL, NULL, NULL, NULL, 'UNDECIDED', 'MODEL', 'TRAINS_BASE_MODEL', '{"payer": "Robot makers"}', '{}', '{01a20dac-bc80-72b9-a85d-efb0fc524a5f}', '{"fictional": true}', NULL),
	('01a20dac-bcd2-7353-8a28-1f4b92ff74a5', 1, '2026-11-24 13:09:14.049222+00', '2026-11-24 13:09:55.800732+00', 'bigclaim', 'Bigclaim', 'bigclaim', '[{"kind": "BRAND", "name": "大言", "language": "zh"}]', '{}', NULL, 'A base model, says its deck (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'MODEL', 'TRAINS_BASE_MODEL', '{"payer": "Enterprises"}', '{}', '{01a20dac-bc7e-7473-8b55-3a981b366b35}', '{"fictional": true}', NULL),
	('01a20dac-bcd2-7353-8a28-1f4b92ff74a5', 2, '2026-11-24 13:09:55.800732+00', NULL, 'bigclaim', 'Bigclaim', 'bigclaim', '[{"kind": "BRAND", "name": "大言", "language": "zh"}]', '{}', NULL, 'A base model, says its deck (fictional)', NULL, 'CN', 'Shanghai', NULL, NULL, NULL, NULL, 'UNDECIDED', 'MODEL', 'TRAINS_BASE_MODEL', '{"payer": "Enterprises"}', '{}', '{01a20dac-bc7e-7473-8b55-3a981b366b35}', '{"fictional": true}', NULL),
	('01a20dac-be1c-7412-8cae-d35a8fb9325d', 1, '2026-11-24 13:09:14.391301+00', '2026-11-24 13:09:56.72823+00', 'clickpath', 'Clickpath', 'clickpath', '[{"kind": "BRAND", "name": "点径", "language": "zh"}]', '{}', NULL, 'Does the clicking in old accounting systems (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'BUILDS_ON_API', '{"payer": "Accounting firms"}', '{}', '{01a20dac-bc88-729d-8b95-55c81d3749ea}', '{"fictional": true}', NULL),
	('01a20dac-be1c-7412-8cae-d35a8fb9325d', 2, '2026-11-24 13:09:56.72823+00', NULL, 'clickpath', 'Clickpath', 'clickpath', '[{"kind": "BRAND", "name": "点径", "language": "zh"}]', '{}', NULL, 'Does the clicking in old accounting systems (fictional)', NULL, 'CN', 'Shanghai', NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'BUILDS_ON_API', '{"payer": "Accounting firms"}', '{}', '{01a20dac-bc88-729d-8b95-55c81d3749ea}', '{"fictional": true}', NULL),
	('01a20dac-be64-7678-9ddf-8d91de770cef', 1, '2026-11-24 13:09:14.465599+00', '2026-11-24 13:09:57.90977+00', 'codelantern', 'Codelantern', 'codelantern', '[{"kind": "BRAND", "name": "码灯", "language": "zh"}]', '{}', NULL, 'Reviews code where it was written (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'BUILDS_ON_API', '{"payer": "Software teams"}', '{}', '{01a20dac-bc8f-77bc-84f2-7dc686ff1f46}', '{"fictional": true}', NULL),
	('01a20dac-be64-7678-9ddf-8d91de770cef', 2, '2026-11-24 13:09:57.90977+00', NULL, 'codelantern', 'Codelantern', 'codelantern', '[{"kind": "BRAND", "name": "码灯", "language": "zh"}]', '{}', NULL, 'Reviews code where it was written (fictional)', NULL, 'CN', 'Shanghai', NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'BUILDS_ON_API', '{"payer": "Software teams"}', '{}', '{01a20dac-bc8f-77bc-84f2-7dc686ff1f46}', '{"fictional": true}', NULL),
	('01a20dac-bd24-726e-85a5-26c3bf8995b1', 1, '2026-11-24 13:09:14.134181+00', '2026-11-24 13:09:58.565494+00', 'cubeforge', 'Cubeforge', 'cubeforge', '[{"kind": "BRAND", "name": "立方工坊", "language": "zh"}]', '{}', NULL, 'Usable 3D assets from a sketch (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'BUILDS_ON_API', '{"payer": "Game studios"}', '{}', '{01a20dac-bc87-74ae-8b4e-08ae5b8c37a8}', '{"fictional": true}', NULL),
	('01a20dac-bd24-726e-85a5-26c3bf8995b1', 2, '2026-11-24 13:09:58.565494+00', NULL, 'cubeforge', 'Cubeforge', 'cubeforge', '[{"kind": "BRAND", "name": "立方工坊", "language": "zh"}]', '{}', NULL, 'Usable 3D assets from a sketch (fictional)', NULL, 'CN', 'Shanghai', NULL, NULL, NULL, NULL, 'UNDECIDED', 'APP', 'BUILDS_ON_API', '{"payer": "Game studios"}', '{}', '{01a20dac-bc87-74ae-8b4e-08ae5b8c37a8}', '{"fictional": true}', NULL),
	('01a20dac-be3c-756b-98d1-75f2d2539b53', 1, '2026-11-24 13:09:14.426524+00', '2026-11-24 13:09:58.91762+00', 'facecast', 'Facecast', 'facecast', '[{"kind": "BRAND", "name": "面塑", "language": "zh"}]', '{}', NULL, 'Virtual-human models for training videos (fictional)', NULL, 'CN', NULL, NULL, NULL, NULL, NULL, 'UNDECIDED', 'MIDDLEWARE', 'TUNES_BASE_MODEL', '{"payer": "Training departments"}', '{}', '{01a20dac-bc82-7070-93c5-5e813ece0712}', '{"fictional": true}', NULL),
	('01a20dac-be3c-756b-98d1-75f2d2539b53', 2, '2026-11-24 13:09:58.91762+00', NULL, 'facecast', 'Facecast', 'facecast', '[{"kind": "BRAND", "name": "面塑", "language": "zh"}]', '{}', NULL, 'Virtual-human models for training videos (fictional)', NULL, 'CN', 'Shanghai', NULL, NULL, NULL, NULL, 'UNDECIDED', 'MIDDLEWARE', 'TUNES_BASE_MODEL', '{"payer": "Training departments"}', '{}', '{01a20dac-bc82-7070-93c5-5e813ece0712}', '{"fictional": true}', NULL);
INSERT INTO public.workspace VALUES
	(1, 'Touchstone', 'Asia/Shanghai', 'USD', false, '2026-11-24 13:09:13.972735+00');
SELECT pg_catalog.setval('public.operation_order_seq_seq', 82, true);
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
