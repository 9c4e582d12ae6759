-- Which revisions of a standard came with the product: a corrected edition is told from the one shipped before, never
-- from what a city has made of it.

alter table balance_standards add column shipped boolean not null default false;
update balance_standards set shipped = true where created_by = '系统' and note = '随产品提供';
alter table balance_standards alter column shipped drop default;
