-- A question for more time can be taken back by whoever asked it, as long as nobody has answered it; a draw of the proof
-- again by the level that drew it, as long as nothing of it is proved. Both stay in the record, with who, when and why.
alter table finding_extensions
  drop constraint finding_extensions_decision_check,
  add constraint finding_extensions_decision_check check (decision in ('granted', 'refused', 'withdrawn'));

alter table reproof_draws
  add column cancelled_by text,
  add column cancelled_by_name text,
  add column cancelled_at timestamptz,
  add column cancel_reason text check (length(cancel_reason) between 2 and 500),
  add constraint reproof_draws_cancelled_check check (
    (cancelled_at is null) = (cancelled_by is null) and (cancelled_at is null) = (cancelled_by_name is null)
    and (cancelled_at is null) = (cancel_reason is null)),
  drop constraint reproof_draws_place_id_closed_from_closed_to_drawn_level_key;

-- The same days are drawn anew only after a draw that was cancelled.
create unique index reproof_draws_of_days on reproof_draws (place_id, closed_from, closed_to, drawn_level)
  where cancelled_at is null;

-- What was drawn is never written anew: whoever has the record can draw it again. A draw is taken back by this function alone,
-- as long as nothing of it is proved. False where it was taken back before, or a result stands.
create function cancel_draw(place integer, draw uuid, by_id text, by_name text, day timestamptz, said text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update reproof_draws d
     set cancelled_by = by_id, cancelled_by_name = by_name, cancelled_at = day, cancel_reason = said
   where d.place_id = place and d.id = draw and d.cancelled_at is null and in_place(d.place_id, null)
     and not exists (
       select from reproofs r where r.place_id = d.place_id and r.draw_id = d.id and r.result is not null);
  return found;
end
$$;

grant execute on function cancel_draw to dudao_app;
