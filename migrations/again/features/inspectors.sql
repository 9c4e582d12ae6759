-- Whom the register publishes to whoever makes up a panel: who an inspector or an expert is, where the appointment stands, and what
-- the rule of avoidance asks (posts and relations, without a word of their own). It is `security_invoker`: the policies of the
-- register go through it. A reader applies the rule of `domain/inspection/avoidance` and tells what follows, never why.
create view inspector_pool with (security_invoker = true) as
select i.place_id, i.id as inspector_id, i.person_id, i.kind, i.name, i.employer, i.post, i.subjects, i.state, i.search,
       jsonb_build_array(jsonb_build_object(
         'written', i.employer, 'unitId', i.employer_unit_id, 'schoolId', i.employer_school_id, 'post', i.post,
         'leftOn', null, 'present', true
       )) || coalesce((
         select jsonb_agg(jsonb_build_object(
                  'written', p.employer, 'unitId', p.employer_unit_id, 'schoolId', p.employer_school_id, 'post', p.post,
                  'leftOn', p.left_on, 'present', false
                ) order by p.position)
           from inspector_posts p where p.place_id = i.place_id and p.inspector_id = i.id
       ), '[]') as posts,
       coalesce((
         select jsonb_agg(jsonb_build_object(
                  'relative', r.relative, 'tie', r.tie, 'written', r.employer, 'unitId', r.employer_unit_id,
                  'schoolId', r.employer_school_id, 'until', r.until_day
                ) order by r.position)
           from inspector_relations r where r.place_id = i.place_id and r.inspector_id = i.id
       ), '[]') as relations
  from inspectors i;

comment on column inspector_pool.place_id is '@notNull';
comment on column inspector_pool.inspector_id is '@notNull';
comment on column inspector_pool.kind is '@notNull @type ''full-time'' | ''specially-invited'' | ''responsible'' | ''expert''';
comment on column inspector_pool.name is '@notNull';
comment on column inspector_pool.employer is '@notNull';
comment on column inspector_pool.post is '@notNull';
comment on column inspector_pool.subjects is '@notNull';
comment on column inspector_pool.state is '@notNull';
comment on column inspector_pool.search is '@notNull';
comment on column inspector_pool.posts is '@notNull @type readonly { readonly written: string; readonly unitId: number | null; readonly schoolId: number | null; readonly post: string; readonly leftOn: string | null; readonly present: boolean }[]';
comment on column inspector_pool.relations is '@notNull @type readonly { readonly relative: string; readonly tie: string; readonly written: string; readonly unitId: number | null; readonly schoolId: number | null; readonly until: string | null }[]';

grant select on inspector_pool to dudao_app;
