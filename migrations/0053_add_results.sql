-- What a released result leaves behind for later evaluations: the grade of its first table, its share of the points, and that of
-- every indicator. Rules that look back read it as facts. Null before the release, and of rounds that were released before it was kept.
alter table evaluations add column results jsonb;
alter table evaluations add constraint evaluations_results_released check (released_at is not null or results is null);

-- An edition without points has no total: nothing stands there, and never a zero.
alter table evaluation_totals alter column total drop not null;

-- So a confirmed result has a certificate, and a total where its edition has points.
alter table evaluation_opinions drop constraint evaluation_opinions_check;
alter table evaluation_opinions add constraint evaluation_opinions_concluded
  check (state <> 'confirmed' or confirmed_by is not null and certificate is not null);
