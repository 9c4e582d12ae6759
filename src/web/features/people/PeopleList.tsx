import { Link, linkOptions } from '@tanstack/react-router';
import { list, places, roles } from '#contract/people/people.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar, FilterSearch, FilterSelect } from '#web/shared/kit/table/FilterBar.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { useCan } from '#web/shared/session/session.tsx';
import { formatDateTime, formatNumber } from '#web/shared/words/format.ts';
import { peopleSearch } from './people.search.ts';
import { accountState, marks, type PersonRow, placeName } from './people.words.ts';

const columns: ReadonlyArray<Column<PersonRow>> = [
  { key: 'name', title: '姓名', fact: 1, sort: true, width: '9rem', cell: (row) => row.name },
  { key: 'username', title: '用户名', sort: true, width: '9rem', cell: (row) => row.username },
  { key: 'status', title: '状态', fact: 2, width: '8rem', cell: (row) => <StateMark {...accountState(row)} /> },
  {
    key: 'role',
    title: '角色',
    fact: 3,
    sort: true,
    width: '9rem',
    cell: (row) => roleOf(row) ?? <Missing reason="还没有授予角色" />,
  },
  {
    key: 'place',
    title: '单位或学校',
    cell: (row) => (row.grant && placeName(row.grant)) ?? <Missing reason="三员和待授权人员不属于任何单位" />,
  },
  { key: 'phone', title: '电话', width: '9rem', cell: (row) => row.phone ?? <Missing reason="没有登记电话" /> },
  {
    key: 'lastSeenAt',
    title: '当前登录',
    hint: '正在登录的人最近一次使用的时间',
    sort: true,
    width: '10rem',
    cell: (row) => (row.lastSeenAt ? formatDateTime(row.lastSeenAt) : <Missing reason="现在没有登录" />),
  },
];

/** The first post, and the number of the others. */
function roleOf({ grant, posts }: PersonRow): string | undefined {
  return posts.length > 1 ? `${grant?.roleName} 等 ${posts.length} 个岗位` : grant?.roleName;
}

const newPerson = late(() => import('./person/NewPerson.tsx'));

/** The accounts of the installation: the people, their permissions, and the obstacles to their work. */
export default function PeopleList() {
  const [search, setSearch] = useSearchState(peopleSearch);
  const mayManage = useCan('people.manage');
  const { place, adding, ...rest } = search;
  const read = useRead(list, { query: { ...rest, unitId: place } }, { keepPrevious: true });
  const roleRows = useRead(roles, {}).data?.rows ?? [];
  const units = useRead(places, { query: { level: 'county' } }).data?.rows ?? [];
  const filtered = search.search || search.role || place || search.mark;
  const clear = () => setSearch({ search: undefined, role: undefined, place: undefined, mark: undefined });

  return (
    <Page
      title="人员与权限"
      state={read.data && `${filtered ? '符合条件' : '共'} ${formatNumber(read.data.total)} 个账户`}
      action={
        mayManage ? (
          <>
            <ButtonLink to="/people/import">导入名单</ButtonLink>{' '}
            <Button kind="primary" onClick={() => setSearch({ adding: true })}>
              新建账户
            </Button>
          </>
        ) : undefined
      }
    >
      <FilterBar
        onClear={filtered ? clear : undefined}
        end={
          <Row inline>
            <Link to="/people/sets">成批授权</Link>
            <Link to="/people/requests">账户申请</Link>
            <Link to="/people/roles">角色与权限</Link>
          </Row>
        }
      >
        <FilterSearch
          value={search.search}
          placeholder="姓名、用户名或拼音"
          onChange={(text) => setSearch({ search: text }, { replace: true })}
        />
        <FilterSelect label="状态" value={search.mark} options={marks} onChange={(mark) => setSearch({ mark })} />
        <FilterSelect
          label="角色"
          value={search.role}
          options={roleRows.map((role) => ({ value: role.key, label: role.name }))}
          onChange={(role) => setSearch({ role })}
        />
        <FilterSelect
          label="单位"
          value={place}
          options={units.map((unit) => ({ value: unit.unitId, label: unit.name }))}
          onChange={(unitId) => setSearch({ place: unitId })}
        />
      </FilterBar>
      <DataTable
        caption="人员账户"
        columns={columns}
        query={read}
        rowKey={(row) => row.id}
        state={search}
        onState={setSearch}
        href={(row) => linkOptions({ to: '/people/$personId', params: { personId: row.id } })}
        empty={
          filtered ? (
            <Empty title="没有符合条件的账户" action={<Button onClick={clear}>清除筛选</Button>}>
              换一个姓名、状态或单位再找。
            </Empty>
          ) : undefined
        }
      />
      {adding && mayManage && (
        <WhenHere late={newPerson}>
          {({ NewPerson }) => <NewPerson onClose={() => setSearch({ adding: undefined }, { replace: true })} />}
        </WhenHere>
      )}
    </Page>
  );
}
