import { Link, linkOptions } from '@tanstack/react-router';
import { authorities, drafts, editionStates, frameworkSubjects, list } from '#contract/frameworks/frameworks.ts';
import type { RouteOutput } from '#contract/route.ts';
import { authorityTitles } from '#domain/framework/edition/edition-mark.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar, FilterSearch, FilterSelect } from '#web/shared/kit/table/FilterBar.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import { editionMarks } from './desk/state-marks.ts';
import { subjectTitles } from './framework.words.ts';
import { frameworkListSearch } from './frameworks.search.ts';
import { NewFramework } from './NewFramework.tsx';

type List = RouteOutput<typeof list>;
type Row = List['rows'][number];
type Draft = RouteOutput<typeof drafts>['rows'][number];

/** 指标体系: every framework in its newest edition, and what this city is completing. */
export default function FrameworkList() {
  const [search, setSearch] = useSearchState(frameworkListSearch);
  const { find, authority, subject, state } = search;
  const query = {
    ...(find === undefined ? {} : { search: find }),
    ...(authority === undefined ? {} : { authority }),
    ...(subject === undefined ? {} : { subject }),
    ...(state === undefined ? {} : { state }),
  };
  const read = useRead(list, { query }, { keepPrevious: true });
  const counts = read.data?.counts;
  const isNarrowed = Object.keys(query).length > 0;
  return (
    <Page
      title="指标体系"
      state={
        counts &&
        `${counts.total} 个：${counts.ready} 个可用于评估，${counts.incomplete} 个待补全${counts.withdrawn > 0 ? `，${counts.withdrawn} 个已停用` : ''}`
      }
      action={
        <>
          <ButtonLink to="/frameworks/questions" search={{}}>
            评估事实
          </ButtonLink>
          <ButtonLink to="/frameworks/comparison" search={{}}>
            比较
          </ButtonLink>
          {read.data?.can.copy && (
            <>
              <ButtonLink to="/frameworks/import" search={{}}>
                导入
              </ButtonLink>
              <Button kind="primary" onClick={() => setSearch({ begin: true })}>
                新建指标体系
              </Button>
            </>
          )}
        </>
      }
    >
      <FilterBar
        onClear={
          isNarrowed
            ? () => setSearch({ find: undefined, authority: undefined, subject: undefined, state: undefined })
            : undefined
        }
        end={read.data && isNarrowed && `${read.data.rows.length} 个`}
      >
        <FilterSearch
          value={find}
          placeholder="名称、文号"
          onChange={(text) => setSearch({ find: text }, { replace: true })}
        />
        <FilterSelect
          label="文本"
          value={authority}
          options={authorities.map((value) => ({ value, label: authorityTitles[value] }))}
          onChange={(value) => setSearch({ authority: value })}
        />
        <FilterSelect
          label="评估对象"
          value={subject}
          options={frameworkSubjects.map((value) => ({ value, label: subjectTitles[value] }))}
          onChange={(value) => setSearch({ subject: value })}
        />
        <FilterSelect
          label="状态"
          value={state}
          options={editionStates.map((value) => ({ value, label: editionMarks[value].word }))}
          onChange={(value) => setSearch({ state: value })}
        />
      </FilterBar>
      <Loaded of={read} shape="table">
        {(data) => (
          <>
            <DataTable<Row>
              caption="指标体系"
              state={{ sort: search.sort }}
              onState={({ sort }) => setSearch({ sort })}
              columns={columns}
              rows={data.rows}
              rowKey={({ key }) => key}
              href={({ key }) => linkOptions({ to: '/frameworks/$key', params: { key } })}
              empty={
                <Empty title="没有符合条件的指标体系">
                  {isNarrowed ? '请清除筛选，或换一个文号、名称再查。' : '程序启动时存入随产品提供的指标体系。'}
                </Empty>
              }
            />
            {data.can.copy && <Drafts />}
            {data.can.copy && search.begin && <NewFramework onClose={() => setSearch({ begin: undefined })} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

const columns: ReadonlyArray<Column<Row>> = [
  { key: 'title', title: '指标体系', fact: 1, cell: ({ title }) => title, value: ({ title }) => title },
  {
    key: 'edition',
    title: '版本',
    width: '11rem',
    cell: ({ edition }) => edition,
    value: ({ edition }) => edition,
  },
  {
    key: 'authority',
    title: '文本',
    fact: 3,
    width: '12rem',
    cell: ({ authority, completedBy }) =>
      completedBy === null ? authorityTitles[authority] : `样本，${completedBy}补全`,
    value: ({ authority }) => authorityTitles[authority],
  },
  {
    key: 'subject',
    title: '评估对象',
    width: '9rem',
    cell: ({ subject }) => subjectTitles[subject],
    value: ({ subject }) => subjectTitles[subject],
  },
  {
    key: 'leaves',
    title: '末级指标',
    unit: '项',
    align: 'end',
    width: '6rem',
    cell: ({ leaves }) => leaves,
    value: ({ leaves }) => leaves,
  },
  {
    key: 'state',
    title: '状态',
    fact: 2,
    width: '9rem',
    cell: ({ state, open }) => (
      <StateMark state={editionMarks[state]} {...(state === 'incomplete' ? { text: `待补全 ${open} 处` } : {})} />
    ),
    value: ({ state }) => editionMarks[state].word,
  },
];

/** What this city is completing, below what is published. */
function Drafts() {
  const { data } = useRead(drafts, {});
  if (!data || data.rows.length === 0) return null;
  return (
    <Section title="正在编制" note={`${data.rows.length} 份草稿，发布后列入上表`}>
      <DataTable<Draft>
        caption="正在编制的草稿"
        columns={draftColumns}
        rows={data.rows}
        rowKey={({ id }) => id}
        href={({ id }) => linkOptions({ to: '/frameworks/drafts/$draftId', params: { draftId: id } })}
      />
    </Section>
  );
}

const draftColumns: ReadonlyArray<Column<Draft>> = [
  { key: 'title', title: '指标体系', fact: 1, cell: ({ title }) => title, value: ({ title }) => title },
  {
    key: 'open',
    title: '未见',
    unit: '处',
    fact: 2,
    align: 'end',
    width: '6rem',
    cell: ({ open }) => open,
    value: ({ open }) => open,
  },
  {
    key: 'updated',
    title: '最近填写',
    fact: 3,
    width: '17rem',
    cell: ({ updatedAt, updatedBy }) => `${updatedBy}　${formatDateTime(updatedAt)}`,
    value: ({ updatedAt }) => updatedAt,
  },
  {
    key: 'base',
    title: '来源',
    width: '9rem',
    cell: ({ basedOn }) =>
      basedOn === null ? (
        '新建或导入'
      ) : (
        <Link to="/frameworks/$key" params={{ key: basedOn.key }} search={{ revision: basedOn.revision }}>
          来源版本
        </Link>
      ),
    value: ({ basedOn }) => basedOn?.key ?? '',
  },
];
