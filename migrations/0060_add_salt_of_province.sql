-- What goes into the digest by which the audit names an entry of the province while the city judges blind: it lies hidden with the entry,
-- so that nobody finds the points by trying.
alter table evaluation_province_scores add column salt uuid not null default gen_random_uuid();
