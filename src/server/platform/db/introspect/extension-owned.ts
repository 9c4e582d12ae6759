/** A condition of SQL: no extension owns the object. Its number is its own only within its catalogue. */
export const ofNoExtension = (catalogue: 'pg_class' | 'pg_proc', oid: string): string =>
  `not exists (select from pg_depend d
     where d.classid = '${catalogue}'::regclass and d.objid = ${oid} and d.deptype = 'e')`;
