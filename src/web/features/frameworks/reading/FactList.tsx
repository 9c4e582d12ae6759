import type { read } from '#contract/frameworks/frameworks.ts';
import type { RouteOutput } from '#contract/route.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { factKindTitles } from '../framework.words.ts';

type Fact = RouteOutput<typeof read>['facts'][number];

/** What an edition reads: what comes by itself, and what somebody answers. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  const asked = facts.filter(({ kind }) => kind === 'asked').length;
  return (
    <Section title="所用数据" note={`${asked} 项由人填报，其余由系统取数；同一事实各评估只问一次`}>
      <DataTable<Fact>
        caption="所用数据"
        columns={columns}
        rows={facts}
        rowKey={({ name }) => name}
        empty={<Empty title="不取数据，由人判定" />}
      />
    </Section>
  );
}

const columns: ReadonlyArray<Column<Fact>> = [
  { key: 'name', title: '名称', fact: 1, cell: ({ name }) => name, value: ({ name }) => name },
  {
    key: 'kind',
    title: '来源',
    fact: 2,
    width: '12rem',
    cell: ({ kind }) => factKindTitles[kind],
    value: ({ kind }) => factKindTitles[kind],
  },
  {
    key: 'unit',
    title: '计量单位',
    fact: 3,
    width: '8rem',
    cell: ({ unit }) => unit ?? <Missing reason="没有计量单位" />,
    value: ({ unit }) => unit,
  },
];
