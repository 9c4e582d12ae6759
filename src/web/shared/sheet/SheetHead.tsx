import type { FrozenColumn, SheetColumn } from './cell-view.ts';
import style from './SheetGrid.module.css';
import type { SheetView } from './useSheetView.ts';

interface SheetHeadProps<Row> {
  columns: readonly SheetColumn[];
  frozen: ReadonlyArray<FrozenColumn<Row>>;
  view: SheetView;
  activeColumn: number;
}

/** The head, which stays visible: section, name and unit of each column. */
export function SheetHead<Row>({ columns, frozen, view, activeColumn }: SheetHeadProps<Row>) {
  return (
    <div role="rowgroup" className={style.head} style={{ blockSize: view.headHeight }}>
      <div role="row" aria-rowindex={1}>
        {frozen.map((column, at) => (
          <div
            key={column.key}
            role="columnheader"
            aria-colindex={at + 1}
            className={`${style.frozen} ${style.headCell}`}
            style={{
              insetInlineStart: view.frozenEdges[at],
              inlineSize: view.frozenEdges[at + 1]! - view.frozenEdges[at]!,
            }}
          >
            {column.title}
          </div>
        ))}
        {view.columns.map((at) => {
          const column = columns[at];
          if (!column) return null;
          return (
            <div
              key={column.key}
              role="columnheader"
              aria-colindex={frozen.length + at + 1}
              data-current={at === activeColumn || undefined}
              className={`${style.headCell} ${column.align === 'end' ? style.end : ''}`}
              style={{ insetInlineStart: view.edges[at], inlineSize: view.edges[at + 1]! - view.edges[at]! }}
              title={`${column.over ?? ''}${column.title}${column.unit ? `（${column.unit}）` : ''}`}
            >
              <span className={style.over}>
                {column.over}
                {column.unit && ` ${column.unit}`}
              </span>
              <span className={style.title}>{column.title}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
