-- Functions of evaluations that stay and are not made again with the views, because no other feature calls them.

-- Puts down what the place of a subject among all of its campaign gives at a leaf whose value stands, or takes it back while the value of
-- another one is missing. What was released stays. False where nothing changes.
create function place_leaf(place integer, evaluation uuid, of_code text, of_layer text, given_points text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  judged evaluations;
  lies integer;
begin
  select e.* into judged from evaluations e where e.place_id = place and e.id = evaluation and e.state = 'open' for share;
  lies := case when of_layer = 'city' then judged.campaign_place_id else place end;
  if judged.id is null or of_layer not in ('self', 'city') or in_place(lies, null) is not true or in_place(place, judged.school_id) is not true then
    raise exception 'a layer out of reach' using errcode = 'insufficient_privilege';
  end if;
  update evaluation_points p set points = given_points
   where p.place_id = lies and p.evaluation_id = evaluation and p.code = of_code and p.layer = of_layer and p.voided_at is null
     and p.answer -> 'given' ? 'value' and p.points is distinct from given_points and judged.released_at is null;
  return found;
end
$$;

grant execute on function place_leaf to dudao_app;

-- The means of what the city has settled at a leaf: over the subjects of the same county, and over all of the campaign. A seat reaches no
-- other subject, so the owner looks; a mean over fewer than `fewest` would tell what the others have. What is hidden from the person
-- counts in none.
create function leaf_means(place integer, evaluation uuid, of_code text, fewest integer, places integer) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  judged evaluations;
begin
  select e.* into judged from evaluations e where e.place_id = place and e.id = evaluation;
  if judged.id is null or coalesce(in_place(judged.campaign_place_id, null) or in_seats(judged.seats), false) is not true then
    return jsonb_build_object('county', null, 'city', null);
  end if;
  return (
    select jsonb_build_object(
             'county', case when count(*) filter (where w.place_id = place) >= fewest
                            then trim_scale(round(avg(w.points) filter (where w.place_id = place), places))::text end,
             'city', case when count(*) >= fewest then trim_scale(round(avg(w.points), places))::text end)
      from (
        select e.place_id,
               split_part(p.points, '/', 1)::numeric / coalesce(nullif(split_part(p.points, '/', 2), '')::numeric, 1) as points
          from evaluations e
          join evaluation_points p
            on p.place_id = e.campaign_place_id and p.evaluation_id = e.id and p.code = of_code and p.layer = 'city'
           and p.voided_at is null and p.points is not null and not is_hidden(p.hidden_from)
         where e.campaign_place_id = judged.campaign_place_id and e.campaign_id = judged.campaign_id and e.state <> 'cancelled'
      ) w
  );
end
$$;

grant execute on function leaf_means to dudao_app;
