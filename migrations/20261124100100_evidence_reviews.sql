-- The reviews of the whole ledger are listed by when they were recorded.
create index evidence_review_recorded on evidence_review (recorded_at desc, id desc);
