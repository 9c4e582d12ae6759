-- Which leaf of one edition asks what a leaf of another asks, as somebody has decided it, for whoever carries something over. The view is
-- `security_invoker`: the policy of its table goes through it.
create view leaf_mappings with (security_invoker = true) as
select place_id, from_key, from_revision, to_key, to_revision, pairs from framework_mappings;

comment on column leaf_mappings.place_id is '@notNull';
comment on column leaf_mappings.from_key is '@notNull';
comment on column leaf_mappings.from_revision is '@notNull';
comment on column leaf_mappings.to_key is '@notNull';
comment on column leaf_mappings.to_revision is '@notNull';
comment on column leaf_mappings.pairs is '@notNull @type Record<string, string | null>';

grant select on leaf_mappings to dudao_app;
