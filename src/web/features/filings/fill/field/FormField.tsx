import { useId, useState } from 'react';
import { allowedValues, formatValue } from '#domain/filing/values.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
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
}

/** One field: its value, last year's beside it, help while it has the focus, and its findings. */
export function FormField({ detail, filing, field, draft, confirmed, editor, picking }: FormFieldProps) {
  const id = useId();
  const [within, setWithin] = useState(false);
  const open = mayType(filing, field);
  // A rule between fields is shown at its first field. It also shows at another field while that one has the focus,
  // because the mark there needs a reason too.
  const told = findingsOf(filing, field, draft).filter(
    ({ code, weight, fields }) =>
      code !== 'required' && (fields[0] === field.key || (within && open && weight === 'hard')),
  );
  const doubtful = told.some((finding) => finding.weight === 'soft');
  const invalid = told.some((finding) => finding.weight === 'hard');
  const names = marksOf(filing, field, draft, confirmed).filter((name) => name !== 'locked');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notes whether the focus is inside
    <div
      className={style.field}
      data-field={field.key}
      data-locked={!open || undefined}
      onFocus={() => setWithin(true)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setWithin(false);
      }}
    >
      <FieldLabel field={field} target={open ? id : undefined} picking={picking} />
      <div className={style.value}>
        {open ? (
          <FieldInput id={id} filing={filing} field={field} draft={draft} editor={editor} invalid={invalid} />
        ) : (
          <ShownValue filing={filing} field={field} draft={draft} />
        )}
        <span className={style.unit}>{field.unit}</span>
      </div>
      <LastYear filing={filing} field={field} draft={draft} peers={detail.peers[field.key]} />
      <div className={style.marks}>
        {names.map((name) => (
          <span key={name} data-tone={marks[name].tone} title={marks[name].word}>
            <span aria-hidden="true">{marks[name].glyph}</span>
            <span className="visually-hidden">{marks[name].word}</span>
          </span>
        ))}
      </div>
      <div className={style.below} id={`${id}-note`}>
        {within && (
          <p className={style.help}>
            {field.help}
            {open && field.type !== 'text' && `应填${allowedValues(field)}。`}
            {field.source && <span className={style.source}>来源：{field.source}</span>}
          </p>
        )}
        {told.map((finding) => (
          <FindingLine key={finding.code + finding.sentence} finding={finding} />
        ))}
        {draft?.refused !== undefined && <p className={style.refused}>! {draft.refused}</p>}
        {draft && <CellConflict filingId={filing.id} field={field} draft={draft} />}
        {doubtful && mayExplain(filing, field) && <Explanation filing={filing} field={field} />}
        {doubtful && !mayExplain(filing, field) && filing.cells[field.key]?.e && (
          <p>说明：{filing.cells[field.key]?.e}</p>
        )}
        <FieldFurther detail={detail} filing={filing} field={field} within={within} />
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

interface FieldFurtherProps extends Pick<FormFieldProps, 'detail' | 'filing' | 'field'> {
  within: boolean;
}

/** History and comments of the field, on request; the buttons stay while one of them is open or a comment waits. */
function FieldFurther({ detail, filing, field, within }: FieldFurtherProps) {
  const [more, setMore] = useState<'history' | 'comments' | null>(null);
  const comments = filing.comments[field.key] ?? 0;
  return (
    <>
      {(within || more !== null || comments > 0) && (
        <Row>
          <Button
            small
            kind="quiet"
            aria-expanded={more === 'history'}
            onClick={() => setMore(more === 'history' ? null : 'history')}
          >
            历史
          </Button>
          <Button
            small
            kind="quiet"
            aria-expanded={more === 'comments'}
            onClick={() => setMore(more === 'comments' ? null : 'comments')}
          >
            批注{comments > 0 ? ` ${comments}` : ''}
          </Button>
        </Row>
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
    </>
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
}

function LastYear({ filing, field, draft, peers }: LastYearProps) {
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
    </div>
  );
}
