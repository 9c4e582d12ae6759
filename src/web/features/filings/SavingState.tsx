import { formatNumber, formatTime } from '#web/shared/format.ts';
import { Button } from '#web/shared/kit/Button.tsx';
import { countOf } from './draft.ts';
import style from './SavingState.module.css';
import { useDrafts } from './useDrafts.ts';

/** Saving, silent and visible: what is only here, what is on its way, what the server has and since when. */
export function SavingState({ filingId }: { filingId?: string }) {
  const { sender, drafts } = useDrafts();
  const { typing, waiting, conflict, refused } = countOf(drafts.draft, filingId);
  const local = typing + waiting;
  const affected = filingId === undefined ? Object.keys(drafts.draft.filings) : [filingId];
  function each(act: (id: string) => void) {
    for (const id of affected) act(id);
  }
  return (
    <div className={style.saving} role="status" aria-live="polite">
      {drafts.trouble && local > 0 ? (
        <>
          <span className={style.look}>
            ↑ {formatNumber(local)} 项已存在本机，尚未上传。{drafts.trouble}
          </span>
          <Button small onClick={sender.tryNow}>
            立即上传
          </Button>
        </>
      ) : local > 0 ? (
        <span>↑ 正在保存 {formatNumber(local)} 项</span>
      ) : drafts.savedAt !== null ? (
        <span className={style.holds}>✓ 已保存 {formatTime(new Date(drafts.savedAt))}</span>
      ) : (
        <span className="caption">改动自动保存</span>
      )}
      {!drafts.kept && <span className={style.fails}>本机空间已满，未上传的内容请勿关闭页面</span>}
      {conflict > 0 && <span className={style.fails}>⇄ {conflict} 项与他人同时修改，待您选择</span>}
      {refused > 0 && (
        <span className={style.refused}>
          <span className={style.fails}>
            ! {refused} 项未能保存：{firstRefusal(affected.map((id) => drafts.draft.filings[id]))}
          </span>
          <Button small onClick={() => each((id) => sender.release(id))}>
            再次保存
          </Button>
          <Button small kind="quiet" onClick={() => each((id) => sender.discardRefused(id))}>
            放弃这些修改
          </Button>
        </span>
      )}
    </div>
  );
}

function firstRefusal(drafts: ReadonlyArray<Readonly<Record<string, { refused?: string }>> | undefined>): string {
  for (const cells of drafts) {
    for (const cell of Object.values(cells ?? {})) if (cell.refused !== undefined) return cell.refused;
  }
  return '';
}
