import * as filings from '#contract/filings/filings.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { DecideRest, tellLeft } from '#web/shared/review/DecideRest.tsx';
import { formatNumber } from '#web/shared/words/format.ts';
import { leftSchool } from '../filing.words.ts';
import { undoOf } from '../undo.ts';
import type { QueueRow, ReviewSet } from './review-set.ts';

/** The most filings that one act accepts. */
const mostAtOnce = 500;

interface ApproveRestProps {
  rows: readonly QueueRow[];
  /** The number of filings in the queue, those not listed yet included. */
  total: number;
  filtered: boolean;
  opened: ReadonlySet<string>;
  /** The filings that were approved. */
  onDone: (ids: readonly string[]) => void;
  /** So many of these decisions were taken back. */
  onUndone: (count: number) => void;
}

/**
 * Approves the listed filings in one separate act that names them and the filings that it leaves. Those that somebody has
 * checked come first, as an act of their own.
 */
export function ApproveRest(props: ApproveRestProps) {
  const mine = props.rows.filter((row) => row.can.approve).slice(0, mostAtOnce);
  const checked = mine.filter((row) => row.checked !== null);
  const all = mine.length < 2 || checked.length === mine.length ? [] : mine;
  const which = props.total > all.length ? '列出的' : props.filtered ? '筛选出的' : '全部';
  return (
    <>
      {checked.length > 0 && mine.length > 1 && <ApproveThese {...props} chosen={checked} which="已核的" />}
      {all.length > 0 && <ApproveThese {...props} chosen={all} which={which} />}
    </>
  );
}

interface ApproveTheseProps extends Omit<ApproveRestProps, 'rows'> {
  chosen: readonly QueueRow[];
  which: string;
}

function ApproveThese({ chosen, which, total, opened, onDone, onUndone }: ApproveTheseProps) {
  const approve = useAct(filings.approveRest, {
    done: ({ done }) => `已批准 ${done} 所`,
    undo: ({ filingIds }) => undoOf('approve', filingIds, '批准', onUndone),
    onDone: ({ refused }) => {
      tellLeft('批准', '所', refused.map(leftSchool));
      onDone(without(chosen, refused));
    },
  });
  const left = total - chosen.length;
  const doubts = chosen.filter((row) => row.softFindings > 0).length;
  const unseen = chosen.filter((row) => !opened.has(row.id)).length;
  return (
    <DecideRest
      verb={`批准${which} ${formatNumber(chosen.length)} 所`}
      text={[
        `将逐一批准${which} ${formatNumber(chosen.length)} 份填报，其中 ${formatNumber(doubts)} 份有疑点（均已有说明），${formatNumber(unseen)} 份您还没有打开看过。`,
        left > 0 && `另有 ${left} 份不在其内，仍留在队列中。`,
        '批准后数据锁定并用于均衡测算；其间被改动或撤回的不批准，会列出。',
      ]
        .filter(Boolean)
        .join('')}
      busy={approve.busy}
      act={() =>
        approve.act({ body: { filings: chosen.map((row) => ({ filingId: row.id, revision: row.revision })) } })
      }
    />
  );
}

/** The ids of these filings but for those that an act refused. */
function without(rows: readonly QueueRow[], refused: ReadonlyArray<{ filingId: string }>): string[] {
  const left = new Set(refused.map(({ filingId }) => filingId));
  return rows.map(({ id }) => id).filter((id) => !left.has(id));
}

interface AcceptSetProps {
  /** The whole queue, whatever filters the screen has. */
  set: ReviewSet;
  unit: { id: number; name: string; level: string } | null;
  rows: readonly QueueRow[];
  /** The filings that were accepted, as far as they are listed. */
  onDone: (ids: readonly string[]) => void;
  /** So many of these decisions were taken back. */
  onUndone: (count: number) => void;
}

/** Accepts a unit's whole set. The number in its promise counts the whole set, not only the listed filings. */
export function AcceptSet({ set, unit, rows, onDone, onUndone }: AcceptSetProps) {
  const ofUnit = set.year !== undefined && unit?.level === 'county';
  const { data } = useRead(filings.list, { query: { ...set, pageSize: 1 } }, { enabled: ofUnit });
  const accept = useAct(filings.acceptSet, {
    done: ({ done, remaining }) =>
      `已接收 ${formatNumber(done)} 所${remaining > 0 ? `，还有 ${formatNumber(remaining)} 所未到可接收状态` : ''}`,
    undo: ({ filingIds }) => undoOf('accept', filingIds, '接收', onUndone),
    onDone: ({ refused }) => {
      tellLeft('接收', '所', refused.map(leftSchool));
      onDone(without(rows, refused));
    },
  });
  const { year } = set;
  if (!unit || year === undefined || !ofUnit || !data?.rows[0]?.can.accept) return null;
  const count = formatNumber(data.total);
  return (
    <DecideRest
      verb={`接收${unit.name} ${count} 份`}
      title={`接收${unit.name}的 ${count} 份填报`}
      text={`一次接收${unit.name}全部县级已批准的 ${count} 份填报，不论上面的筛选。接收后由市级重新开放才能修改。`}
      sureVerb={`接收 ${count} 份`}
      busy={accept.busy}
      act={() => accept.act({ body: { year, unitId: unit.id, expected: data.total } })}
    />
  );
}
