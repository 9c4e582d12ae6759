import type { z } from 'zod';
import type * as balance from '#contract/balance/balance.ts';
import type { BalanceStandard } from '#domain/balance/standard/standard.shape.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { formatNumber } from '#web/shared/words/format.ts';
import { SchoolLink } from '../balance-links.tsx';
import { verdictMarks } from '../desk/state-marks.ts';
import style from './RevisionTrial.module.css';

export type Trial = z.output<typeof balance.revisionTrial>;
type County = Trial['counties'][number];
type List = 'joined' | 'left' | 'flipped';

interface RevisionTrialProps {
  trial: Trial;
  draft: BalanceStandard;
  /** The draft was changed after it was tried. */
  overtaken: boolean;
}

/** The effect of a draft before it is published: who enters, who leaves, whose verdict changes. */
export function RevisionTrial({ trial, draft, overtaken }: RevisionTrialProps) {
  return (
    <Section title="试算结果" note={trial.year === null ? undefined : `${schoolYearName(trial.year)}已批准的填报`}>
      {overtaken && <Band tone="look">试算之后又有改动，以下是改动之前的结果。请再试算一次。</Band>}
      <p role="status">{summaryOf(trial)}</p>
      {trial.contradicted.length > 0 && (
        <p>
          与不计入的条件相抵、测算中不再列出的说明：
          {trial.contradicted.map((place) => `“${draft.assumptions[place]?.text}”`).join('、')}
        </p>
      )}
      {trial.counties.length > 0 && (
        <DataTable
          caption="试算：各单位的变化"
          columns={columns}
          rows={trial.counties}
          rowKey={(row) => row.countyId}
          details={(row) => (hasMoves(row) ? <Moves county={row} /> : undefined)}
        />
      )}
    </Section>
  );
}

const counted = (key: List, title: string): Column<County> => ({
  key,
  title,
  unit: '所',
  align: 'end',
  cell: (row) => countOf(row, key),
  value: (row) => countOf(row, key),
});

const columns: Array<Column<County>> = [
  { key: 'name', title: '单位', fact: 1, cell: (row) => row.name, value: (row) => row.name },
  {
    key: 'verdict',
    title: '结论',
    fact: 2,
    cell: ({ verdicts: [before, after], verdictTexts }) =>
      before === after ? (
        <span className="soft">不变：{verdictTexts[1]}</span>
      ) : (
        <>
          <StateMark state={verdictMarks[before]} text={verdictTexts[0]} /> →{' '}
          <StateMark state={verdictMarks[after]} text={verdictTexts[1]} />
        </>
      ),
    value: ({ verdictTexts: [before, after] }) => (before === after ? after : `${before} → ${after}`),
  },
  { ...counted('joined', '进入'), fact: 3 },
  counted('left', '退出'),
  counted('flipped', '达标变化'),
  {
    key: 'missing',
    title: '缺数据',
    unit: '所',
    align: 'end',
    cell: ({ missing: [before, after] }) => (before === after ? after : `${before} → ${after}`),
    value: ({ missing }) => missing[1],
  },
];

/** The schools themselves, level by level, folded. */
function Moves({ county }: { county: County }) {
  return (
    <details className={style.moves}>
      <summary>{county.name}：看是哪些学校</summary>
      {county.levels.map(({ level, levelName, joined, left, flipped }) => (
        <dl key={level}>
          {joined.length > 0 && (
            <Schools title={`${levelName}进入`} schools={joined} text={({ reason }) => `原先：${reason}`} />
          )}
          {left.length > 0 && <Schools title={`${levelName}退出`} schools={left} text={({ reason }) => reason} />}
          {flipped.length > 0 && (
            <Schools
              title={`${levelName}达标变化`}
              schools={flipped}
              text={({ pass: [before, after] }) => `${passText(before)} → ${passText(after)}`}
            />
          )}
        </dl>
      ))}
    </details>
  );
}

interface SchoolsProps<School> {
  title: string;
  schools: readonly School[];
  text: (school: School) => string;
}

function Schools<School extends { schoolId: number; name: string }>({ title, schools, text }: SchoolsProps<School>) {
  return (
    <>
      <dt>
        {title} {schools.length} 所
      </dt>
      {schools.map((school) => (
        <dd key={school.schoolId}>
          <SchoolLink schoolId={school.schoolId}>{school.name}</SchoolLink>
          <span className="caption">{text(school)}</span>
        </dd>
      ))}
    </>
  );
}

/** A school with two levels that leaves at both is one school that leaves. */
function countOf(county: County, list: List): number {
  return new Set(county.levels.flatMap((level) => level[list].map(({ schoolId }) => schoolId))).size;
}

function hasMoves(county: County): boolean {
  return county.levels.some(({ joined, left, flipped }) => joined.length + left.length + flipped.length > 0);
}

/** `进入 3 所，退出 12 所，达标与否有变化 5 所；2 个单位的结论有变化。` */
export function summaryOf({ year, counties }: Pick<Trial, 'year' | 'counties'>): string {
  if (year === null) return '还没有开启学年，发布后没有测算会变化。';
  const total = (list: List) => counties.reduce((sum, county) => sum + countOf(county, list), 0);
  const turned = counties.filter(({ verdicts: [before, after] }) => before !== after).length;
  const moves = [
    ['进入', total('joined')],
    ['退出', total('left')],
    ['达标与否有变化', total('flipped')],
  ] as const;
  const parts = moves.flatMap(([word, count]) => (count > 0 ? [`${word} ${formatNumber(count)} 所`] : []));
  const schools = parts.length === 0 ? '没有学校进入、退出或达标与否有变化' : parts.join('，');
  return `${schools}；${turned === 0 ? '各单位的结论都不变' : `${turned} 个单位的结论有变化`}。`;
}

function passText(pass: boolean | null): string {
  return pass === null ? '未判定' : pass ? '达标' : '不达标';
}
