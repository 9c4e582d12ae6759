import { Button } from '../kit/action/Button.tsx';
import { usePostLost } from '../session/post.ts';
import { formatNumber, formatTime } from '../words/format.ts';
import { countOf, type SubjectDraft } from './draft.ts';
import style from './SavingState.module.css';
import type { Drafts } from './useDrafts.ts';

interface SavingStateProps<Value> {
  of: Drafts<Value>;
  /** Only this subject; absent: all of them. */
  subjectId?: string;
}

/**
 * The state of saving, shown without interrupting: what is only here, what is being sent, what the server has since
 * when.
 */
export function SavingState<Value>({ of: { sender, drafts }, subjectId }: SavingStateProps<Value>) {
  const { typing, waiting, conflict, refused } = countOf(drafts.draft, subjectId);
  const local = typing + waiting;
  // In a post that was taken away every upload is refused.
  const lost = usePostLost();
  const affected = subjectId === undefined ? Object.keys(drafts.draft.subjects) : [subjectId];
  const own = affected.every((id) => everyConflictIsOwn(drafts.draft.subjects[id]));
  function each(act: (id: string) => void) {
    for (const id of affected) act(id);
  }
  return (
    <div className={style.saving} role="status" aria-live="polite">
      {drafts.trouble && local > 0 ? (
        <>
          <span className={style.look}>
            ↑ {formatNumber(local)} 项已存在本机，尚未上传。
            {lost ? '请先在页面上方选择岗位。' : drafts.trouble}
          </span>
          {!lost && (
            <Button small onClick={sender.tryNow}>
              立即上传
            </Button>
          )}
        </>
      ) : local > 0 ? (
        <span>↑ 正在保存 {formatNumber(local)} 项</span>
      ) : drafts.savedAt !== null ? (
        <span className={style.holds}>✓ 已保存 {formatTime(new Date(drafts.savedAt))}</span>
      ) : (
        <span className="caption">改动自动保存</span>
      )}
      {drafts.unkept.size > 0 && <span className={style.fails}>本机空间已满，未上传的内容请勿关闭页面</span>}
      {conflict > 0 && (
        <span className={style.fails}>
          ⇄ {conflict} 项{own ? '您在另一个窗口也改了' : '与他人同时修改'}，待您选择
        </span>
      )}
      {refused > 0 && (
        <span className={style.refused}>
          <span className={style.fails}>
            ! {refused} 项未能保存：{firstRefusal(affected.map((id) => drafts.draft.subjects[id]))}
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

function firstRefusal(drafts: ReadonlyArray<SubjectDraft<unknown> | undefined>): string {
  for (const cells of drafts) {
    for (const cell of Object.values(cells ?? {})) if (cell.refused !== undefined) return cell.refused;
  }
  return '';
}

/** The person wrote the other value too, in another window. */
function everyConflictIsOwn(cells: SubjectDraft<unknown> = {}): boolean {
  return Object.values(cells).every(({ conflict }) => conflict === undefined || conflict.own === true);
}
