import style from './DataTable.module.css';
import { Opener } from './TableGrid.tsx';
import type { Column, DataTableProps } from './table-columns.ts';

/** The table on a phone: a list of the two or three most important facts; a tap shows the rest. */
export function TableList<Row>({
  caption,
  columns,
  rows,
  rowKey,
  href,
  onOpen,
  details,
  rowTone,
}: DataTableProps<Row> & { rows: readonly Row[] }) {
  const [name, ...facts] = factsOf(columns);
  const rest = columns.filter((column) => column !== name && !facts.includes(column) && !column.paper);
  return (
    <ul className={style.list} aria-label={caption}>
      {rows.map((row) => {
        const tone = rowTone?.(row);
        return (
          <li key={rowKey(row)} className={tone ? style[tone] : undefined}>
            <div className={style.factLine}>
              <div className={style.factName}>
                {name && (
                  <Opener link={href?.(row) ?? null} onOpen={onOpen && (() => onOpen(row))} content={name.cell(row)} />
                )}
              </div>
              {facts.map((column) => {
                const isBare = column.bare || column.acts;
                return (
                  <div key={column.key} className={`${style.fact} ${isBare ? style.bare : ''}`}>
                    {!isBare && <span className={style.factTitle}>{column.title} </span>}
                    {column.cell(row)}
                    {column.unit && <span className={style.factTitle}> {column.unit}</span>}
                  </div>
                );
              })}
            </div>
            {rest.length > 0 && (
              <details className={style.rest}>
                <summary>其余 {rest.length} 项</summary>
                <dl>
                  {rest.map((column) => (
                    <div key={column.key}>
                      <dt>
                        {column.title}
                        {column.unit && `（${column.unit}）`}
                      </dt>
                      <dd>{column.cell(row)}</dd>
                    </div>
                  ))}
                </dl>
              </details>
            )}
            {details?.(row)}
          </li>
        );
      })}
    </ul>
  );
}

function factsOf<Row>(columns: ReadonlyArray<Column<Row>>): Array<Column<Row>> {
  const marked = columns.filter((column) => column.fact).sort((a, b) => (a.fact ?? 0) - (b.fact ?? 0));
  return marked.length > 0 ? marked : columns.slice(0, 3);
}
