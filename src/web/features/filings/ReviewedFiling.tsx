import { useState } from 'react';
import * as filings from '#contract/filings.ts';
import { Button } from '#web/shared/kit/Button.tsx';
import { Loaded } from '#web/shared/kit/Loaded.tsx';
import { useAct, useRead } from '#web/shared/queries.ts';
import { toggled } from '#web/shared/toggled.ts';
import { useHotkeys } from '#web/shared/useHotkeys.ts';
import style from './FilingReview.module.css';
import type { FilingDetail } from './filing-drafts.ts';
import { ReturnSheet } from './ReturnSheet.tsx';
import { ReviewReading } from './ReviewReading.tsx';

/** One filing under review, with the two acts below it; neither is chosen beforehand. */
export function ReviewedFiling({
  filingId,
  apart,
  onDecided,
}: {
  filingId: string;
  /** The queue beside it does not list this one. */
  apart: boolean;
  onDecided: () => void;
}) {
  const filing = useRead(filings.read, { params: { filingId } });
  return (
    <section className={style.reading} aria-label="填报内容">
      {apart && <p className="caption">这份填报不在列出的队列中。</p>}
      <Loaded of={filing} shape="form">
        {(detail) => <Reviewed detail={detail} onDecided={onDecided} />}
      </Loaded>
    </section>
  );
}

function Reviewed({ detail, onDecided }: { detail: FilingDetail; onDecided: () => void }) {
  const [picked, setPicked] = useState<ReadonlySet<string> | null>(null);
  const accepting = !detail.can.approve && detail.can.accept;
  const approve = useAct(filings.approve, {
    done: `已批准：${detail.school.name}`,
    refresh: ['balance'],
    onDone: onDecided,
  });
  const accept = useAct(filings.accept, {
    done: `已接收：${detail.school.name}`,
    refresh: ['balance'],
    onDone: onDecided,
  });
  const body = { params: { filingId: detail.id }, body: { revision: detail.revision } };
  const mayDecide = detail.can.approve || detail.can.accept;
  const working = detail.state === 'draft' && detail.returned;
  function goOn() {
    if (!mayDecide || picked) return;
    void (accepting ? accept.act(body) : approve.act(body));
  }
  function startReturn() {
    if (detail.can.return) setPicked(new Set());
  }
  useHotkeys({ a: goOn, r: startReturn, escape: () => setPicked(null) });
  function toggle(key: string) {
    setPicked((before) => toggled(before ?? new Set(), key));
  }
  return (
    <>
      <ReviewReading detail={detail} picking={picked ? { has: (key) => picked.has(key), toggle } : undefined} />
      {picked ? (
        <ReturnSheet
          detail={detail}
          picked={picked}
          onUnpick={toggle}
          onClose={() => setPicked(null)}
          onDone={onDecided}
        />
      ) : (
        <footer className={`${style.acts} screen-only`}>
          {detail.can.return && (
            <Button hotkey="R" onClick={startReturn}>
              {working ? '增加退回项' : '退回修改'}
            </Button>
          )}
          {mayDecide && (
            <Button hotkey="A" busy={approve.busy || accept.busy} onClick={goOn}>
              {accepting ? '接收' : '批准'}
            </Button>
          )}
          {working && (
            <p className="caption">
              已退回，学校正在修改
              {detail.can.return ? '；还有数据项需要修改时，可以再退回' : ''}。
            </p>
          )}
          {!mayDecide && detail.state === 'submitted' && (
            <p className="caption">
              批准由{detail.school.managedBy === 'city' ? '市级督导干部' : '县级督导室主任'}办理
              {detail.can.return ? '；发现问题可先退回' : ''}。
            </p>
          )}
        </footer>
      )}
    </>
  );
}
