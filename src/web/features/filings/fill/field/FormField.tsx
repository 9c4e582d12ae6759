import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { formatValue, mustFill } from '#domain/filing/values.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { useNarrow } from '#web/shared/page/useNarrow.ts';
import type { Picking } from '#web/shared/review/picking.ts';
import { marks } from '#web/shared/sheet/cell-view.ts';
import { formatChange, formatNumber } from '#web/shared/words/format.ts';
import { FindingLine } from '../../FindingLine.tsx';
import {
  type CellFiling,
  type Field,
  findingsOf,
  marksOf,
  mayExplain,
  mayType,
  shownValue,
} from '../../filing-cell.ts';
import type { FilingCellDraft, FilingDetail } from '../../filing-drafts.ts';
import type { FilingEditor } from '../filing-editor.ts';
import { showBelowHelp } from '../form-focus.ts';
import { CellComments } from './CellComments.tsx';
import { CellConflict } from './CellConflict.tsx';
import { CellHistory } from './CellHistory.tsx';
import { Explanation } from './Explanation.tsx';
import { FieldInput } from './FieldInput.tsx';
import style from './FormField.module.css';

interface FormFieldProps {
  detail: FilingDetail;
  filing: CellFiling;
  field: Field;
  draft: FilingCellDraft | undefined;
  confirmed: boolean;
  editor: FilingEditor;
  picking?: Picking | undefined;
  /** What stands beside last year's value. */
  beside?: ReactNode;
}

/** There is room for the two heaviest marks, as in a cell of the grid; all are read aloud. */
const drawnMarks = 2;

/** One field: its value, last year's beside it, help while it has the focus, and its findings. */
export function FormField({ detail, filing, field, draft, confirmed, editor, picking, beside }: FormFieldProps) {
  const id = useId();
  const [within, setWithin] = useState(false);
  const narrow = useNarrow();
  const row = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (within && narrow) showBelowHelp(row.current!);
  }, [within, narrow]);
  const open = mayType(filing, field);
  const [more, setMore] = useState<Further | null>(null);
  const turn = (part: Further) => setMore(more === part ? null : part);
  // A rule between fields is shown at its first field. At another field it stands in the margin while that one has the
  // focus, because the mark there needs a reason too.
  const findings = findingsOf(filing, field, draft).filter(({ code }) => code !== 'required');
  const told = findings.filter(({ fields }) => fields[0] === field.key);
  const elsewhere = findings.filter(({ fields, weight }) => fields[0] !== field.key && weight === 'hard');
  const doubtful = told.some((finding) => finding.weight === 'soft');
  const invalid = findings.some((finding) => finding.weight === 'hard');
  const comments = filing.comments[field.key] ?? 0;
  const names = marksOf(filing, field, draft, confirmed).filter((name) => name !== 'locked');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notes whether the focus is inside
    <div
      ref={row}
      className={style.field}
      data-field={field.key}
      data-locked={!open || undefined}
      onFocus={() => setWithin(true)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setWithin(false);
      }}
      onKeyDown={(event) => {
        const row = event.currentTarget;
        const part = furtherBy(event.nativeEvent);
        if (part !== null) {
          event.preventDefault();
          // Drawn at once, so that the line for a comment can take the focus.
          flushSync(() => turn(part));
          row.querySelector<HTMLElement>('[data-below] :is(input, textarea)')?.focus();
        } else if (event.key === 'Escape' && more !== null && !(event.target as Element).matches('[data-input]')) {
          setMore(null);
          row.querySelector<HTMLElement>('[data-input]')?.focus();
        }
      }}
    >
      <FieldLabel field={field} target={open ? id : undefined} picking={picking} />
      <div className={style.value}>
        {open ? (
          <FieldInput id={id} filing={filing} field={field} draft={draft} editor={editor} invalid={invalid} />
        ) : (
          <ShownValue filing={filing} field={field} draft={draft} />
        )}
        <span className={style.marks}>
          {names.map((name, at) => (
            <span key={name} data-tone={marks[name].tone} title={marks[name].word}>
              {at < drawnMarks && <span aria-hidden="true">{marks[name].glyph}</span>}
              <span className="visually-hidden">{marks[name].word}</span>
            </span>
          ))}
        </span>
        <span className={style.unit}>{field.unit}</span>
      </div>
      <LastYear filing={filing} field={field} draft={draft} peers={detail.peers[field.key]}>
        {beside}
      </LastYear>
      <div className={`${style.margin} screen-only`}>
        {(within || more !== null || comments > 0) && (
          <div className={style.aside} data-within={within || undefined}>
            {within && (
              <div id={`${id}-help`}>
                {open && elsewhere.map((finding) => <FindingLine key={finding.sentence} finding={finding} />)}
                <p className={style.help}>
                  {field.help}
                  {open && field.type !== 'text' && `${mustFill(field)}。`}
                  {field.source && <span className={style.source}>来源：{field.source}</span>}
                </p>
              </div>
            )}
            <FurtherButtons more={more} comments={comments} typed={open} onTurn={turn} />
          </div>
        )}
      </div>
      <div className={style.below} data-below id={`${id}-note`}>
        {told.map((finding) => (
          <FindingLine key={finding.code + finding.sentence} finding={finding} />
        ))}
        {draft?.refused !== undefined && <p className={style.refused}>! {draft.refused}</p>}
        {draft && <CellConflict filingId={filing.id} field={field} draft={draft} />}
        {doubtful && mayExplain(filing, field) && <Explanation filing={filing} field={field} />}
        {doubtful && !mayExplain(filing, field) && filing.cells[field.key]?.e && (
          <p>说明：{filing.cells[field.key]?.e}</p>
        )}
        {more === 'history' && <CellHistory filingId={filing.id} field={field} />}
        {more === 'comments' && (
          <CellComments
            filingId={filing.id}
            field={field.key}
            comments={detail.comments}
            may={detail.can.comment ?? false}
          />
        )}
      </div>
    </div>
  );
}

