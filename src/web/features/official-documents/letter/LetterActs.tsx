import {
  cancel,
  check,
  cosign,
  dropCosigner,
  issue,
  type read,
  sendBack,
  sign,
  submit,
  undo,
  withdraw,
} from '#contract/official-documents/letters.ts';
import type { RouteOutput } from '#contract/route.ts';
import type { UndoableLetterAction } from '#domain/letter/flow.ts';
import { refreshAfter, takeBack, useAct } from '#web/shared/call/queries.ts';
import { type Act, ActRow } from '#web/shared/kit/action/ActRow.tsx';
import { ask, confirm } from '#web/shared/kit/dialog/question.ts';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { inOneLine } from '../letter.words.ts';

/** The acts of this person on the letter, the next one first. */
export function LetterActs({ letter }: { letter: RouteOutput<typeof read> }) {
  const { can, id, revision, recipients } = letter;
  const stale = letter.figures.filter(({ changed }) => changed !== null);
  // With the values that the question shows: what changes between the question and the answer is asked about anew.
  const keepFigures = stale.map(({ key, changed }) => ({ key, now: changed!.now }));
  const despite = { revision, ...(stale.length === 0 ? {} : { keepFigures }) };
  const title = inOneLine(letter.title);
  const params = { letterId: id };
  const submitting = useAct(submit, { done: '已送审' });
  const checking = useAct(check, { done: '已审核通过', undo: () => takenBack('check', id, '审核') });
  const signing = useAct(sign, { done: '已签发，等待编号印发' });
  const cosigning = useAct(cosign, { done: '已会签' });
  const dropping = useAct(dropCosigner, { done: '已免去会签，可以印发' });
  const issuing = useAct(issue, { done: ({ number }) => `已印发：${number ?? ''}` });
  const returning = useAct(sendBack, { done: '已退回修改', undo: () => takenBack('return', id, '退回') });
  const withdrawing = useAct(withdraw, { done: letter.onPaper ? '已作废登记' : '已撤回，收文单位已被告知' });
  const cancelling = useAct(cancel, { done: '已作废，记录保留' });

  /** Asks for old figures by their names: data are neither sent unseen nor changed unasked. */
  async function keepsFigures(verb: string): Promise<boolean> {
    if (stale.length === 0) return true;
    const said = stale.map(
      ({ label, changed }) => `${label}：文中 ${changed!.was}，现为 ${changed!.now ?? '没有数据'}`,
    );
    return confirm({
      title: `${stale.length} 项数据在取数之后有变，仍按原值${verb}？`,
      text: `${said.join('；')}。要用新值，请取消后在“数据来源”处取新值。`,
      verb: `按原值${verb}`,
    });
  }
  async function sendIt() {
    if (await keepsFigures('送审')) await orRead(submitting.act({ params, body: despite }));
  }
  async function confirmSigning() {
    if (!(await keepsFigures('签发'))) return;
    const yes = await confirm({
      title: `签发“${title}”？`,
      text: '签发后由另一人编号印发；正文再有改动须重新审核、签发。',
      verb: '签发',
    });
    if (yes) await orRead(signing.act({ params, body: despite }));
  }
  async function confirmCosigning() {
    const yes = await confirm({
      title: `代表${letter.cosigner?.unitName ?? '本单位'}会签“${title}”？`,
      text: '会签后由发文单位签发、编号印发；正文再有改动须重新会签。',
      verb: '会签',
    });
    if (yes) await orRead(cosigning.act({ params, body: { revision } }));
  }
  async function takePartnerOut() {
    const reason = await ask({
      ...{ title: `不再等${letter.cosigner?.unitName ?? '配合单位'}会签？`, label: '免去会签的原因', verb: '免去会签' },
      ...{ text: '此后不等会签即可印发，原因记入办理过程；正文中联合办理的文字请一并修改。' },
      ...{ danger: true, required: true, maxLength: 500 },
      suggestions: ['项目改由一个单位办理', '配合单位书面表示不再会签'],
    });
    if (reason !== null) await dropping.act({ params, body: { revision, reason } });
  }
  async function confirmIssue() {
    if (!(await keepsFigures('印发'))) return;
    const yes = await confirm({
      title: `编号印发“${title}”？`,
      text: `将取得下一个发文字号，以签发之日为成文日期、今日为印发日期定稿${recipients > 0 ? `，送达 ${recipients} 个单位` : ''}。印发后不能修改，只能撤回，号数保留。`,
      verb: '编号印发',
    });
    if (yes) await orRead(issuing.act({ params, body: despite }));
  }
  async function sendItBack() {
    const reason = await ask({
      ...{ title: `退回“${title}”？`, label: '退回原因', verb: '退回修改', required: true, maxLength: 500 },
      suggestions: ['标题或主送有误', '事实、数据需核实', '格式不合要求'],
    });
    if (reason !== null) await returning.act({ params, body: { revision, reason } });
  }
  async function takeItBack() {
    if (letter.onPaper) {
      const reason = await ask({
        ...{ title: `作废“${title}”的登记？`, text: '登记簿中保留并注明作废；号数保留，不再使用。' },
        ...{ label: '作废原因', verb: '作废登记', danger: true, required: true, maxLength: 500 },
      });
      if (reason !== null) await withdrawing.act({ params, body: { revision, reason } });
      return;
    }
    const reason = await ask({
      ...{ title: `撤回“${title}”？`, text: `将告知 ${recipients} 个收文单位；号数保留，不再使用。` },
      ...{ label: '撤回原因', verb: '撤回公文', danger: true, required: true, maxLength: 500 },
    });
    if (reason !== null) await withdrawing.act({ params, body: { revision, reason } });
  }
  async function giveUp() {
    const reason = await ask({
      ...{ title: `作废“${title}”？`, text: '作废后不再办理，记录保留。' },
      ...{ label: '作废原因', verb: '作废', danger: true, required: true, maxLength: 500 },
    });
    if (reason !== null) await cancelling.act({ params, body: { revision, reason } });
  }

  const acts: readonly Act[] = [
    [can.submit, '送审', () => void sendIt(), submitting.busy],
    [can.check, '审核通过', () => void checking.act({ params, body: { revision } }), checking.busy],
    [can.sign, '签发', () => void confirmSigning(), signing.busy],
    [can.cosign, '会签', () => void confirmCosigning(), cosigning.busy],
    [can.issue, '编号印发', () => void confirmIssue(), issuing.busy],
    // It leads back: also where it is the only act that is left, it is not the one that is waited for.
    [can.return, '退回修改', () => void sendItBack(), returning.busy, 'plain'],
    [can.withdraw, letter.onPaper ? '作废登记' : '撤回', () => void takeItBack(), withdrawing.busy, 'quiet'],
    [can.dropCosigner, '免去会签', () => void takePartnerOut(), dropping.busy, 'quiet'],
    [can.cancel, '作废', () => void giveUp(), cancelling.busy, 'quiet'],
  ];
  if (!acts.some(([may]) => may)) return null;
  return (
    <div className="screen-only">
      <ActRow acts={acts} />
    </div>
  );
}

/** Reads the page anew where the act was refused: it then shows what has changed since it was read. */
async function orRead(acting: Promise<unknown>): Promise<void> {
  if ((await acting) === undefined) void refreshAfter(submit);
}

/** How the judgement is taken back for ten seconds. */
function takenBack(action: UndoableLetterAction, letterId: string, told: string): () => void {
  return () => void takeBack(undo, { params: { letterId }, body: { action } }, () => toast.say(`已撤销${told}`));
}
