import { sql } from 'kysely';
import type { Quote, QuoteAnswer, Quoted, Quoting } from '#core/access/quote.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { among } from '#platform/db/listing.ts';

const counted: Readonly<Record<string, string>> = {
  owed: '应填报学校',
  submitted: '已送审学校',
  approved: '已批准学校',
};

/** Counts the yearly records of units; the city stands for all its places. Nothing was asked of whom nobody owes one. */
async function countFilings({ db, places }: Quoting, asked: readonly Quoted[]): Promise<Map<number, QuoteAnswer>> {
  const { rows } = await sql<{ key: number; unitName: string; year: number; choice: string; owed: number; n: number }>`
    select w.key, u.short_name as "unitName", w.year, w.choice, count(f.filing_id)::int as owed,
           (count(f.filing_id) filter (where case w.choice when 'owed' then true when 'submitted' then f.state <> 'draft'
             else f.state in ('approved', 'accepted') end))::int as n
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as w(key int, "unitId" int, year int, choice text)
      join org_units u on u.id = w."unitId" and u.id = ${among(places)}
      left join collection_standings c on c.year = w.year
      left join filing_standings f
        on f.county_id = ${among(places)} and (u.kind = 'city' or f.county_id = u.id) and f.collection_id = c.id
     where w.year is not null and w.choice = any(${Object.keys(counted)}::text[])
     group by w.key, u.short_name, w.year, w.choice`.execute(db);
  return new Map(
    rows.map(({ key, unitName, year, choice, owed, n }) => [
      key,
      {
        label: `${unitName} ${schoolYearName(year)}${counted[choice]}数`,
        value: owed === 0 ? null : String(n),
        certificate: [{ item: '应填报学校', value: String(owed) }],
      },
    ]),
  );
}

/** What letters can quote of the yearly records. */
export const filingQuotes: Readonly<Record<string, Quote>> = {
  'filings.count': {
    title: '数据填报：各校进度',
    access: 'filing.read',
    choices: () => Promise.resolve(Object.entries(counted).map(([value, label]) => ({ value, label }))),
    read: countFilings,
  },
};
