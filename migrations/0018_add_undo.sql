-- What an act found, kept with its step, so that the person who pressed the wrong button can take the act back within a
-- minute: the revision that the act left, and the values that it replaced. Steps of before have none.
alter table steps add column before jsonb;

comment on column steps.before is '@type { readonly revision: number; readonly values: Readonly<Record<string, unknown>> } | null';
