-- Gates of stages, what a move overrode and why, and what the pipeline's figures are read by.

alter table stage add column gate jsonb not null default '[]' check (jsonb_typeof(gate) = 'array');
alter table stage_version add column gate jsonb not null default '[]';
-- The gate that a committee has by default, in a workspace that was made before there were gates; under the trigger of
-- before, which does not look at it, so that no version begins by it.
update stage set gate = g.gate from (values ('[{"condition": "KNOWN_ROUTE"},
  {"condition": "VERIFIED_PROOF", "except": {"layers": ["MODEL"], "rounds": ["PRE_SEED", "ANGEL", "ANGEL_PLUS", "SEED", "PRE_A", "PRE_A_PLUS"]}},
  {"condition": "CHECKLIST_NO_OPEN", "only": {"layers": ["MODEL"], "rounds": ["PRE_SEED", "ANGEL", "ANGEL_PLUS", "SEED", "PRE_A", "PRE_A_PLUS"]}}]'::jsonb)) g (gate)
 where key = 'COMMITTEE';
update stage_version v set gate = s.gate from stage s where s.id = v.stage_id;
alter table stage_version alter column gate drop default;
drop trigger keep_versions_insert on stage;
drop trigger keep_versions_update on stage;
call keep_versions('stage', 'stage_version', 'stage_id', array['key', 'name', 'name_zh', 'position', 'limit_days', 'is_retired', 'gate']);

-- What a move overrode it overrode for a reason.
alter table deal_change add column override_reason text check (not is_blank(override_reason));
alter table deal_change add check ((override_reason is null) = (overrode = '{}'));
-- Voids are few: what asks whether a move stands looks among them alone.
create index deal_change_voided on deal_change (voids, recorded_at) where voids is not null;
create index deal_change_overrode on deal_change (deal_id) where overrode <> '{}';

-- A cohort is the deals opened in a period; a difference is what was known anew between two instants.
create index deal_by_opened on deal (opened_at, id) where hidden_at is null;
create index deal_version_from on deal_version (known_from, deal_id);
