import { sql } from 'kysely';
import type { Quote, QuoteAnswer, Quoted, Quoting } from '#core/access/quote.ts';
import { digestOf } from '#core/evidence/digest.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import {
  answeredColumns,
  answeredRows,
  askedColumns,
  askedRows,
  countedFindings,
} from '#domain/rectification/quoted.ts';
import type { FindingState } from '#domain/rectification/state.ts';
import { among } from '#platform/db/listing.ts';
import { overdueOn } from '../finding.store.ts';

/** The name of the query by which a letter lists findings, for the letters that the ledger wants. */
export const askedQuery = 'rectifications.asked';

/** Counts the findings of units by school year; the city stands for all its places. */
async function countFindings(
  { db, places, today }: Quoting,
  asked: readonly Quoted[],
): Promise<Map<number, QuoteAnswer>> {
  const { rows } = await sql<{
    key: number;
    unitName: string;
    year: number;
    choice: string;
    n: number;
    digest: string;
  }>`
    select w.key, u.short_name as "unitName", w.year, w.choice, count(f.id)::int as n,
           md5(coalesce(string_agg(f.id::text || ' ' || f.state, ',' order by f.id), '')) as digest
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as w(key int, "unitId" int, year int, choice text)
      join org_units u on u.id = w."unitId" and u.id = ${among(places)}
      left join findings f
        on f.place_id = ${among(places)} and (u.kind = 'city' or f.place_id = u.id) and f.school_year = w.year
       and f.state <> 'cancelled'
       and case w.choice when 'all' then true when 'closed' then f.state = 'closed'
             when 'overdue' then ${overdueOn(today)}
             else f.state <> 'closed' end
     where w.year is not null and w.choice = any(${Object.keys(countedFindings)}::text[])
     group by w.key, u.short_name, w.year, w.choice`.execute(db);
  return new Map(
    rows.map(({ key, unitName, year, choice, n, digest }) => [
      key,
      {
        label: `${unitName} ${schoolYearName(year)}${countedFindings[choice as keyof typeof countedFindings]}数`,
        value: String(n),
        certificate: [{ item: '清单校验码', value: digest }],
      },
    ]),
  );
}

interface QuotedFinding {
  readonly id: string;
  readonly title: string;
  readonly state: FindingState;
  readonly foundOn: Day;
  readonly dueOn: Day | null;
  readonly closedOn: Day | null;
}

/** Lists findings in the order in which they are asked; a list of which one is out of reach is none. */
const listed =
  (rowsOf: (findings: readonly QuotedFinding[]) => string[][], what: string): Quote['read'] =>
  async ({ db, places }, asked) => {
    const ids = [...new Set(asked.flatMap(({ things = [] }) => things))];
    const { rows } = await sql<QuotedFinding>`
      select id, title, state, found_on as "foundOn", due_on as "dueOn", closed_on as "closedOn"
        from findings where place_id = ${among(places)} and id = any(${ids}::uuid[])`.execute(db);
    const known = new Map(rows.map((row) => [row.id, row]));
    const answers = new Map<number, QuoteAnswer>();
    for (const { key, things = [] } of asked) {
      const found = things.flatMap((id) => known.get(id) ?? []);
      if (found.length === 0 || found.length < things.length) continue;
      const value = rowsOf(found);
      const certificate = [{ item: '清单校验码', value: digestOf(value) }];
      answers.set(key, { label: `${found.length} 项问题的${what}`, value, certificate });
    }
    return answers;
  };

/** What letters can quote of the ledger. */
export const findingQuotes: Readonly<Record<string, Quote>> = {
  'rectifications.count': {
    title: '整改台账：问题数',
    access: 'rectification.read',
    choices: () => Promise.resolve(Object.entries(countedFindings).map(([value, label]) => ({ value, label }))),
    read: countFindings,
  },
  [askedQuery]: {
    ...{ title: '整改台账：问题和期限', access: 'rectification.read', choices: null, columns: askedColumns },
    answeredBy: 'rectifications.answered',
    read: listed(askedRows, '期限'),
  },
  'rectifications.answered': {
    ...{ title: '整改台账：整改情况', access: 'rectification.read', choices: null, columns: answeredColumns },
    read: listed(answeredRows, '整改情况'),
  },
};
