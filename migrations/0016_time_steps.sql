-- The time step (30 seconds each since 1970) of the last code that was accepted of a person's telephone. A code counts
-- once: whoever reads it over a shoulder cannot use it in the half minute that it still shows.
alter table second_factors add column last_time_step integer;
