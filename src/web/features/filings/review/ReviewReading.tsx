import { Link } from '@tanstack/react-router';
import * as filings from '#contract/filings/filings.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Attachments } from '#web/shared/files/Attachments.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import type { Picking } from '#web/shared/review/picking.ts';
import { formatDateTime } from '#web/shared/words/format.ts';
import type { Edition } from '../edition.ts';
import { FindingLine } from '../FindingLine.tsx';
import { stateMark } from '../filing.words.ts';
import { type Field, shownValue } from '../filing-cell.ts';
import type { FilingDetail } from '../filing-drafts.ts';
import { FormParts } from '../fill/FormParts.tsx';
import { CellComments } from '../fill/field/CellComments.tsx';
import { useFilingEditor } from '../fill/filing-editor.ts';
import { asCellFiling, partsOf } from '../fill/filing-form.ts';
import { FilingHead } from '../fill/head/FilingHead.tsx';
import { inFormOrder } from '../form-order.ts';
import { SchoolName } from '../SchoolName.tsx';
import { ChangeTable } from './ChangeTable.tsx';
import { Checked } from './FilingQueue.tsx';
import { oddPartsOf } from './odd-parts.ts';
import style from './ReviewReading.module.css';
import { SinceReturn } from './SinceReturn.tsx';
import { YearBars } from './YearBars.tsx';
import { yearsOf } from './years-of.ts';

interface ReviewReadingProps {
  detail: FilingDetail;
  edition: Edition;
  picking: Picking | undefined;
}

/** The filing as its author saw it: doubts and their explanations first, then the changes, then what is odd. */
export function ReviewReading({ detail, edition, picking }: ReviewReadingProps) {
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
      <SentBack detail={detail} />
      <Findings detail={detail} picking={picking} />
      <Changes detail={detail} />
      <Attachments subjectType="filing" subjectId={detail.id} title="佐证材料" />
      <OddFirst detail={detail} edition={edition} picking={picking} />
    </>
  );
}

/** The fields that differ first, each with its last years; the others folded, until fields are picked for a return. */
function OddFirst({ detail, edition, picking }: ReviewReadingProps) {
  const editor = useFilingEditor();
  const past = useRead(filings.schoolYears, { params: { schoolId: detail.school.id } }).data?.years ?? [];
  // In the first year of a city there is no last year to which a value could be near.
  const hasBefore = past.some(({ schoolYear }) => schoolYear === detail.period.schoolYear - 1);
  const filing = { ...asCellFiling(detail), editable: false };
  const { odd, rest, folded } = oddPartsOf(detail, partsOf(edition, detail.fields, filing, undefined));
  const form = {
    ...{ detail, filing, draft: undefined, editor, contents: false, picking },
    beside: (field: Field) => (
      <YearBars field={field} years={yearsOf(detail.period.schoolYear, field.key, shownValue(filing, field), past)} />
    ),
  };
  return (
    <>
      {odd.length === 0 && <p className={style.block}>没有与{hasBefore ? '去年或' : ''}同类学校相差较大的数据项。</p>}
      <FormParts {...form} parts={odd} />
      {folded > 0 && (
        <details key={String(picking !== undefined)} open={picking !== undefined} className={style.rest}>
          <summary>
            其余 {folded} 项与{hasBefore ? '去年、' : ''}同类学校相近
          </summary>
          <FormParts {...form} parts={rest} />
        </details>
      )}
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
      {inFormOrder(
        open.map(({ field }) => field),
        detail.fields,
      ).map((field) => (
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

/** What came of the last return, where one waits for its answer. */
function SentBack({ detail }: { detail: FilingDetail }) {
  const asked = detail.steps.some(({ action }) => action === 'return' || action === 'reopen');
  const input = { params: { filingId: detail.id }, query: { pageSize: 1 } };
  const { data } = useRead(filings.timeline, input, { enabled: asked });
  if (!data?.sinceReturn) return null;
  return (
    <section className={style.block} aria-label="自上次退回以来">
      <h3>自上次退回以来</h3>
      <SinceReturn since={data.sinceReturn} fields={detail.fields} />
    </section>
  );
}

function Changes({ detail }: { detail: FilingDetail }) {
  if (detail.changedSinceApproval === null || detail.changes.length === 0) return null;
  return (
    <section className={style.block} aria-label="批准后的改动">
      <h3>批准后的改动（{detail.changes.length} 项）</h3>
      <ChangeTable fields={detail.fields} changes={detail.changes} before="上次批准" />
    </section>
  );
}
