import { useRef, useState } from 'react';
import {
  accept,
  cancel,
  close,
  confirm as confirmRectified,
  reconsider,
  request,
  submit,
  undo,
  withdraw,
} from '#contract/balance-tracking/tracks.ts';
import { trackActionTitles, type UndoableTrackAction } from '#domain/balance-tracking/flow.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { takeBack, useAct } from '#web/shared/call/queries.ts';
import { type Act, ActRow } from '#web/shared/kit/action/ActRow.tsx';
import { ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { ask, confirm } from '#web/shared/kit/dialog/question.ts';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import { provisionalText, type Track } from './track-reply.ts';
import type { ReportTexts } from './useReportTexts.ts';

const dialogs = late(() => import('./TrackDialogs.tsx'));

/** The acts of this person on the track, the next one first. What leaves the house or ends the year asks a second time. */
export function TrackActs({ track, writing }: { track: Track; writing: ReportTexts }) {
  const [open, setOpen] = useState<'return' | 'list' | null>(null);
  const { can, id, ledger } = track;
  // After an own act the next one may come before the page is read anew: it rests on what the own act left.
  const reached = useRef(0);
  const onDone = (moved: { readonly revision: number }) => {
    reached.current = moved.revision;
  };
  const standing = () => ({ revision: Math.max(track.revision, reached.current) });
  const params = { trackId: id };
  const named = `${track.countyName} ${schoolYearName(track.year)}`;
  const requesting = useAct(request, { done: '已布置，县级收到通知', onDone });
  const withdrawing = useAct(withdraw, { done: '已撤回，可以修改', onDone });
  const submitting = useAct(submit, { done: '已提交，等待市级复核', onDone });
  const accepting = useAct(accept, { done: '已复核通过', onDone, undo: () => takenBack('accept', id) });
  const confirming = useAct(confirmRectified, { done: '已确认整改完成', onDone, undo: () => takenBack('confirm', id) });
  const closing = useAct(close, { done: '已办结', onDone });
  const reconsidering = useAct(reconsider, { done: '已撤回复核，可以再次复核', onDone });
  const cancelling = useAct(cancel, { done: '已取消，记录保留', onDone });

  async function send() {
    const yes = await confirm({
      title: `布置${named}自评？`,
      text: '县级督导机构将收到通知，按时限填写并提交自评报告。',
      verb: '布置自评',
    });
    if (yes) await requesting.act({ params, body: standing() });
  }
  const provisional = provisionalText(track);
  const warned = (text: string) => `${provisional ?? ''}${text}`;
  /** Asks before an act on a computation that is not final; on a final one the act goes ahead. */
  const sureOf = async (title: string, text: string, verb: string) =>
    provisional === null || (await confirm({ title, text: warned(text), verb }));
  async function passOn() {
    const title = `按暂定的测算送审${named}的自评报告？`;
    if (await sureOf(title, '测算一变，送审的报告就要撤回重新核对。', '送主任审核')) await writing.passOn();
  }
  async function acceptReport() {
    const title = `按暂定的测算通过${named}的自评报告？`;
    if (await sureOf(title, '可以等数据补齐后再复核，或者退回。', '复核通过')) {
      await accepting.act({ params, body: standing() });
    }
  }
  async function handIn() {
    const yes = await confirm({
      title: `提交${named}的自评报告？`,
      text: warned('提交后由市级复核，县级不能再改；将记下您的姓名。'),
      verb: '提交自评报告',
    });
    if (yes) await submitting.act({ params, body: standing() });
  }
  async function finish() {
    const open = ledger.raised - ledger.settled;
    if (open === 0) {
      const yes = await confirm({
        title: `办结${named}的跟踪？`,
        text: warned('办结后本年度只能查看，问题在下一年度回看。'),
        verb: '办结本年度',
      });
      if (yes) await closing.act({ params, body: standing() });
      return;
    }
    const reason = await ask({
      ...{ title: `还有 ${open} 个问题没有销号，仍要办结${named}？`, text: warned('问题留在整改台账继续督办。') },
      ...{ label: '办结原因', verb: '办结本年度', danger: true, required: true, maxLength: 500 },
    });
    if (reason !== null) await closing.act({ params, body: { ...standing(), reason } });
  }
  async function judgeAnew() {
    const reason = await ask({
      ...{ title: `撤回对${named}的复核？`, text: '自评报告回到待复核，可以再次通过或退回；县级收到通知。' },
      ...{ label: '撤回原因', verb: '撤回复核', required: true, maxLength: 500 },
    });
    if (reason !== null) await reconsidering.act({ params, body: { ...standing(), reason } });
  }
  async function askEnd() {
    const reason = await ask({
      ...{ title: `取消${named}的跟踪？`, text: '取消后可以重新启动；县级收到通知，记录保留。' },
      ...{ label: '取消原因', verb: '取消跟踪', danger: true, required: true, maxLength: 500 },
    });
    if (reason !== null) await cancelling.act({ params, body: { ...standing(), reason } });
  }

  const acts: readonly Act[] = [
    [can.request, '布置自评', () => void send(), requesting.busy],
    [can.submit, '提交自评报告', () => void handIn(), submitting.busy],
    [can.prepare, trackActionTitles.prepare, () => void passOn(), writing.busy],
    [can.accept, '复核通过', () => void acceptReport(), accepting.busy],
    [can.return, '退回', () => setOpen('return'), false],
    [can.list, '列出问题清单', () => setOpen('list'), false],
    [
      can.confirm && ledger.settled >= ledger.raised,
      '确认整改完成',
      () => void confirming.act({ params, body: standing() }),
      confirming.busy,
    ],
    [can.close, '办结本年度', () => void finish(), closing.busy, ledger.settled < ledger.raised ? 'quiet' : undefined],
    [can.reconsider, '撤回复核', () => void judgeAnew(), reconsidering.busy],
    [can.withdraw, '撤回修改', () => void withdrawing.act({ params, body: standing() }), withdrawing.busy],
    [can.cancel, '取消跟踪', () => void askEnd(), cancelling.busy, 'quiet'],
  ];
  // Issues wait in the ledger until somebody sends them out; the year does not end before.
  const unsent = can.close ? ledger.raised - ledger.noticed : 0;
  return (
    <div className="screen-only">
      <ActRow
        acts={acts}
        before={
          unsent > 0 && (
            <ButtonLink
              kind="primary"
              to="/findings"
              search={{ state: 'found', unit: track.countyId, source: 'balance-tracking', sourceId: id }}
            >
              去下发 {unsent} 个问题
            </ButtonLink>
          )
        }
      />
      {open !== null && (
        <WhenHere late={dialogs}>
          {({ TrackDialog }) => (
            <TrackDialog act={open} track={track} undo={() => takenBack('return', id)} onClose={() => setOpen(null)} />
          )}
        </WhenHere>
      )}
    </div>
  );
}

/** How the judgement is taken back for ten seconds; the county is told. */
function takenBack(action: UndoableTrackAction, trackId: string): () => void {
  const told = trackActionTitles[action];
  return () => void takeBack(undo, { params: { trackId }, body: { action } }, () => toast.say(`已撤销${told}`));
}
