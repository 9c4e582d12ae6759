-- What a place or a seat may read has a policy with an *or*. No index takes such a condition, so each row is asked, and each row parsed
-- the list of places: most of the time that a list of evaluations took. A session that is not narrowed to schools now names its places
-- once more in `app.schools`, each between two stars (`*3*4*`, where `*` alone stood), so that a row finds its place as a text.
-- The numbers of schools never stand between stars, so whoever is narrowed to schools is compared with them as before.

-- Whether a row of this place and this school may be touched. As before; the places may follow the star.
create or replace function in_place(place integer, school integer) returns boolean language sql stable parallel safe as $$
  select place = any (nullif(current_setting('app.places', true), '')::integer[])
     and case when starts_with(current_setting('app.schools', true), '*') then true
         else school = any (nullif(current_setting('app.schools', true), '')::integer[]) end
$$;

-- The same as `in_place`, for a condition that no index takes.
create function in_reach(place integer, school integer) returns boolean language sql stable parallel safe as $$
  select strpos(current_setting('app.schools', true), '*' || place || '*') > 0 or in_place(place, school)
$$;

grant execute on function in_reach to dudao_app;

-- Most rows are hidden from nobody: then nobody asks who reads. Never null, so that a job, which has no person, is not narrowed by it.
create or replace function is_hidden(hidden_from uuid[]) returns boolean language sql stable parallel safe as $$
  select cardinality(hidden_from) > 0
     and coalesce(nullif(current_setting('app.person', true), '')::uuid = any (hidden_from), false)
$$;

alter policy reading on evaluations using (in_reach(place_id, school_id) or in_seats(seats) and released_at is null);
alter policy reading on evaluation_steps using (in_reach(place_id, school_id) or in_seats(seats));
alter policy reading on evaluation_leaves using (in_reach(place_id, school_id) or in_seats(seats));
alter policy reading on evaluation_points using (in_reach(place_id, school_id) or in_seats(seats));
alter policy reading on evaluation_scores using (in_reach(place_id, null) or in_seats(seats));
alter policy reading on evaluation_talks using (in_reach(place_id, null) or in_seats(seats));
alter policy reading on evaluation_remarks using (in_reach(place_id, school_id) or in_seats(seats));
alter policy reading on evaluation_reviewers using (in_reach(place_id, null) or in_campaign(seat_id));
alter policy reading on evidence_items using (in_reach(place_id, school_id) or in_seats(seats));
alter policy reading on evidence_links using (in_reach(place_id, school_id) or in_seats(seats));
alter policy reading on attachments using (in_reach(place_id, school_id) or in_campaign(campaign_id) or in_seats(seats));
alter policy reading on campaign_seats using (in_reach(place_id, null) or in_campaign(id));
