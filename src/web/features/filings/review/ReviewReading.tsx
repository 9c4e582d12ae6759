import { Link } from '@tanstack/react-router';
import { formatValue } from '#domain/filing/values.ts';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import type { Picking } from '#web/shared/review/picking.ts';
import { formatDateTime } from '#web/shared/words/format.ts';
import type { Edition } from '../edition.ts';
import { FindingLine } from '../FindingLine.tsx';
import { stateMark } from '../filing.words.ts';
import type { FilingDetail } from '../filing-drafts.ts';
import { FormParts } from '../fill/FormParts.tsx';
import { CellComments } from '../fill/field/CellComments.tsx';
import { useFilingEditor } from '../fill/filing-editor.ts';
import { asCellFiling, partsOf } from '../fill/filing-form.ts';
import { FilingHead } from '../fill/head/FilingHead.tsx';
import { SchoolName } from '../SchoolName.tsx';
import { Checked } from './FilingQueue.tsx';
import style from './ReviewReading.module.css';

interface ReviewReadingProps {
  detail: FilingDetail;
  edition: Edition;
  picking: Picking | undefined;
}

/** The filing as its author saw it: doubts and their explanations first, then the changes, then everything. */
export function ReviewReading({ detail, edition, picking }: ReviewReadingProps) {
  const editor = useFilingEditor();
  const filing = { ...asCellFiling(detail), editable: false };
  const parts = partsOf(edition, detail.fields, filing, undefined);
  const submitted = detail.steps.filter((step) => step.action === 'submit').at(-1);
  return (
    <>
      <header className={style.head}>
        <h2>
          <SchoolName school={detail.school} />
        </h2>
        <StateMark state={stateMark(detail)} />
        {submitted && (
          <span className="caption">
            {submitted.actorName} {formatDateTime(submitted.at)} 提交
          </span>
        )}
        {detail.checked !== null && <Checked checked={detail.checked} />}
        <Link to="/filings/$filingId/history" params={{ filingId: detail.id }}>
          经过
        </Link>
      </header>
      <FilingHead detail={detail} quiet />
      <OpenComments detail={detail} />
      <Findings detail={detail} picking={picking} />
      <Changes detail={detail} />
      <FormParts
        detail={detail}
        filing={filing}
        parts={parts}
        draft={undefined}
        editor={editor}
        contents={false}
        picking={picking}
      />
    </>
  );
}

/** What was said and not dealt with, before everything else: somebody waits for an answer. */
function OpenComments({ detail }: { detail: FilingDetail }) {
  const open = detail.comments.filter(({ resolvedAt }) => resolvedAt === null);
  if (open.length === 0) return null;
  return (
    <section className={style.block} aria-label="未处理的批注">
      <h3>未处理的批注（{open.length}）</h3>
      {[...new Set(open.map(({ field }) => field))].map((field) => (
        <div key={field} className={style.said}>
          <h4>{field}</h4>
          <CellComments
            filingId={detail.id}
            field={field}
            comments={detail.comments}
            may={detail.can.comment ?? false}
          />
        </div>
      ))}
    </section>
  );
}

function Findings({ detail, picking }: { detail: FilingDetail; picking: Picking | undefined }) {
  const findings = detail.findings.filter((finding) => finding.code !== 'required');
  if (findings.length === 0) return <p className={style.block}>没有错误，也没有疑点。</p>;
  return (
    <section className={style.block} aria-label="疑点与说明">
      <h3>疑点与说明（{findings.length}）</h3>
      <ul>
        {findings.map((finding) => {
          const [field = ''] = finding.fields;
          return (
            <li key={finding.code + finding.sentence} className={style.finding}>
              {picking && (
                <input
                  type="checkbox"
                  aria-label={`退回 ${field}`}
                  checked={picking.has(field)}
                  onChange={() => picking.toggle(field)}
                />
              )}
              <div>
                <FindingLine finding={finding} />
                {finding.weight === 'soft' && (
                  <p className={style.explained}>学校说明：{finding.explanation ?? <strong>没有说明</strong>}</p>
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Changes({ detail }: { detail: FilingDetail }) {
  if (detail.changedSinceApproval === null || detail.changes.length === 0) return null;
  const fields = new Map(detail.fields.map((field) => [field.key, field]));
  return (
    <section className={style.block} aria-label="批准后的改动">
      <h3>批准后的改动（{detail.changes.length} 项）</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">数据项</th>
            <th scope="col" className="numbers">
              上次批准
            </th>
            <th scope="col" className="numbers">
              现在
            </th>
          </tr>
        </thead>
        <tbody>
          {detail.changes.map((change) => {
            const field = fields.get(change.field);
            const show = (value: typeof change.before) => (field ? formatValue(field, value) : String(value ?? '—'));
            return (
              <tr key={change.field}>
                <td>{change.field}</td>
                <td className="numbers">{show(change.before)}</td>
                <td className="numbers">
                  <strong>{show(change.after)}</strong>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
