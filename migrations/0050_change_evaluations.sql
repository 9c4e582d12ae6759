-- What is drafted of an opinion tells what its author gave: while the city scores blind, whoever still owes a score of his own
-- reads none of it, by whichever statement.

-- Whether the person of the transaction still owes a blind score of an evaluation that the city judges now. It looks as the owner,
-- because the rows that it asks are hidden from the very person. Nobody who acts for no person owes one.
create function owes_blind(place integer, evaluation uuid) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  me uuid := own_person();
begin
  return me is not null and exists (
    select 1 from evaluations e
      join evaluation_reviewers r on r.place_id = e.campaign_place_id and r.evaluation_id = e.id
      join evaluation_leaves l on l.place_id = e.place_id and l.evaluation_id = e.id
     where e.place_id = place and e.id = evaluation and e.state = 'open' and e.step in ('materialReview', 'siteVisit')
       and coalesce((e.rules ->> 'blind')::boolean, false)
       and r.person_id = me and r.scores and r.ended_on is null
       and coalesce(r.to_day >= (select day_of(now())), true)
       and l.applies is distinct from false and (r.nodes @> '{*}' or r.nodes && l.nodes)
       and not exists (
         select 1 from evaluation_scores s
          where s.place_id = e.campaign_place_id and s.evaluation_id = e.id and s.code = l.code and s.layer = 'city'
            and s.person_id = me and s.replaced_at is null and s.voided_at is null)
  );
end
$$;

grant execute on function owes_blind to dudao_app;

create policy blind on evaluation_opinions as restrictive for all to dudao_app
  using (not owes_blind(subject_place_id, evaluation_id)) with check (true);
create policy blind on evaluation_findings as restrictive for all to dudao_app
  using (not owes_blind(subject_place_id, evaluation_id)) with check (true);
