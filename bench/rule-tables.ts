/** Rows of each table, spread evenly over the places: the number of a row names its place. */
export const rows = 60_000;
export const counties = 20;

/** The tables that are read or written at once; their statistics are collected before anything is measured. */
export const analyzed = [
  'rule_direct',
  'rule_subquery',
  'rule_plain',
  'rule_lone',
  'rule_places',
  'rule_posts',
  'rule_units',
] as const;

const table = (name: string, key = 'county_id, id') => `
  create table ${name} (county_id integer not null, id integer not null, name text not null, marked boolean not null
    default false, primary key (${key}));
  insert into ${name} select n % ${counties}, n, '第' || n || '校', n < ${counties} from generate_series(0, ${rows - 1}) n;
  create index on ${name} (county_id, name);
  create index on ${name} (county_id) where marked;
  grant select, insert, update, delete on ${name} to rule_app;`;

/** Drops what `lay` makes. */
export const clear = `
  drop table if exists ${[...analyzed, 'rule_audit'].join(', ')} cascade;
  drop function if exists rule_place, rule_tell, rule_move, rule_number;
  drop role if exists rule_app;`;

/** The tables and functions of both sides, and the role that asks. */
export const lay = `
  ${clear}
  create role rule_app;
  ${table('rule_direct')}
  ${table('rule_subquery')}
  ${table('rule_plain')}
  ${table('rule_lone', 'id')}
  create table rule_places (school_id integer primary key, county_id integer not null);
  insert into rule_places select id, county_id from rule_plain;
  create table rule_posts (id integer primary key, school_id integer not null);
  insert into rule_posts select n, n * 97 from generate_series(0, 599) n;
  create table rule_units (id integer primary key);
  insert into rule_units select generate_series(0, ${counties - 1});
  grant select, insert, update, delete on rule_places, rule_posts, rule_units to rule_app;
  create function rule_place(place integer, school integer) returns boolean language sql stable parallel safe as $f$
    select place = any (nullif(current_setting('app.places', true), '')::integer[])
       and case current_setting('app.schools', true) when '*' then true
           else school = any (nullif(current_setting('app.schools', true), '')::integer[]) end
  $f$;
  alter table rule_direct enable row level security;
  create policy place on rule_direct to rule_app using (rule_place(county_id, id)) with check (rule_place(county_id, id));
  alter table rule_subquery enable row level security;
  create policy place on rule_subquery to rule_app using (
    county_id = any ((select nullif(current_setting('app.places', true), '')::integer[])::integer[])
    and case (select current_setting('app.schools', true)) when '*' then true
        else id = any ((select nullif(current_setting('app.schools', true), '')::integer[])::integer[]) end);
  create table rule_audit (county_id integer not null, id bigint generated always as identity, at timestamptz not null
    default clock_timestamp(), act text not null, after jsonb, primary key (county_id, id));
  grant select on rule_audit to rule_app;
  grant insert (county_id, act, after) on rule_audit to rule_app;
  create function rule_tell(county integer, act text, after jsonb) returns void language plpgsql security definer
    set search_path = public, pg_temp as $f$
  begin
    insert into rule_audit (county_id, act, after) values (county, act, after);
  end $f$;
  create function rule_move(county integer, chosen integer) returns void language plpgsql security definer
    set search_path = public, pg_temp as $f$
  begin
    update rule_direct set marked = false where county_id = county and marked;
    update rule_direct set marked = true where county_id = county and id = chosen;
  end $f$;
  create function rule_number(n integer) returns integer language plpgsql stable as $f$ begin return n; end $f$;`;
