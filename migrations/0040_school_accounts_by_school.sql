-- The accounts of a school are asked for by the school alone: they move with it, while its filing stays with the county
-- that asked for it.
drop index grants_by_school;
create index grants_by_school on grants (school_id) where revoked_at is null;
