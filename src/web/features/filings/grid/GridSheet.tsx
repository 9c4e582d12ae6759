import { Link } from '@tanstack/react-router';
import { type CSSProperties, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { schoolCodeText } from '#domain/org/school-code.ts';
import type { ReadPages } from '#web/shared/call/queries.ts';
import { SavingState } from '#web/shared/drafts/SavingState.tsx';
import { Tabs } from '#web/shared/kit/choice/Tabs.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { Further } from '#web/shared/kit/table/Further.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { type CellView, type FrozenColumn, marks, type SheetColumn } from '#web/shared/sheet/cell-view.ts';
import { clamp, type PastePlan, type Position } from '#web/shared/sheet/positions.ts';
import { SheetGrid } from '#web/shared/sheet/SheetGrid.tsx';
import { useRoomBelow } from '#web/shared/sheet/useRoomBelow.ts';
import { formatNumber } from '#web/shared/words/format.ts';
import { filingMarks } from '../desk/state-marks.ts';
import { type Edition, sectionHeading } from '../edition.ts';
import { stateMark } from '../filing.words.ts';
import { cellView, type Field } from '../filing-cell.ts';
import type { GridPage, GridRow } from '../filing-drafts.ts';
import { useFilingEditor } from '../fill/filing-editor.ts';
import { SchoolName } from '../SchoolName.tsx';
import { CellPanel } from './CellPanel.tsx';
import { CheckList } from './CheckList.tsx';
import style from './GridSheet.module.css';

interface GridSheetProps {
  grid: ReadPages<GridPage>;
  /** The number of schools, those not listed yet included. */
  total: number;
  catalogue: Edition;
  /** The same rows with the findings of all fields; loaded when the check is opened. */
  checked: ReadPages<GridPage>;
  /** The sheet holds schools of several units: a column names them. */
  severalUnits: boolean;
  /** The number of schools without the filters; undefined until it is known, and where nothing is filtered. */
  unfiltered: number | undefined;
  panel: 'cell' | 'check';
  onPanel: (panel: 'cell' | 'check') => void;
  onGroup: (group: string) => void;
}

/** The sheet of a unit's schools, and beside it the panel about the active cell. */
export function GridSheet({ grid, total, catalogue, checked, panel, onPanel, onGroup, ...of }: GridSheetProps) {
  const editor = useFilingEditor();
  const { drafts } = editor;
  const [wanted, setWanted] = useState<Position>({ row: 0, column: 0 });
  const { pages, rows, more } = grid;
  const fields = useMemo(() => columnsOf(catalogue, pages), [catalogue, pages]);
  const columns = useMemo(() => fields.map((field) => sheetColumn(field, catalogue)), [fields, catalogue]);
  const active = useClamped(wanted, rows.length, columns.length);
  // Further rows are loaded before the end of the list, so that somebody who walks down does not stop there.
  const nearEnd = active.row >= rows.length - 30 && !grid.failed ? more : null;
  useEffect(() => nearEnd?.(), [nearEnd]);

  const cell = useCellViews(fields, drafts);
  const layout = useRef<HTMLDivElement>(null);
  const room = useRoomBelow(layout);

  const jump = useJump(grid, fields, setWanted, onGroup, catalogue);
  const typed = useCallback(
    (changes: ReadonlyArray<Position & { text: string }>) =>
      changes.flatMap(({ row, column, text }) => {
        const [filing, field] = [rows[row], fields[column]];
        return filing && field ? [{ subject: filing, part: field, text }] : [];
      }),
    [rows, fields],
  );
  const onTyping = useCallback(
    ({ row, column }: Position, text: string | null) => {
      const [filing, field] = [rows[row], fields[column]];
      if (!filing || !field) return;
      if (text === null) editor.sender.abandonTyping(filing.id, field.key);
      else editor.type(filing, field, text);
    },
    [rows, fields, editor.sender, editor.type],
  );
  const onTyped = useCallback(
    (changes: ReadonlyArray<Position & { text: string }>) => void editor.write(typed(changes)),
    [editor.write, typed],
  );
  function onPasted(plan: PastePlan) {
    const act = editor.write(typed(plan.changes));
    const left = [
      plan.locked > 0 && `${plan.locked} 格不能填写，未粘贴`,
      plan.beyond > 0 && `${plan.beyond} 格超出表格，未粘贴`,
    ].filter(Boolean);
    const told = [
      `粘贴 ${formatNumber(plan.changes.length)} 格，改动 ${formatNumber(act?.length ?? 0)} 格`,
      ...left,
    ].join('；');
    if (act) toast.undo(told, () => void editor.takeBack('undo', act));
    else toast.say(told);
  }
  const row = rows[active.row];
  const field = fields[active.column];
  return (
    <>
      <p className="print-only">表格在屏幕上填写和查看；需要纸质表格，请在“数据填报”页导出 Excel 后打印。</p>
      <div ref={layout} className={`${style.layout} screen-only`} style={{ '--room': room } as CSSProperties}>
        <SheetGrid<GridRow>
          label="资源数据填报表格，一行一所学校"
          faintWord="去年"
          rows={rows}
          rowKey={(each) => each.id}
          columns={columns}
          frozen={of.severalUnits ? frozenOfSeveral : frozen}
          cell={cell}
          active={active}
          onActive={setWanted}
          onTyping={onTyping}
          onTyped={onTyped}
          onPasted={onPasted}
          onUndo={() => void editor.takeBack('undo')}
          onRedo={() => void editor.takeBack('redo')}
        />
        <aside className={style.panel} aria-label="单元格与检查">
          <Tabs
            label="旁栏内容"
            tabs={[
              { key: 'cell', label: '单元格' },
              { key: 'check', label: '检查' },
            ]}
            value={panel}
            onChange={onPanel}
          >
            {panel === 'check' ? (
              <Loaded of={checked.first}>
                {({ total }) => (
                  <CheckList rows={checked.rows} total={total} unfiltered={of.unfiltered} onJump={jump} />
                )}
              </Loaded>
            ) : (
              row && field && <CellPanel key={`${row.id} ${field.key}`} row={row} field={field} editor={editor} />
            )}
          </Tabs>
        </aside>
      </div>
      <footer className={`${style.below} screen-only`}>
        <Legend />
        <Further of={grid} total={total} />
        {rows.some((each) => each.editable) && <SavingState of={editor} />}
      </footer>
    </>
  );
}

function columnsOf(catalogue: Edition, pages: readonly GridPage[]): Field[] {
  const shown = new Set(pages.flatMap((page) => page.fields));
  const present = new Set(pages.flatMap((page) => page.rows.flatMap((row) => row.school.sections)));
  return catalogue.fields.filter(
    (field) => shown.has(field.key) && field.directory === undefined && present.has(field.section),
  );
}

function sheetColumn(field: Field, catalogue: Edition): SheetColumn {
  return {
    key: field.key,
    title: field.label,
    over: sectionHeading(catalogue, field.section),
    unit: field.unit,
    width: Math.max(5.75, Math.min(9, field.label.length * 0.9 + 1.5)),
    align: field.type === 'choice' || field.type === 'text' ? 'start' : 'end',
  };
}

const frozen: ReadonlyArray<FrozenColumn<GridRow>> = [
  {
    key: 'school',
    title: '学校',
    width: 12,
    cell: (row) => (
      <Link
        to="/filings/$filingId"
        params={{ filingId: row.id }}
        className={style.school}
        title={`${row.school.name} ${schoolCodeText(row.school.code)}`}
        tabIndex={-1}
      >
        <SchoolName school={row.school} />
      </Link>
    ),
  },
  {
    key: 'state',
    title: '状态',
    width: 6,
    cell: (row) => <StateMark state={row.released === null ? stateMark(row) : filingMarks.released} />,
  },
];

/** With the unit in which the school lies; the city reviews a 市直 school itself. */
const frozenOfSeveral: ReadonlyArray<FrozenColumn<GridRow>> = [
  {
    key: 'unit',
    title: '单位',
    width: 6,
    cell: ({ school }) => `${school.countyName}${school.managedBy === 'city' ? '·市直' : ''}`,
  },
  ...frozen,
];

/** The requested place, or the nearest that exists; the same object while the place is the same. */
function useClamped(wanted: Position, rows: number, columns: number): Position {
  const { row, column } = clamp(wanted, { rows: Math.max(1, rows), columns: Math.max(1, columns), page: 1 });
  return useMemo(
    () => (row === wanted.row && column === wanted.column ? wanted : { row, column }),
    [wanted, row, column],
  );
}

/** The views of cells, kept while the row and its draft are the same: typing into one row redraws only that row. */
function useCellViews(fields: readonly Field[], drafts: ReturnType<typeof useFilingEditor>['drafts']) {
  const kept = useRef(
    new Map<string, { row: GridRow; draft: unknown; confirmed: unknown; views: Map<string, CellView> }>(),
  );
  const byKey = useMemo(() => new Map(fields.map((field) => [field.key, field])), [fields]);
  return useCallback(
    (row: GridRow, column: SheetColumn): CellView => {
      const draft = drafts.draft.subjects[row.id];
      const confirmed = drafts.confirmed[row.id];
      let own = kept.current.get(row.id);
      if (!own || own.row !== row || own.draft !== draft || own.confirmed !== confirmed) {
        own = { row, draft, confirmed, views: new Map() };
        kept.current.set(row.id, own);
      }
      let view = own.views.get(column.key);
      if (!view) {
        view = cellView(row, byKey.get(column.key)!, draft, confirmed);
        own.views.set(column.key, view);
      }
      return view;
    },
    [byKey, drafts.draft.subjects, drafts.confirmed],
  );
}

/** Leads to a cell. A cell in another group of columns or further down must be loaded first. */
function useJump(
  { rows, more, failed }: ReadPages<GridPage>,
  fields: readonly Field[],
  go: (position: Position) => void,
  onGroup: (group: string) => void,
  catalogue: Edition,
) {
  const [target, setTarget] = useState<{ filingId: string; field: string } | null>(null);
  useEffect(() => {
    if (!target) return;
    const row = rows.findIndex((each) => each.id === target.filingId);
    const column = fields.findIndex((each) => each.key === target.field);
    if (row < 0) {
      if (!failed) more?.();
      return;
    }
    if (column >= 0) {
      go({ row, column });
      setTarget(null);
      requestAnimationFrame(() => document.querySelector<HTMLElement>('[role="grid"] [data-active]')?.focus());
      return;
    }
    const field = catalogue.fields.find((each) => each.key === target.field);
    if (field) onGroup(field.group);
  }, [target, rows, more, failed, fields, go, onGroup, catalogue]);
  return useCallback((filingId: string, field: string) => setTarget({ filingId, field }), []);
}

/** The meaning of the marks, one click away. */
function Legend() {
  return (
    <details className={style.legend}>
      <summary>图例与按键</summary>
      <ul>
        {Object.values(marks).map(({ glyph, tone, word }) => (
          <li key={word}>
            <span data-tone={tone} aria-hidden="true">
              {glyph}
            </span>{' '}
            {word}
          </li>
        ))}
        <li>灰底：不能填写或自动计算；斜纹：该校没有此项；小字：去年值</li>
      </ul>
      <p>
        方向键、Tab、Enter 移动；直接输入或 F2 开始填写，Esc 放弃；Shift 加方向键选一片，Ctrl C / Ctrl V 与 Excel、WPS
        互相复制粘贴；Delete 清空；Ctrl Z 撤销，Ctrl Y 恢复；按 Esc 后再按 Tab 离开表格。
      </p>
    </details>
  );
}
