import { sql } from 'kysely';
import type { Certificate, Quote, QuoteAnswer, Quoted, Quoting } from '#core/access/quote.ts';
import { digestOf } from '#core/evidence/digest.ts';
import { type EvaluationFigure, evaluationFigureTitles, issueParts } from '#domain/evaluation/opinion.ts';
import { readExactPoints } from '#domain/evaluation/points/score.ts';
import { letterPoints } from '#domain/evaluation/result/letter-words.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { among } from '#platform/db/listing.ts';
import type { ResultCertificate } from './result.store.ts';

/** What is known of an evaluation for a letter: of its result only what was released. */
interface QuotedEvaluation {
  readonly id: string;
  readonly subjectName: string;
  readonly selfTotal: string | null;
  readonly total: string | null;
  readonly conclusion: string | null;
  readonly certificate: ResultCertificate | null;
  readonly findings: readonly {
    readonly title: string;
    readonly code: string | null;
    readonly dutyName: string | null;
    readonly dueOn: Day | null;
  }[];
}

async function findQuoted({ db, places }: Quoting, ids: readonly string[]): Promise<readonly QuotedEvaluation[]> {
  const { rows } = await sql<QuotedEvaluation>`
    select e.id, e.subject_name as "subjectName",
           (select t.total from evaluation_totals t
             where t.place_id = e.place_id and t.evaluation_id = e.id and t.layer = 'self'
               and t.still_between is null) as "selfTotal",
           e.total, e.conclusion,
           (select o.certificate from evaluation_opinions o
             where o.place_id = e.campaign_place_id and o.evaluation_id = e.id) as certificate,
           (select coalesce(jsonb_agg(jsonb_build_object('title', f.title, 'code', f.code, 'dueOn', f.due_on,
                     'dutyName', case when f.duty_type = 'school'
                       then (select s.name from schools s where s.county_id = f.subject_place_id and s.id = f.duty_id)
                       else (select u.name from org_units u where u.id = f.duty_id) end) order by f.entered_at, f.id), '[]')
              from evaluation_findings f
             where f.place_id = e.campaign_place_id and f.evaluation_id = e.id and f.dropped_at is null) as findings
      from evaluations e
     where e.place_id = ${among(places)} and e.released_at is not null and e.id = any(${[...ids]}::uuid[])`.execute(db);
  return rows;
}

/** A figure of one evaluation; an evaluation out of reach, or not released, has none. */
const quote = (
  query: EvaluationFigure,
  valueFrom: (evaluation: QuotedEvaluation, asked: Quoted) => QuoteAnswer['value'],
  columns?: Quote['columns'],
): Quote => ({
  ...{ title: evaluationFigureTitles[query], access: 'evaluation.read', choices: null },
  ...(columns === undefined ? {} : { columns }),
  async read(quoting, asked) {
    const ids = [...new Set(asked.flatMap(({ things = [] }) => things))];
    const known = new Map((await findQuoted(quoting, ids)).map((one) => [one.id, one]));
    return new Map(
      asked.flatMap((one): [number, QuoteAnswer][] => {
        const evaluation = known.get(one.things?.[0] ?? '');
        const value = evaluation === undefined ? null : valueFrom(evaluation, one);
        if (evaluation === undefined || value === null) return [];
        const label = `${evaluation.subjectName}：${evaluationFigureTitles[query].split('：')[1]}`.slice(0, 200);
        return [[one.key, { label, value, certificate: certificateOf(evaluation, value) }]];
      }),
    );
  },
});

function certificateOf({ certificate }: QuotedEvaluation, value: unknown): Certificate {
  const digest = { item: '清单校验码', value: digestOf(value) };
  if (certificate === null) return [digest];
  return [
    { item: '指标体系校验码', value: certificate.hash },
    { item: '得分校验码', value: certificate.points },
    { item: '计分日期', value: certificate.on },
    digest,
  ];
}

/** As the letter prints them: whoever reads the figure again compares what stands there. */
const pointsIn = (points: string | null) => (points === null ? null : letterPoints(readExactPoints(points)));

const left = (heading: string) => ({ heading, align: 'left' as const });
const right = (heading: string) => ({ heading, align: 'right' as const });
const centre = (heading: string) => ({ heading, align: 'center' as const });

/** What letters can quote of evaluations. */
export const evaluationQuotes: Readonly<Record<string, Quote>> = {
  'evaluations.self-total': quote('evaluations.self-total', ({ selfTotal }) => pointsIn(selfTotal)),
  'evaluations.total': quote('evaluations.total', ({ total }) => pointsIn(total)),
  'evaluations.conclusion': quote('evaluations.conclusion', ({ conclusion }) => conclusion),
  'evaluations.branches': quote(
    'evaluations.branches',
    ({ certificate }) => certificate?.branches.map((row) => [...row]) ?? null,
    [left('指标'), right('满分'), right('得分')],
  ),
  'evaluations.issues': quote(
    'evaluations.issues',
    ({ findings }, { choice }) => {
      const named = findings.map(({ title, code, dutyName, dueOn }) => ({
        ...{ title, code, dueOn },
        duty: dutyName === null ? null : { type: 'unit' as const, id: 0, name: dutyName },
      }));
      return issueParts({ findings: named })[Number(choice ?? 1) - 1] ?? null;
    },
    [centre('序号'), left('问题'), centre('对应指标'), left('责任单位'), centre('整改期限')],
  ),
};
