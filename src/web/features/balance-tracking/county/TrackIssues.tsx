import { Link } from '@tanstack/react-router';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import type { Track } from './track-reply.ts';

type Issue = Track['issues'][number];
type Earlier = NonNullable<Track['lookBack']>['issues'][number];

const shared: ReadonlyArray<Column<Issue>> = [
  {
    key: 'title',
    title: '问题',
    fact: 1,
    value: ({ title }) => title,
    cell: ({ id, title, state }) =>
      state === null ? (
        title
      ) : (
        <Link to="/findings/$findingId" params={{ findingId: id }}>
          {title}
        </Link>
      ),
  },
  {
    key: 'rule',
    title: '规则',
    width: '11rem',
    value: ({ ruleTitle }) => ruleTitle,
    cell: ({ ruleTitle }) => ruleTitle,
  },
  {
    key: 'state',
    title: '台账状态',
    fact: 2,
    width: '8rem',
    value: ({ state }) => state,
    cell: ({ state }) => state ?? <Missing reason="正在转入整改台账" />,
  },
];

const due: Column<Issue> = {
  key: 'due',
  title: '完成时限',
  fact: 3,
  width: '8rem',
  value: ({ dueOn }) => dueOn,
  cell: ({ dueOn }) => dueOn ?? <Missing reason="还没有下发" />,
};

/** The issues of this year, each with where it stands in the ledger. */
export function TrackIssues({ track: { issues } }: { track: Track }) {
  if (issues.length === 0) return null;
  return (
    <Section title="问题清单" note="整改进展从整改台账读出">
      <DataTable<Issue> caption="问题清单" columns={[...shared, due]} rows={issues} rowKey={({ id }) => id} />
    </Section>
  );
}

const shorter = (text: string) => (text.includes('.') ? Number(text).toFixed(3) : text);

const lookBackColumns: ReadonlyArray<Column<Earlier>> = [
  ...(shared as ReadonlyArray<Column<Earlier>>),
  {
    key: 'then',
    title: '当时',
    align: 'end',
    width: '6rem',
    value: ({ figure }) => (figure === null ? null : Number(figure)),
    cell: ({ figure }) => (figure === null ? <Missing reason="不是数值问题" /> : shorter(figure)),
  },
  {
    key: 'now',
    title: '现在',
    align: 'end',
    width: '6rem',
    value: ({ now }) => (now === null ? null : Number(now)),
    cell: ({ now }) => (now === null ? <Missing reason="本学年没有对应的数据" /> : shorter(now)),
  },
  {
    key: 'again',
    title: '本年',
    fact: 3,
    width: '7rem',
    value: ({ again }) => (again ? '再次出现' : '没有再现'),
    cell: ({ again }) => (again ? '再次出现' : '没有再现'),
  },
];

/** Last year's issues: their state in the ledger, the figure then and now, and whether they came again. */
export function LookBack({ track: { lookBack } }: { track: Track }) {
  if (lookBack === null) return null;
  const again = lookBack.issues.filter((one) => one.again).length;
  return (
    <Section
      title="上年回看"
      note={
        lookBack.issues.length === 0
          ? `${schoolYearName(lookBack.year)}没有列出问题`
          : `${schoolYearName(lookBack.year)} ${lookBack.issues.length} 个问题，本年再次出现 ${again} 个`
      }
    >
      {lookBack.issues.length > 0 && (
        <DataTable<Earlier>
          caption="上年问题"
          columns={lookBackColumns}
          rows={lookBack.issues}
          rowKey={({ id }) => id}
        />
      )}
    </Section>
  );
}
