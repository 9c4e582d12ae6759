import { useEffect } from 'react';
import * as filings from '#contract/filings/filings.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { ReturnSheet } from '#web/shared/review/ReturnSheet.tsx';
import { ReviewDecision } from '#web/shared/review/ReviewDecision.tsx';
import { keepReturnDraft } from '#web/shared/review/return-draft.ts';
import { useSession } from '#web/shared/session/session.tsx';
import { type Edition, useEdition } from '../edition.ts';
import { returnReasons } from '../filing.words.ts';
import type { FilingDetail } from '../filing-drafts.ts';
import { type FilingUndo, undoOf } from '../undo.ts';
import { isDecided } from './decided.ts';
import { ReviewReading } from './ReviewReading.tsx';

interface ReviewedFilingProps {
  filingId: string;
  /** The queue beside it does not list this filing. */
  apart: boolean;
  onDecided: () => void;
  /** So many decisions were taken back. */
  onUndone: (count: number) => void;
}

/** One filing under review. */
export function ReviewedFiling({ filingId, apart, ...decisions }: ReviewedFilingProps) {
  const filing = useRead(filings.read, { params: { filingId } });
  const edition = useEdition(filing.data?.edition);
  return (
    <section aria-label="填报内容">
      {apart && <p className="caption">这份填报不在列出的队列中。</p>}
      <Loaded of={filing} shape="form">
        {(detail) => (
          <Loaded of={edition} shape="form">
            {(edition) => <Reviewed detail={detail} edition={edition} {...decisions} />}
          </Loaded>
        )}
      </Loaded>
    </section>
  );
}

interface ReviewedProps {
  detail: FilingDetail;
  edition: Edition;
  onDecided: () => void;
  /** So many decisions were taken back. */
  onUndone: (count: number) => void;
}

function Reviewed({ detail, edition, onDecided, onUndone }: ReviewedProps) {
  const { id, school, revision, can } = detail;
  const said = (action: FilingUndo, verb: string) => ({
    done: `已${verb}：${school.name}`,
    undo: () => undoOf(action, [id], `${verb}：${school.name}`, action === 'uncheck' ? undefined : onUndone),
  });
  const after = (action: FilingUndo, verb: string) => ({ ...said(action, verb), onDone: onDecided });
  const approve = useAct(filings.approve, after('approve', '批准'));
  const accept = useAct(filings.accept, after('accept', '接收'));
  const check = useAct(filings.check, after('check', '核过'));
  const uncheck = useAct(filings.uncheck, said('uncheck', '取消核过'));
  const keepAs = `${useSession().person.id}.${id}`;
  const back = useAct(filings.returnFiling, {
    ...said('return', '退回'),
    onDone: () => {
      keepReturnDraft(keepAs, null);
      onDecided();
    },
  });
  const decided = isDecided(detail);
  useEffect(() => {
    if (decided) keepReturnDraft(keepAs, null);
  }, [decided, keepAs]);
  const body = { params: { filingId: id }, body: { revision } };
  // If the fields of a return prove too few, the return is widened while the school works on it.
  const working = detail.state === 'draft' && detail.returned;
  const off = detail.signingObstacle !== null;
  const decide =
    can.approve || (off && detail.state === 'submitted')
      ? { verb: '批准', busy: approve.busy, off, act: () => void approve.act(body) }
      : can.accept || (off && detail.state === 'approved')
        ? { verb: '接收', busy: accept.busy, off, act: () => void accept.act(body) }
        : undefined;
  const handOver = can.check
    ? {
        ...{ verb: '核过', label: '给批准人的话（可不填）', busy: check.busy },
        act: (note: string | null) =>
          void check.act({ params: { filingId: id }, body: { revision, ...(note === null ? {} : { note }) } }),
      }
    : undefined;
  return (
    <ReviewDecision
      decide={decide}
      handOver={handOver}
      keepAs={keepAs}
      returnVerb={can.return ? (working ? '增加退回项' : '退回修改') : undefined}
      note={
        <>
          {can.uncheck && (
            <Button busy={uncheck.busy} onClick={() => void uncheck.act({ params: { filingId: id } })}>
              取消核过
            </Button>
          )}
          <Note detail={detail} working={working} decides={decide !== undefined} />
        </>
      }
      returning={(sheet) => (
        <ReturnSheet
          {...sheet}
          reasons={returnReasons}
          again={detail.state === 'draft'}
          parts={detail.fields.map(({ key }) => key)}
          partWord="数据项"
          wholeVerb="整份退回"
          busy={back.busy}
          onReturn={(reason, fields) =>
            void back.act({
              params: { filingId: id },
              body: { revision, reason, ...(fields.length > 0 ? { fields: [...fields] } : {}) },
            })
          }
        />
      )}
    >
      {(picking) => <ReviewReading detail={detail} edition={edition} picking={picking} />}
    </ReviewDecision>
  );
}

function Note({ detail, working, decides }: { detail: FilingDetail; working: boolean; decides: boolean }) {
  const { can, school, state, signingObstacle } = detail;
  if (signingObstacle !== null) return <p className="caption">{signingObstacle}</p>;
  if (working) {
    return (
      <p className="caption">
        已退回，学校正在修改
        {can.return ? '；还有数据项需要修改时，可以再退回' : ''}。
      </p>
    );
  }
  if (decides || state !== 'submitted') return null;
  return (
    <p className="caption">
      {detail.checked === null ? '' : '已核过，'}批准由{school.managedBy === 'city' ? '市级督导干部' : '县级督导室主任'}
      办理
      {can.return ? '；发现问题可先退回' : ''}。
    </p>
  );
}
