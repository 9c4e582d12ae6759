import { sql } from 'kysely';
import type { Quote, QuoteAnswer, Quoted, Quoting } from '#core/access/quote.ts';
import { cvText } from '#domain/balance/report/figure-text.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { type CompulsoryLevel, compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import { among } from '#platform/db/listing.ts';

/** The name of a figure; that of the composite says already what it is. */
const variationName = (name: string) => (name.endsWith('差异系数') ? name : `${name}差异系数`);

interface RunFigure {
  readonly key: number;
  readonly unitName: string;
  readonly year: number;
  readonly level: string;
  readonly name: string | null;
  readonly cv: number | null;
  readonly limit: number | null;
  readonly runId: string | null;
  readonly inputsHash: string | null;
  readonly edition: string | null;
  /** Schools whose figures are missing, where the run is provisional; else null. */
  readonly missing: number | null;
}

/** 差异系数 of the runs that are shown; a choice is standard, level and indicator. */
async function readVariation({ db, places }: Quoting, asked: readonly Quoted[]): Promise<Map<number, QuoteAnswer>> {
  const parted = asked.map(({ key, unitId, year, choice = '' }) => {
    const [standard, level, indicator] = choice.split('/');
    return { key, unitId, year, standard, level, indicator };
  });
  const { rows } = await sql<RunFigure>`
    select w.key, u.short_name as "unitName", w.year, w.level, coalesce(f.name, i.name, case w.indicator when 'composite' then '综合' end) as name, f.cv,
           f.cv_limit as "limit", f.run_id as "runId", f.inputs_hash as "inputsHash",
           f.standard_name || '（' || f.standard_revision || '）' as edition,
           case when f.provisional then run.missing_count end as missing
      from jsonb_to_recordset(${JSON.stringify(parted)}::jsonb)
             as w(key int, "unitId" int, year int, standard text, level text, indicator text)
      join org_units u on u.id = w."unitId" and u.id = ${among(places)}
      left join balance_indicators i on i.standard_key = w.standard and i.indicator = w.indicator
      left join periods p on p.kind = 'school-year' and p.year = w.year
      left join balance_run_figures f
        on f.county_id = ${among(places)} and f.county_id = u.id and f.period_id = p.id and f.current
       and f.standard_key = w.standard and f.level = w.level and f.indicator = w.indicator
      left join balance_runs run on run.county_id = f.county_id and run.id = f.run_id`.execute(db);
  return new Map(
    rows.map(({ key, unitName, year, level, name, cv, limit, runId, inputsHash, edition, missing }) => [
      key,
      {
        label: `${unitName} ${schoolYearName(year)}${schoolLevelNames[level as CompulsoryLevel] ?? ''}${variationName(name ?? '')}`,
        // The word stands in the text too: who reads the letter sees no source.
        value: cv === null ? null : `${cvText(cv, limit)}${missing === null ? '' : '（暂定）'}`,
        certificate:
          runId === null
            ? []
            : [
                { item: '标准', value: edition ?? '' },
                ...(missing === null ? [] : [{ item: '暂定', value: `缺 ${missing} 所学校的数据` }]),
                { item: '测算编号', value: runId },
                { item: '输入校验码', value: inputsHash ?? '' },
              ],
      },
    ]),
  );
}

/** What letters can quote of balance. */
export const balanceQuotes: Readonly<Record<string, Quote>> = {
  'balance.variation': {
    title: '均衡监测：差异系数',
    access: 'balance.read',
    async choices(db) {
      const { rows } = await sql<{ standard: string; standardName: string; indicator: string; name: string }>`
        select standard_key as standard, standard_name as "standardName", indicator, name
          from balance_indicators order by standard_key, position`.execute(db);
      const standards = [...new Map(rows.map(({ standard, standardName }) => [standard, standardName]))];
      const composite = standards.map(([standard, standardName]) => ({
        ...{ standard, standardName, indicator: 'composite', name: '综合' },
      }));
      return [...composite, ...rows].flatMap(({ standard, standardName, indicator, name }) =>
        compulsoryLevels.map((level) => ({
          value: `${standard}/${level}/${indicator}`,
          label: `${schoolLevelNames[level]}${name}（${standardName}）`,
        })),
      );
    },
    read: readVariation,
  },
};
