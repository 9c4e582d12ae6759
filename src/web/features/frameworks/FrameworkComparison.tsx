import { Link, linkOptions } from '@tanstack/react-router';
import { compare, list } from '#contract/frameworks/frameworks.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { changeText, ruleTitles } from '#web/shared/framework/change.words.ts';
import { ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar, FilterSelect } from '#web/shared/kit/table/FilterBar.tsx';
import { useCan } from '#web/shared/session/session.tsx';
import { editionSentence } from './framework.words.ts';
import { comparisonSearch } from './frameworks.search.ts';

type Comparison = RouteOutput<typeof compare>;
type Change = Comparison['changes'][number];

/** Two editions beside each other: what the second adds, takes away and changes. */
export default function FrameworkComparison() {
  const [search, setSearch] = useSearchState(comparisonSearch);
  const { first, firstRevision, second, secondRevision } = search;
  const mayManage = useCan('framework.manage');
  const known = useRead(list, { query: {} });
  const isChosen = first !== undefined && second !== undefined;
  const query = {
    ...{ first: first ?? '', second: second ?? '' },
    ...(firstRevision === undefined ? {} : { firstRevision }),
    ...(secondRevision === undefined ? {} : { secondRevision }),
  };
  const read = useRead(compare, { query }, { enabled: isChosen, keepPrevious: true });
  const options = (known.data?.rows ?? []).map(({ key, title, edition, completedBy }) => ({
    value: key,
    label: `${title}（${edition}${completedBy === null ? '' : `，${completedBy}补全`}）`,
  }));
  return (
    <Page
      title="比较指标体系"
      above={
        <Link to="/frameworks" search={{}}>
          指标体系
        </Link>
      }
      state={isChosen && read.data ? countsText(read.data) : '选择两个体系，或同一体系的两个版本'}
      action={
        mayManage &&
        read.data && (
          <ButtonLink
            to="/frameworks/mapping"
            search={{
              ...{ from: read.data.first.key, fromRevision: read.data.first.revision },
              ...{ to: read.data.second.key, toRevision: read.data.second.revision },
            }}
          >
            指标对应
          </ButtonLink>
        )
      }
    >
      <FilterBar>
        <FilterSelect
          label="原来的"
          value={first}
          options={options}
          onChange={(value) => setSearch({ first: value, firstRevision: undefined })}
          all="请选择"
        />
        <FilterSelect
          label="与之比较的"
          value={second}
          options={options}
          onChange={(value) => setSearch({ second: value, secondRevision: undefined })}
          all="请选择"
        />
      </FilterBar>
      {isChosen ? (
        <Loaded of={read} shape="table">
          {(data) => <Differences data={data} />}
        </Loaded>
      ) : (
        <Empty title="还没有选择要比较的体系">同一体系的两个版本，可从它的“版本”进入。</Empty>
      )}
    </Page>
  );
}

function countsText({ changes, same }: Comparison): string {
  const of = (change: Change['change']) => changes.filter((one) => one.change === change).length;
  return `增加 ${of('added')} 项，减少 ${of('removed')} 项，改变 ${of('changed')} 项，相同 ${same} 项`;
}

function Differences({ data }: { data: Comparison }) {
  return (
    <>
      {[data.first, data.second].map((edition, at) => (
        <Band key={at === 0 ? 'first' : 'second'} tone="plain" label={at === 0 ? '原来的' : '与之比较的'}>
          {editionSentence(edition)}
        </Band>
      ))}
      {data.rules.length > 0 && (
        <Section title="指标以外">
          <p>{`改变的有：${data.rules.map((key) => ruleTitles[key] ?? key).join('、')}`}</p>
        </Section>
      )}
      <DataTable<Change>
        caption="改变的指标"
        columns={columns}
        rows={data.changes}
        rowKey={({ code, change }) => `${code} ${change}`}
        href={({ code, change }) => {
          const { key, revision } = change === 'removed' ? data.first : data.second;
          return linkOptions({ to: '/frameworks/$key', params: { key }, search: { revision, node: code } });
        }}
        empty={<Empty title="指标没有不同" />}
      />
    </>
  );
}

const columns: ReadonlyArray<Column<Change>> = [
  { key: 'code', title: '编号', fact: 3, width: '6rem', cell: ({ code }) => code, value: ({ code }) => code },
  { key: 'title', title: '指标', fact: 1, cell: ({ title }) => title ?? '名称未见', value: ({ title }) => title },
  {
    key: 'change',
    title: '改变',
    fact: 2,
    width: '24rem',
    cell: (row) => changeText(row),
    value: (row) => changeText(row),
  },
];
