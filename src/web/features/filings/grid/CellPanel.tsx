import { type ReactNode, useState } from 'react';
import * as filings from '#contract/filings/filings.ts';
import { formatValue, mustFill } from '#domain/filing/values.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { marks } from '#web/shared/sheet/cell-view.ts';
import { formatChange, formatNumber } from '#web/shared/words/format.ts';
import { FindingLine } from '../FindingLine.tsx';
import { type Field, findingsOf, mayExplain, mayType, shownValue } from '../filing-cell.ts';
import type { GridRow } from '../filing-drafts.ts';
import { CellComments } from '../fill/field/CellComments.tsx';
import { CellConflict } from '../fill/field/CellConflict.tsx';
import { CellHistory } from '../fill/field/CellHistory.tsx';
import { Explanation } from '../fill/field/Explanation.tsx';
import type { FilingEditor } from '../fill/filing-editor.ts';
import style from './CellPanel.module.css';

/** Everything about the active cell: now, last year, peers, checks, explanation, history, comments. */
export function CellPanel({ row, field, editor }: { row: GridRow; field: Field; editor: FilingEditor }) {
  if (!row.school.sections.includes(field.section)) {
    return (
      <div className={style.facts}>
        <h2>{field.key}</h2>
        <p className="caption">{row.school.name}</p>
        <p>这所学校没有此项。</p>
      </div>
    );
  }
  const draft = editor.drafts.draft.subjects[row.id]?.[field.key];
  const value = shownValue(row, field, draft);
  const before = row.reference[field.key] ?? null;
  const peers = row.peers[field.key];
  const findings = findingsOf(row, field, draft);
  const change = typeof value === 'number' && typeof before === 'number' ? formatChange(value, before) : null;
  const doubtful = findings.some((finding) => finding.weight === 'soft' && finding.fields[0] === field.key);
  const show = (each: typeof value) => (
    <>
      {formatValue(field, each)} {each !== null && <span className="caption">{field.unit}</span>}
    </>
  );
  return (
    <div className={style.facts}>
      <h2>{field.key}</h2>
      <p className="caption">{row.school.name}</p>
      <dl>
        <Fact name="现值">{show(value)}</Fact>
        <Fact name="去年">
          {before === null ? <span className="caption">没有去年值</span> : show(before)}
          {change && change !== '0.0%' && <span className="caption"> {change}</span>}
        </Fact>
        {peers && (
          <Fact name="同类学校">
            中位 {formatNumber(peers.median, Number.isInteger(peers.median) ? 0 : field.precision || 1)}
            <span className="caption">（{peers.schools} 所，去年）</span>
          </Fact>
        )}
      </dl>
      {draft?.refused !== undefined && <p className={style.refused}>! {draft.refused}</p>}
      {draft && <CellConflict filingId={row.id} field={field} draft={draft} />}
      {findings.map((finding) => (
        <FindingLine key={finding.code + finding.sentence} finding={finding} />
      ))}
      {doubtful &&
        (mayExplain(row, field) ? (
          <Explanation filing={row} field={field} />
        ) : (
          <p>说明：{row.cells[field.key]?.e ?? '还没有说明'}</p>
        ))}
      <p className={style.help}>
        {field.help}
        {field.derived === undefined && `${mustFill(field)}。`}
        {field.source && <span className="caption"> 来源：{field.source}</span>}
      </p>
      <Fold title="历史">
        <CellHistory filingId={row.id} field={field} />
      </Fold>
      <Fold
        title={`批注${(row.comments[field.key] ?? 0) > 0 ? ` ${row.comments[field.key]}` : ''}`}
        open={(row.comments[field.key] ?? 0) > 0}
      >
        <Comments filingId={row.id} field={field} />
      </Fold>
      {field.derived === undefined && !mayType(row, field) && (
        <p className="caption">
          {marks.locked.glyph}：{row.editable ? '退回的是其他数据项，这一格不能修改。' : closed[row.state]}
        </p>
      )}
    </div>
  );
}

/** Why nobody here may type into the row, and what would change that. */
const closed: Readonly<Record<GridRow['state'], string>> = {
  draft: '这份填报现在不能由您修改。',
  submitted: '已提交审核，退回后才能修改。',
  approved: '已批准，重新开放后才能修改。',
  accepted: '市级已接收，由市级重新开放后才能修改。',
};

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Loads its content only once it is opened. */
function Fold({ title, open: atFirst = false, children }: { title: string; open?: boolean; children: ReactNode }) {
  const [open, setOpen] = useState(atFirst);
  return (
    <details className={style.fold} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {open && children}
    </details>
  );
}

function Comments({ filingId, field }: { filingId: string; field: Field }) {
  const detail = useRead(filings.read, { params: { filingId } });
  return (
    <Loaded of={detail}>
      {({ comments, can }) => (
        <CellComments filingId={filingId} field={field.key} comments={comments} may={can.comment ?? false} />
      )}
    </Loaded>
  );
}
