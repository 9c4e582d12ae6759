import { Link } from '@tanstack/react-router';
import { removeUnit, unitRegister } from '#contract/directory/unit-changes.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { formatDate, formatNumber } from '#web/shared/words/format.ts';
import { RenameUnit } from '../acts/UnitActs.tsx';
import { unitsSearch } from '../directory.search.ts';
import type { RegisteredUnit } from '../directory.words.ts';
import { CloseUnit, OpenUnit } from './UnitForms.tsx';
import { UnitTiles } from './UnitTiles.tsx';

/** 单位: the county-level units of the city with their days, and the acts on them. */
export default function Units() {
  const [search, setSearch] = useSearchState(unitsSearch);
  const read = useRead(unitRegister, {});
  const removing = useAct(removeUnit, { done: '已删除' });
  const close = () =>
    setSearch({ opening: undefined, closing: undefined, renaming: undefined, arranging: undefined }, { replace: true });
  async function askRemove(row: RegisteredUnit) {
    const sure = await confirm({
      title: `删除${row.name}`,
      text: '只用于误增的单位：删除后不留在名录里，审计中仍有记录。确实设立过的，请办理“撤销单位”。',
      verb: '删除单位',
      danger: true,
    });
    if (sure) await removing.act({ params: { unitId: row.id } });
  }
  const acts = (row: RegisteredUnit) =>
    row.closedOn === null && (
      <Row inline gap={1}>
        <Button small kind="quiet" onClick={() => setSearch({ renaming: row.id })}>
          更名<span className="visually-hidden">{row.name}</span>
        </Button>
        {row.removable ? (
          <Button small kind="quiet" busy={removing.busy} onClick={() => void askRemove(row)}>
            删除<span className="visually-hidden">{row.name}</span>
          </Button>
        ) : null}
        <Button small kind="quiet" onClick={() => setSearch({ closing: row.id })}>
          撤销单位<span className="visually-hidden">{row.name}</span>
        </Button>
      </Row>
    );
  const open = read.data?.rows.filter(({ closedOn }) => closedOn === null) ?? [];
  const closed = read.data?.rows.filter(({ closedOn }) => closedOn !== null) ?? [];
  const chosen = (id: number | undefined) => open.find((row) => row.id === id);
  const renamed = chosen(search.renaming);
  const closing = chosen(search.closing);
  return (
    <Page
      wide
      title="单位"
      above={<Link to="/directory">单位与学校</Link>}
      state={read.data && `${open.length} 个县级单位${closed.length > 0 ? `，另有 ${closed.length} 个已撤销` : ''}`}
      action={
        <Row inline>
          <Button onClick={() => setSearch({ arranging: true })}>排列示意图</Button>
          <Button kind="primary" onClick={() => setSearch({ opening: true })}>
            增设单位
          </Button>
        </Row>
      }
    >
      <Loaded of={read} shape="table">
        {() => (
          <>
            <DataTable<RegisteredUnit>
              caption="县级单位"
              rows={open}
              rowKey={(row) => String(row.id)}
              columns={[...columns, { key: 'acts', title: '办理', acts: true, cell: acts }]}
              empty={<Empty title="还没有县级单位">增设一个单位后，才能登记学校。</Empty>}
            />
            {closed.length > 0 && (
              <details>
                <summary>已撤销的单位</summary>
                <DataTable<RegisteredUnit>
                  caption="已撤销的单位"
                  rows={closed}
                  rowKey={(row) => String(row.id)}
                  columns={closedColumns}
                />
              </details>
            )}
          </>
        )}
      </Loaded>
      {search.opening && <OpenUnit onClose={close} />}
      {closing && <CloseUnit unit={closing} others={open.filter(({ id }) => id !== closing.id)} onClose={close} />}
      {renamed && <RenameUnit unit={renamed} onClose={close} />}
      {search.arranging && read.data && <UnitTiles units={open} onClose={close} />}
    </Page>
  );
}

const nameAndCode: Array<Column<RegisteredUnit>> = [
  { key: 'name', title: '单位', fact: 1, cell: (row) => row.name, value: (row) => row.name },
  { key: 'shortName', title: '简称', cell: (row) => row.shortName, value: (row) => row.shortName },
  {
    key: 'code',
    title: '单位代码',
    fact: 2,
    cell: (row) => (
      <span className="tabular">
        {row.unitCode}
        {row.gbCode === null && <span className="caption">（功能区）</span>}
      </span>
    ),
    value: (row) => row.unitCode,
  },
];

const columns: Array<Column<RegisteredUnit>> = [
  ...nameAndCode,
  {
    key: 'openedOn',
    title: '设立',
    cell: (row) => (row.openedOn === null ? '原有' : formatDate(row.openedOn)),
    value: (row) => row.openedOn,
  },
  {
    key: 'schools',
    title: '学校',
    align: 'end',
    fact: 3,
    cell: (row) => `${formatNumber(row.schools)} 所`,
    value: (row) => row.schools,
  },
  { key: 'posts', title: '岗位', align: 'end', cell: (row) => `${row.posts} 个`, value: (row) => row.posts },
];

const closedColumns: Array<Column<RegisteredUnit>> = [
  ...nameAndCode,
  { key: 'closedOn', title: '撤销', fact: 3, cell: (row) => formatDate(row.closedOn!), value: (row) => row.closedOn },
  { key: 'into', title: '并入', cell: (row) => row.closedInto ?? '—', value: (row) => row.closedInto },
];
