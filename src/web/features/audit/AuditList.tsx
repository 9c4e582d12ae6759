import { download, list } from '#contract/audit/audit.ts';
import { actionTitle, fieldsLine, fieldTitle, objectName, objectTitle, valueText } from '#contract/kit/acts.words.ts';
import type { RouteOutput } from '#contract/route.ts';
import { signature } from '#domain/access/actor.ts';
import { momentInChina } from '#domain/kit/school-year.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Download } from '#web/shared/kit/action/Download.tsx';
import { DateRange } from '#web/shared/kit/choice/DateRange.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar, FilterSearch, FilterSelect } from '#web/shared/kit/table/FilterBar.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { useRoleNames } from '#web/shared/session/role-names.ts';
import { formatDateTime, formatNumber } from '#web/shared/words/format.ts';
import { AuditChain } from './AuditChain.tsx';
import style from './AuditList.module.css';
import { auditSearch } from './audit.search.ts';
import { subjectOptions, words } from './audit-reading.words.ts';

type Row = RouteOutput<typeof list>['rows'][number];

const columns: ReadonlyArray<Column<Row>> = [
  { key: 'at', title: '时间', fact: 3, width: '10rem', cell: (row) => formatDateTime(row.at) },
  {
    key: 'actor',
    title: '人员',
    fact: 2,
    width: '9rem',
    cell: (row) =>
      (row.actorName && signature(row.actorName, row.standInFor)) ?? <Missing reason="没有登录的人，或系统自身" />,
  },
  {
    key: 'role',
    title: '角色',
    width: '8rem',
    cell: (row) => (row.actorRole ? <RoleName role={row.actorRole} /> : <Missing reason="没有登录的人，或系统自身" />),
  },
  { key: 'action', title: '操作', fact: 1, width: '11rem', cell: (row) => actionTitle(words(), row.action) },
  { key: 'object', title: '对象', width: '14rem', cell: objectCell },
  {
    key: 'unit',
    title: '单位',
    width: '8rem',
    cell: (row) => row.unit ?? <Missing reason="不属于任何单位" />,
  },
  {
    key: 'fields',
    title: '数据项',
    cell: (row) => (row.fields.length > 0 ? fieldsLine(words(), row) : <Missing reason="这项操作不涉及数据项" />),
  },
  {
    key: 'address',
    title: '地址',
    width: '9rem',
    cell: (row) => row.address ?? <Missing reason="由系统自身进行" />,
  },
];

function RoleName({ role }: { role: string }) {
  return useRoleNames()(role);
}

/** The kind of the object with its name, where it has one. */
function objectCell(row: Row) {
  const name = objectName(row);
  const kind = objectTitle(words(), row.objectType);
  return name === null ? kind : `${kind} · ${name}`;
}

/** Who did what, when and from where; it names fields but never shows what units filed. */
export default function AuditList() {
  const [search, setSearch] = useSearchState(auditSearch);
  const { place, chain, entry, ...rest } = search;
  const query = { ...rest, unitId: place };
  const read = useRead(list, { query }, { keepPrevious: true });
  const { page: _page, pageSize: _pageSize, ...filter } = query;
  const filtered = Object.values(filter).some((part) => part !== undefined);
  const clear = () =>
    setSearch(Object.fromEntries(Object.keys(filter).map((key) => [key === 'unitId' ? 'place' : key, undefined])));

  return (
    <Page
      title="审计"
      wide
      state={read.data && `${filtered ? '符合条件' : '共'} ${formatNumber(read.data.total)} 条记录`}
      action={<Button onClick={() => setSearch({ chain: chain ? undefined : true })}>核对封存链</Button>}
    >
      {chain && (
        <div className={style.chain}>
          <AuditChain />
        </div>
      )}
      <FilterBar onClear={filtered ? clear : undefined}>
        <DateRange label="日期" from={search.from} to={search.to} onChange={setSearch} />
        <FilterSearch
          label="人员"
          value={search.actor}
          placeholder="姓名或用户名"
          onChange={(actor) => setSearch({ actor }, { replace: true })}
        />
        <FilterSelect
          label="操作"
          value={search.action}
          options={subjectOptions()}
          onChange={(action) => setSearch({ action })}
        />
        <FilterSearch
          label="数据项"
          value={search.field}
          placeholder="全名，如 图书册数"
          onChange={(field) => setSearch({ field }, { replace: true })}
        />
        <FilterSearch
          label="地址"
          value={search.address}
          placeholder="开头几位即可"
          onChange={(address) => setSearch({ address }, { replace: true })}
        />
        <FilterSearch
          label="对象"
          value={search.object}
          placeholder="学校、人员、单位或编号"
          onChange={(object) => setSearch({ object }, { replace: true })}
        />
      </FilterBar>
      <DataTable
        caption="审计记录"
        columns={columns}
        query={read}
        rowKey={(row) => row.id}
        state={search}
        onState={setSearch}
        onOpen={(row) =>
          setSearch({ entry: row.id === entry ? undefined : row.id, page: search.page }, { replace: true })
        }
        details={(row) => row.id === entry && <Details row={row} />}
        actions={
          <Download route={download} input={{ query: filter }} small>
            导出 CSV
          </Download>
        }
        empty={
          <Empty title="没有符合条件的记录" action={<Button onClick={clear}>清除筛选</Button>}>
            换一段时间或放宽条件再查。
          </Empty>
        }
      />
    </Page>
  );
}

/** All details of one act: the whole list of fields, and old and new values where they belong to no unit. */
function Details({ row }: { row: Row }) {
  const keys = [...new Set([...Object.keys(row.before ?? {}), ...Object.keys(row.after ?? {})])];
  return (
    <dl className={style.details}>
      <div>
        <dt>时间</dt>
        <dd>{momentInChina(new Date(row.at))}</dd>
      </div>
      <div>
        <dt>对象编号</dt>
        <dd>{row.objectId}</dd>
      </div>
      <div>
        <dt>记录</dt>
        <dd>
          第 {row.id} 条 · {row.action}
        </dd>
      </div>
      {row.tokenId && (
        <div>
          <dt>访问令牌</dt>
          <dd>{row.tokenId}</dd>
        </div>
      )}
      {row.fields.length > 0 && (
        <div>
          <dt>数据项</dt>
          <dd>{row.fields.map((field) => fieldTitle(words(), field)).join('、')}</dd>
        </div>
      )}
      {keys.map((key) => (
        <div key={key}>
          <dt>{fieldTitle(words(), key)}</dt>
          <dd>
            {row.before && `${valueText(words(), key, row.before[key])} → `}
            {row.after ? valueText(words(), key, row.after[key]) : '无'}
          </dd>
        </div>
      ))}
      {row.unit && (
        <div>
          <dt>前后数值</dt>
          <dd>填报的数值只在该份填报的历史中、由管辖范围内的人员查看。</dd>
        </div>
      )}
    </dl>
  );
}
