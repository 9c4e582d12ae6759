-- A score says since what it settles, so the function has two parameters more. With the earlier one beside it a call of fifteen
-- arguments would be of two functions and fail.
drop function if exists give_score(
  integer, uuid, text, text, uuid, uuid, jsonb, text, text, jsonb, boolean, integer, integer, text, timestamptz);
