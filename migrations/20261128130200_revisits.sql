-- What brings a deal back by itself, and since when and why it is due.

alter table deal add column revisit_when jsonb check (jsonb_typeof(revisit_when) = 'object');
alter table deal add column revisit_due_since timestamptz(6) check (isfinite(revisit_due_since));
alter table deal add column revisit_due_because jsonb check (jsonb_typeof(revisit_due_because) = 'object');
alter table deal add check ((revisit_due_since is null) = (revisit_due_because is null));
alter table deal add check (revisit_due_since is null or revisit_when is not null);
alter table deal_version add column revisit_when jsonb;
alter table deal_version add column revisit_due_since timestamptz(6);
alter table deal_version add column revisit_due_because jsonb;
-- Those that wait for something of a startup; few of all deals.
create index deal_waiting on deal (startup_id) where revisit_when is not null and revisit_due_since is null;
create index deal_due on deal (revisit_due_since, id) where revisit_due_since is not null;
drop trigger keep_versions_insert on deal;
drop trigger keep_versions_update on deal;
call keep_versions('deal', 'deal_version', 'deal_id',
  array['startup_id', 'title', 'title_sort', 'stage_id', 'status', 'owner_id', 'team', 'opened_by', 'visibility', 'round', 'amount_low', 'amount_high',
        'amount_currency', 'amount_as_found', 'our_amount_low', 'our_amount_high', 'our_amount_currency', 'our_amount_as_found', 'investor_role',
        'co_investors', 'instrument', 'valuation', 'valuation_currency', 'valuation_basis', 'fund_ids', 'term_sheet_signed_on', 'term_sheet_expires_on',
        'exclusive_until', 'signed_on', 'paid_on', 'sources', 'next_step', 'next_step_due', 'pass_reason', 'pass_note', 'revisit_on',
        'revisit_trigger', 'revisit_when', 'revisit_due_since', 'revisit_due_because', 'entered_stage_at', 'held_micros', 'held_since', 'hidden_at']);
