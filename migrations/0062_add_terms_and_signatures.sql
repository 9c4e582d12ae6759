-- 以前的任期 of an inspector are said by the form of the entry, and change with it; a term that an act gave stays as it was given.
alter table inspector_terms add column earlier boolean not null default false;

select set_config('app.recorded', 'on', true);

-- Those that lists brought: without a document, a reason or a letter, and from before the appointment by which the person is at work.
update inspector_terms t set earlier = true
  from inspectors i
 where i.place_id = t.place_id and i.id = t.inspector_id and i.imported
   and t.document_number is null and t.reason is null and t.letter_id is null and t.ended_on is null and t.to_day is not null
   and (i.appointed_on is null or t.to_day < i.appointed_on);

-- A letter of two units bears both signatures; of those that nobody has sent for a check yet the text gets the second one.
update letters l set model = l.model || jsonb_build_object('jointSigner', u.name)
  from org_units u
 where u.id = l.cosigner_unit_id and l.cosigner_dropped is null and l.state = 'draft' and l.model is not null;

select set_config('app.recorded', '', true);

grant delete on inspector_terms to dudao_app;
alter policy removing on inspector_terms using (in_place(place_id, null) and earlier);
