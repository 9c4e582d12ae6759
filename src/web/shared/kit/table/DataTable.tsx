import { useEffect, useState } from 'react';
import { useNarrow } from '../../page/useNarrow.ts';
import { Button } from '../action/Button.tsx';
import { Empty } from '../feedback/Empty.tsx';
import { ErrorPanel } from '../feedback/ErrorPanel.tsx';
import { Skeleton } from '../feedback/Skeleton.tsx';
import style from './DataTable.module.css';
import { saveRows, sortRows } from './local-rows.ts';
import { Pager, pageSizeUnlessChosen } from './Pager.tsx';
import { TableGrid } from './TableGrid.tsx';
import { TableList } from './TableList.tsx';
import type { DataTableProps, ListState } from './table-columns.ts';

export type { Column } from './table-columns.ts';

/**
 * The table of the desk: sortable, paged, operated by keyboard, its state in the address; a list of facts on a phone.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { query, columns, empty } = props;
  const narrow = useNarrow();
  const [own, setOwn] = useState<ListState>({});
  // Rows that are here are sorted here; the order is in the address where the page keeps it there.
  const local = props.rows !== undefined && columns.some(({ value }) => value);
  const onState =
    props.onState ?? (local ? (patch: ListState) => setOwn((before) => ({ ...before, ...patch })) : undefined);
  const state = props.state ?? own;
  const rows = props.rows ? sortRows(props.rows, columns, state.sort) : query?.data?.rows;
  const total = props.total ?? query?.data?.total ?? rows?.length ?? 0;

  const page = state.page ?? 1;
  const beyond = query?.data?.rows.length === 0 && !query.isPlaceholderData && page > 1;
  // Rows were removed and the page in the address no longer exists: the list returns to its last page.
  useEffect(() => {
    if (!beyond) return;
    const last = Math.max(1, Math.ceil(total / (state.pageSize ?? pageSizeUnlessChosen)));
    onState?.({ page: last > 1 && last < page ? last : undefined }, { replace: true });
  }, [beyond, page, total, state.pageSize, onState]);

  if (!rows || beyond) {
    if (query?.error) return <ErrorPanel problem={query.error} onRetry={() => void query.refetch()} />;
    return <Skeleton shape="table" />;
  }
  if (rows.length === 0) return empty ?? <Empty title="没有符合条件的记录" />;
  const Body = narrow ? TableList : TableGrid;
  const actions =
    props.actions ??
    (columns.some(({ value }) => value) && rows.length > 1 && (
      <Button kind="quiet" small onClick={() => saveRows(props.caption, rows, columns)}>
        {query && rows.length < total ? '导出本页' : '导出'}
      </Button>
    ));
  return (
    <div className={query?.isPlaceholderData ? style.stale : undefined} aria-busy={query?.isFetching || undefined}>
      {query?.error && <p className={style.warning}>以下是较早读取的内容：{query.error.message}</p>}
      <Body {...props} rows={rows} state={state} {...(onState ? { onState } : {})} />
      {(props.onState || actions) && (
        <Pager
          total={total}
          shown={rows.length}
          state={state}
          onState={query ? onState : undefined}
          actions={actions}
        />
      )}
    </div>
  );
}
