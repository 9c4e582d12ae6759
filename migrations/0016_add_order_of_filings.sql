-- A county's list in the order of names, page by page: the first page of 25 reads 25 entries, where it read and sorted all
-- filings of the county.
create index filings_of_place_by_name on filings (place_id, collection_id, name collate "zh-x-icu", code, id)
  include (school_id, owes);
