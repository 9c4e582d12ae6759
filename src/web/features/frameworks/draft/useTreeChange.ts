import { changeTree, readDraft, type TreeChange, undoChange } from '#contract/frameworks/frameworks.ts';
import { writtenIn } from '#domain/framework/draft/tree-change.ts';
import { queryClient, reading, refreshAfter, useAct } from '#web/shared/call/queries.ts';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import type { Draft } from './draft-notes.ts';
import { dropOf, type Move, moveOf } from './tree-moves.ts';

/**
 * Changes of the tree of a draft. Each names what this person has seen; what somebody else changed meanwhile is refused, read
 * again and left to the person.
 */
export function useTreeChange(draft: Draft, onNode: (code: string | null) => void) {
  const changing = useAct(changeTree);
  const undoing = useAct(undoChange);
  const params = { draftId: draft.id };
  const { indicators } = draft.definition;
  const placeOf = (code: string) => draft.versions[`${code}.place`] ?? 0;

  /** @param stay whether the indicator that is open stays open */
  async function change(one: TreeChange, { stay = false } = {}): Promise<boolean> {
    const reply = await changing.act({ params, body: { change: one } });
    if (reply === undefined) {
      void refreshAfter(changeTree);
      return false;
    }
    const { code, ...next } = reply;
    // The tree stands as it is now before the page goes to what was changed.
    queryClient.setQueryData(reading(readDraft, { params }).queryKey, next);
    if (!stay) onNode(code);
    return true;
  }

  /** Takes the last change back, or makes it again; what stands then is shown at once. */
  async function takeBack(again: boolean): Promise<void> {
    const what = (again ? draft.redo : draft.undo)?.act;
    const reply = await undoing.act({ params, body: { revision: draft.revision, again } });
    if (reply === undefined) {
      void refreshAfter(undoChange);
      return;
    }
    queryClient.setQueryData(reading(readDraft, { params }).queryKey, reply);
    toast.say(`${again ? '已重做' : '已撤销'}：${what ?? ''}`);
  }

  const put = (code: string, move: Move | null) =>
    move === null ? undefined : void change({ act: 'move', code, version: placeOf(code), ...move });

  return {
    busy: changing.busy || undoing.busy,
    change,
    move: (code: string, key: 'up' | 'down' | 'out' | 'in') => put(code, moveOf(indicators, code, key)),
    drop: (code: string, onto: string, where: 'before' | 'below') => put(code, dropOf(indicators, onto, where)),
    copy: (code: string) => {
      const parent = indicators.find((one) => one.code === code)?.parent ?? null;
      const siblings = indicators.filter((one) => one.parent === parent);
      const next = siblings[siblings.findIndex((one) => one.code === code) + 1];
      return void change({ act: 'copy', code, parent, before: next?.code ?? null });
    },
    rename: (code: string, to: string) => change({ act: 'rename', code, version: placeOf(code), to }),
    remove: async (code: string) => {
      const below = indicators.filter((one) => one.parent === code).length;
      const sure =
        below === 0 ||
        (await confirm({
          title: `删去指标 ${code} 和它的全部下级？`,
          text: '删去后可以用“撤销”逐次取回。',
          verb: '删去',
          danger: true,
        }));
      if (!sure) return;
      const written = writtenIn(indicators, draft.versions, code);
      if (await change({ act: 'remove', code, written })) toast.say(`已删去指标 ${code}，可以撤销`);
    },
    undo: () => void takeBack(false),
    redo: () => void takeBack(true),
  };
}
