import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import * as balance from '#contract/balance/balance.ts';
import { cvText, limitText } from '#domain/balance/report/figure-text.ts';
import { editionText } from '#domain/balance/standard/edition.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Facts, Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { formatDateTime, formatNumber } from '#web/shared/words/format.ts';
import { comparisonSearch } from '../balance.search.ts';
import { verdictMarks } from '../desk/state-marks.ts';
import style from './RunComparison.module.css';

type Comparison = z.output<typeof balance.comparison>;
type Level = Comparison['levels'][number];

/** The changes between two runs of one county, and their effects. */
export default function RunComparison() {
  const { unitId } = useDeskContext();
  const [{ first, second }] = useSearchState(comparisonSearch);
  if (unitId === null || first === undefined || second === undefined) {
    return (
      <Empty title="没有选定两次测算" action={<Link to="/balance/runs">到测算存档选择</Link>}>
        在测算存档里先后选定同一单位的两次测算。
      </Empty>
    );
  }
  return <Compared countyId={unitId} first={first} second={second} />;
}

function Compared({ countyId, first, second }: { countyId: number; first: string; second: string }) {
  const comparison = useRead(balance.compare, { params: { countyId }, query: { first, second } });
  return (
    <Page
      title={comparison.data ? `${comparison.data.after.countyName} · 两次测算比较` : '两次测算比较'}
      above={<Link to="/balance/runs">测算存档</Link>}
    >
      <Loaded of={comparison}>
        {(data) => (
          <>
            <div className={style.verdict}>
              {data.sentences.map((sentence) => (
                <p key={sentence}>{sentence}</p>
              ))}
            </div>
            <Facts
              items={[
                ['之前', <Head key="before" run={data.before} />, 'wide'],
                ['之后', <Head key="after" run={data.after} />, 'wide'],
              ]}
            />
            {data.levels.map((level) => (
              <ComparedLevel key={level.level} level={level} />
            ))}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Head({ run }: { run: Comparison['before'] }) {
  return (
    <>
      {schoolYearName(run.year)} · {run.standard.shortName}（{editionText(run.standard.edition)}） ·{' '}
      {formatDateTime(run.runAt)} · {run.runBy}
      <br />
      <StateMark state={verdictMarks[run.verdict]} text={run.verdictText} />
    </>
  );
}

/** An indicator, or the composite of all of them. */
type Coefficient = Pick<Level['indicators'][number], 'key' | 'name' | 'cv' | 'limit' | 'pass'>;
type Changed = Level['changed'][number];

const indicatorColumns: Array<Column<Coefficient>> = [
  { key: 'name', title: '指标', fact: 1, cell: (row) => row.name, value: (row) => row.name },
  {
    key: 'before',
    title: '之前差异系数',
    align: 'end',
    fact: 2,
    cell: (row) => figure(row.cv[0], row.limit[0]),
    value: (row) => row.cv[0],
  },
  {
    key: 'after',
    title: '之后差异系数',
    align: 'end',
    fact: 3,
    cell: (row) => figure(row.cv[1], row.limit[1]),
    value: (row) => row.cv[1],
  },
  {
    key: 'change',
    title: '变化',
    align: 'end',
    cell: ({ cv: [before, after] }) =>
      before === null || after === null ? <Missing reason="有一次无法计算" /> : signed(after - before),
    value: ({ cv: [before, after] }) => (before === null || after === null ? null : after - before),
  },
  {
    key: 'limit',
    title: '限值',
    align: 'end',
    cell: ({ limit }) => (limit[1] === null ? '无' : limitText(limit[1])),
    value: ({ limit }) => limit[1],
  },
];

const changedColumns: Array<Column<Changed>> = [
  { key: 'name', title: '学校', fact: 1, cell: (row) => row.name, value: (row) => row.name },
  {
    key: 'values',
    title: '变化的数据项',
    fact: 2,
    cell: changesOf,
    value: changesOf,
  },
  {
    key: 'pass',
    title: '达标',
    fact: 3,
    cell: passOf,
    value: passOf,
  },
];

function ComparedLevel({ level }: { level: Level }) {
  const { composite } = level;
  const rows: Coefficient[] = composite ? [{ key: 'composite', name: '综合', ...composite }] : [];
  return (
    <Section title={level.levelName}>
      <DataTable
        caption={`${level.levelName}差异系数`}
        columns={indicatorColumns}
        rows={[...rows, ...level.indicators]}
        rowKey={(row) => row.key}
      />
      <Moved title="新计入" because="之前" schools={level.joined} />
      <Moved title="不再计入" because="之后" schools={level.left} />
      <ChangedSchools level={level} />
    </Section>
  );
}

/** The schools of only one of the two sets, by the reason why they are not in the other. */
function Moved({ title, because, schools }: { title: string; because: string; schools: Level['joined'] }) {
  const reasons = new Map<string, Level['joined']>();
  for (const school of schools) reasons.set(school.reason, [...(reasons.get(school.reason) ?? []), school]);
  if (schools.length === 0) return null;
  return (
    <>
      <h3>
        {title} {schools.length} 所
      </h3>
      <ul className={style.reasons}>
        {[...reasons].map(([reason, of]) => (
          <li key={reason}>
            {because}：{reason}（{of.length} 所）：{of.map(({ name }) => name).join('、')}
          </li>
        ))}
      </ul>
    </>
  );
}

/** If the values of more schools than this changed without consequence, the schools are folded behind one line. */
const mostUnasked = 10;

/** Schools that crossed the line come first; between two school years, the values of every school differ. */
function ChangedSchools({ level }: { level: Level }) {
  const crossed = level.changed.filter(({ pass: [before, after] }) => before !== after);
  const moved = level.changed.filter(({ pass: [before, after] }) => before === after);
  const table = (caption: string, rows: Changed[]) =>
    rows.length > 0 && (
      <DataTable caption={caption} columns={changedColumns} rows={rows} rowKey={(row) => row.schoolId} />
    );
  const words = `${level.levelName}数据有变化、达标情况未变的学校`;
  return (
    <>
      {table(`${level.levelName}达标情况有变化的学校`, crossed)}
      {moved.length > mostUnasked ? (
        <details className={style.moved}>
          <summary>
            {words}（{formatNumber(moved.length)} 所）
          </summary>
          {table(words, moved)}
        </details>
      ) : (
        table(words, moved)
      )}
    </>
  );
}

function changesOf({ values }: Changed): string {
  if (values.length === 0) return '数据未变';
  return values.map(({ name, before, after }) => `${name} ${plain(before)} → ${plain(after)}`).join('；');
}

function passOf({ pass: [before, after] }: Changed): string {
  return before === after ? word(after) : `${word(before)} → ${word(after)}`;
}

function figure(cv: number | null, limit: number | null) {
  return cv === null ? <Missing reason="无法计算" /> : cvText(cv, limit);
}

function signed(value: number): string {
  if (value === 0) return '不变';
  return `${value > 0 ? '+' : '−'}${Math.abs(value) < 0.0005 ? Math.abs(value).toPrecision(1) : Math.abs(value).toFixed(3)}`;
}

function plain(value: number | string | null): string {
  if (typeof value === 'string') return value;
  return value === null ? '缺' : formatNumber(value, Number.isInteger(value) ? 0 : 2);
}

function word(pass: boolean | null): string {
  return pass === null ? '未判定' : pass ? '达标' : '不达标';
}
