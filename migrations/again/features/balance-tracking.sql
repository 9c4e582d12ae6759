-- The views that the tracking of balance publishes. Every view is `security_invoker`: the policies of its tables go through it.

-- Where the track of each county and year stands, for reports.
create view track_standings with (security_invoker = true) as
select place_id as county_id, id as track_id, period_id, school_year, standard_key, state, since
  from balance_tracks where state <> 'cancelled';

-- Facts of a county: the figures that the province published of a year (`province.<standard>.<level>.<indicator>`, as text,
-- because the decimals count), and the state of the year's track.
create view tracking_facts with (security_invoker = true) as
select figure.place_id, 'unit'::text as subject_type, figure.place_id as subject_id,
       'province.' || publication.standard_key || '.' || figure.level || '.' || figure.indicator as key,
       publication.period_id, to_jsonb(figure.value) as value, 'balance-tracking'::text as source,
       jsonb_build_object(
         'publicationId', publication.id, 'documentNumber', publication.document_number,
         'publishedOn', publication.published_on, 'source', publication.source
       ) as certificate
  from province_publication_figures figure
  join province_publications publication
    on publication.place_id = figure.place_id and publication.id = figure.publication_id and publication.replaced_at is null
union all
select place_id, 'unit', place_id, 'balance-tracking.state', period_id, to_jsonb(state), 'balance-tracking',
       jsonb_build_object('trackId', id, 'revision', revision, 'since', since)
  from balance_tracks where state <> 'cancelled';

comment on column tracking_facts.place_id is '@notNull';
comment on column tracking_facts.subject_id is '@notNull';
comment on column tracking_facts.period_id is '@notNull';
comment on column tracking_facts.value is '@notNull';

grant select on track_standings, tracking_facts to dudao_app;