interface FieldLabelProps {
  field: Field;
  /** The input that it names; absent where nothing can be typed. */
  target: string | undefined;
  picking: Picking | undefined;
}

/** The name of the field, with a box to tick while the filing is being returned. */
function FieldLabel({ field, target, picking }: FieldLabelProps) {
  return (
    <label className={style.label} htmlFor={target}>
      {picking && field.derived === undefined && (
        <input
          type="checkbox"
          className={style.pick}
          aria-label={`退回 ${field.key}`}
          checked={picking.has(field.key)}
          onChange={() => picking.toggle(field.key)}
        />
      )}
      {field.label}
      {field.derived !== undefined && <span className="caption"> 自动计算</span>}
    </label>
  );
}

/** What a field shows on request. */
type Further = 'history' | 'comments';

/** The part that this key opens or closes. By its place on the keyboard: on a Mac, Alt and a letter type a sign. */
function furtherBy({ altKey, ctrlKey, metaKey, code, isComposing }: KeyboardEvent): Further | null {
  if (!altKey || ctrlKey || metaKey || isComposing) return null;
  return code === 'KeyH' ? 'history' : code === 'KeyM' ? 'comments' : null;
}

interface FurtherButtonsProps {
  more: Further | null;
  comments: number;
  /** The field has an input: its keys open both, and Tab goes to the next input. */
  typed: boolean;
  onTurn: (part: Further) => void;
}

/** History and comments of the field, on request. */
function FurtherButtons({ more, comments, typed, onTurn }: FurtherButtonsProps) {
  const button = (part: Further, key: string, text: string) => (
    <Button
      small
      kind="quiet"
      {...(typed && { hotkey: `Alt ${key}`, 'aria-keyshortcuts': `Alt+${key}`, tabIndex: -1 })}
      aria-expanded={more === part}
      onClick={() => onTurn(part)}
    >
      {text}
    </Button>
  );
  return (
    <Row>
      {button('history', 'H', '历史')}
      {button('comments', 'M', `批注${comments > 0 ? ` ${comments}` : ''}`)}
    </Row>
  );
}

function ShownValue({
  filing,
  field,
  draft,
}: {
  filing: CellFiling;
  field: Field;
  draft: FilingCellDraft | undefined;
}) {
  const value = shownValue(filing, field, draft);
  return (
    <span className={field.type === 'choice' || field.type === 'text' ? style.shown : `${style.shown} numbers`}>
      {value === null ? (
        <span className={style.none} title={field.derived === undefined ? '未填报' : '所需数据未填齐'}>
          —
        </span>
      ) : (
        formatValue(field, value)
      )}
    </span>
  );
}

interface LastYearProps {
  filing: CellFiling;
  field: Field;
  draft: FilingCellDraft | undefined;
  peers: { median: number; schools: number } | undefined;
  children: ReactNode;
}

function LastYear({ filing, field, draft, peers, children }: LastYearProps) {
  const before = filing.reference[field.key] ?? null;
  const now = shownValue(filing, field, draft);
  const change =
    typeof now === 'number' && typeof before === 'number' && now !== before ? formatChange(now, before) : null;
  return (
    <div className={style.beside}>
      {before !== null && (
        <span>
          去年 {formatValue(field, before)}
          {change && ` (${change})`}
        </span>
      )}
      {peers && (
        <span title={`同类学校 ${peers.schools} 所去年的中位数`}>
          同类中位 {formatNumber(peers.median, Number.isInteger(peers.median) ? 0 : field.precision || 1)}
        </span>
      )}
      {children}
    </div>
  );
}
