-- The list of evaluations begins with what is under way and due first. The last day of the present step stands beside it, so that
-- a page is read in the order of an index and not by joining and sorting all subjects of a city; null where no step is open.
alter table evaluations add column due_on date;

select set_config('app.recorded', 'on', true);
update evaluations e
   set due_on = (select s.to_day from evaluation_steps s
                  where s.place_id = e.place_id and s.evaluation_id = e.id and s.step = e.step)
 where e.state = 'open';
select set_config('app.recorded', '', true);

create index evaluations_in_order on evaluations
  ((state <> 'open'), due_on, subject_name collate "zh-x-icu", place_id, id);
