import { Link } from '@tanstack/react-router';
import { lowerUnits } from '#contract/directory/lower-units.ts';
import { lowerKindNames } from '#domain/org/unit-kind.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { formatDate } from '#web/shared/words/format.ts';
import { lowerUnitsSearch } from '../directory.search.ts';
import type { LowerUnit } from '../directory.words.ts';
import { CloseLowerUnit, LowerUnitHistory, OpenLowerUnit, RenameLowerUnit } from './LowerUnitForms.tsx';

/** 科室与直属单位: the units below the city or county of the desk with their days, and the acts on them. */
export default function LowerUnits() {
  const { unit } = useDeskContext();
  if (unit === null) {
    return (
      <Page title="科室与直属单位" above={<Link to="/directory">单位与学校</Link>}>
        <Empty title="您的岗位没有所在单位">科室、部门和直属单位列在市级和县级单位之下。</Empty>
      </Page>
    );
  }
  return <LowerUnitsOf key={unit.id} unitId={unit.id} name={unit.name} />;
}

function LowerUnitsOf({ unitId, name }: { unitId: number; name: string }) {
  const [search, setSearch] = useSearchState(lowerUnitsSearch);
  const read = useRead(lowerUnits, { params: { unitId } });
  const close = () =>
    setSearch({ opening: undefined, history: undefined, closing: undefined, renaming: undefined }, { replace: true });
  const all = read.data?.rows ?? [];
  const open = all.filter(({ closedOn }) => closedOn === null);
  const closed = all.filter(({ closedOn }) => closedOn !== null);
  const manages = read.data?.can.manage === true;
  const opening = (
    <Button kind="primary" onClick={() => setSearch({ opening: true })}>
      设立科室或单位
    </Button>
  );
  const acts = (row: LowerUnit) => (
    <Row inline gap={1}>
      <Button small kind="quiet" onClick={() => setSearch({ history: row.id })}>
        历史<span className="visually-hidden">{row.name}</span>
      </Button>
      {manages && row.closedOn === null && (
        <>
          <Button small kind="quiet" onClick={() => setSearch({ renaming: row.id })}>
            更名<span className="visually-hidden">{row.name}</span>
          </Button>
          <Button small kind="quiet" onClick={() => setSearch({ closing: row.id })}>
            撤销<span className="visually-hidden">{row.name}</span>
          </Button>
        </>
      )}
    </Row>
  );
  const actsColumn: Column<LowerUnit> = { key: 'acts', title: '办理', acts: true, cell: acts };
  const chosen = (rows: readonly LowerUnit[], id: number | undefined) => rows.find((row) => row.id === id);
  const [renamed, closing] = [chosen(open, search.renaming), chosen(open, search.closing)];
  const looked = chosen(all, search.history);
  return (
    <Page
      wide
      title="科室与直属单位"
      above={<Link to="/directory">单位与学校</Link>}
      state={
        read.data && `${name}：在用 ${open.length} 个${closed.length > 0 ? `，另有 ${closed.length} 个已撤销` : ''}`
      }
      action={manages && opening}
    >
      <Loaded of={read} shape="table">
        {() => (
          <>
            <DataTable<LowerUnit>
              caption={`${name}的科室与直属单位`}
              rows={open}
              rowKey={(row) => row.id}
              columns={[...openColumns, actsColumn]}
              empty={
                <Empty title={`${name}还没有登记科室与直属单位`} action={manages && opening}>
                  {manages
                    ? '登记后，岗位可以写明科室，整改责任和通知可以落到科室。'
                    : '由市级督导干部，或本单位有“单位与学校”办理权的人登记。'}
                </Empty>
              }
            />
            {closed.length > 0 && (
              <details>
                <summary>已撤销的</summary>
                <DataTable<LowerUnit>
                  caption={`${name}已撤销的科室与直属单位`}
                  rows={closed}
                  rowKey={(row) => row.id}
                  columns={[...closedColumns, actsColumn]}
                />
              </details>
            )}
          </>
        )}
      </Loaded>
      {search.opening && manages && <OpenLowerUnit unitId={unitId} name={name} open={open} onClose={close} />}
      {renamed && manages && <RenameLowerUnit unit={renamed} onClose={close} />}
      {closing && manages && <CloseLowerUnit unit={closing} onClose={close} />}
      {looked && <LowerUnitHistory unit={looked} onClose={close} />}
    </Page>
  );
}

const kindOf = ({ kind }: LowerUnit) => lowerKindNames[kind];
/** The unit above, where it is not the city or county of the page. */
const aboveOf = ({ parentId, placeId, parentName }: LowerUnit) => (parentId === placeId ? null : parentName);

const nameAndKind: ReadonlyArray<Column<LowerUnit>> = [
  { key: 'name', title: '名称', fact: 1, cell: (row) => row.name, value: (row) => row.name },
  { key: 'kind', title: '类别', fact: 2, width: '9rem', cell: kindOf, value: kindOf },
  { key: 'above', title: '上级', cell: (row) => aboveOf(row) ?? row.placeName, value: (row) => row.parentName },
  {
    key: 'openedOn',
    title: '设立',
    width: '9rem',
    cell: (row) => (row.openedOn === null ? '原有' : formatDate(row.openedOn)),
    value: (row) => row.openedOn,
  },
];

const openColumns: ReadonlyArray<Column<LowerUnit>> = [
  ...nameAndKind,
  {
    key: 'posts',
    title: '岗位',
    align: 'end',
    width: '6rem',
    fact: 3,
    cell: (row) => `${row.posts} 个`,
    value: (row) => row.posts,
  },
];

const closedColumns: ReadonlyArray<Column<LowerUnit>> = [
  ...nameAndKind,
  {
    key: 'closedOn',
    title: '撤销',
    width: '9rem',
    fact: 3,
    cell: (row) => formatDate(row.closedOn!),
    value: (row) => row.closedOn,
  },
];
