import type { ReactNode } from 'react';
import type { Read } from '../queries.ts';
import { useNarrow } from '../useNarrow.ts';
import style from './DataTable.module.css';
import { Empty } from './Empty.tsx';
import { ErrorPanel } from './ErrorPanel.tsx';
import { Pager } from './Pager.tsx';
import { Skeleton } from './Skeleton.tsx';
import { TableGrid } from './TableGrid.tsx';
import { TableList } from './TableList.tsx';
import type { Column, ListState, RowLink, Selection } from './table-columns.ts';

export type { Column } from './table-columns.ts';

export interface DataTableProps<Row> {
  /** What the table is; said aloud, printed, not drawn. */
  caption: string;
  columns: ReadonlyArray<Column<Row>>;
  rowKey: (row: Row) => string | number;
  /** A list read from the server … */
  query?: Read<{ rows: Row[]; total: number }>;
  /** … or rows that are here already. */
  rows?: readonly Row[];
  /** How many there are, where `rows` are only the first of them. */
  total?: number;
  state?: ListState;
  onState?: (patch: ListState) => void;
  /** Where a row leads; its first column becomes the link. */
  href?: (row: Row) => RowLink | null;
  /** What a row opens, where that is not a page. */
  onOpen?: (row: Row) => void;
  selection?: Selection;
  /** Shown when there are no rows: why, and the next step. */
  empty?: ReactNode;
  /** Beside the count: download, print. */
  actions?: ReactNode;
  /** More about one row, below it. */
  details?: (row: Row) => ReactNode;
  /** A row that needs a look is tinted; its mark and word say why. */
  rowTone?: (row: Row) => 'look' | 'fails' | undefined;
  /** Draws only the rows in sight; for more than about 300 rows at once. */
  virtual?: boolean;
}

/** The table of the desk: sortable, paged, walked by keyboard, its state in the address; a list of facts on a phone. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { query, state = {}, onState, empty, actions } = props;
  const narrow = useNarrow();
  const rows = props.rows ?? query?.data?.rows;
  const total = props.total ?? query?.data?.total ?? rows?.length ?? 0;

  if (!rows) {
    if (query?.error) return <ErrorPanel problem={query.error} onRetry={() => void query.refetch()} />;
    return <Skeleton shape="table" />;
  }
  if (rows.length === 0 && (state.page ?? 1) === 1) return empty ?? <Empty title="没有符合条件的记录" />;
  const Body = narrow ? TableList : TableGrid;
  return (
    <div className={query?.isPlaceholderData ? style.stale : undefined} aria-busy={query?.isFetching || undefined}>
      {query?.error && <p className={style.warning}>以下是较早读取的内容：{query.error.message}</p>}
      <Body {...props} rows={rows} />
      {(onState || actions) && (
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
