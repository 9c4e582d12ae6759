import { useState } from 'react';
import { readDraft, writeCells } from '#contract/frameworks/frameworks.ts';
import { queryClient, reading, refreshAfter, useAct } from '#web/shared/call/queries.ts';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { useLeaveGuard } from '#web/shared/page/useLeaveGuard.ts';
import {
  type Cell,
  changedCells,
  chosen,
  type Edit,
  type Holder,
  isOvertaken,
  noEdit,
  portionsOf,
  typedInto,
  wholeHolder,
  withoutSaved,
} from './changed-cells.ts';
import type { Draft } from './draft-notes.ts';

/**
 * What a person has typed into a draft and not saved yet, by indicator: walking in the tree loses none of it. Cells are sent
 * with the versions that this person has seen, so that what somebody else writes meanwhile is not overwritten: such a cell
 * waits for a choice, and the others are saved.
 */
export function useDraftEdits(draft: Draft) {
  const [edits, setEdits] = useState<Readonly<Record<string, Edit>>>({});
  const [isSaving, setSaving] = useState(false);
  const writing = useAct(writeCells);
  const { versions } = draft;
  const params = { draftId: draft.id };
  const holders = [...draft.definition.indicators, wholeHolder(draft.definition)] as readonly Holder[];
  const indicators = new Map(holders.map((one) => [one.code, one]));
  const changed = [...indicators.values()].flatMap((one) => changedCells(one, edits[one.code] ?? noEdit));
  // While a saving runs its own cells may come back with the next version.
  const overtaken = isSaving ? [] : changed.filter((cell) => isOvertaken(cell, versions));
  const waiting = changed.filter((cell) => !overtaken.includes(cell));
  useLeaveGuard(
    changed.length === 0
      ? null
      : {
          title: `${changed.length} 格没有保存`,
          text: '离开后，没有保存的内容不再保留。',
          verb: '放弃并离开',
          danger: true,
        },
  );

  async function save() {
    setSaving(true);
    const done = await saveAll(portionsOf(waiting));
    if (done) toast.say('已保存');
    // A refusal names one cell; what stands there now is read, and the choice stands at it.
    else void refreshAfter(writeCells);
    setSaving(false);
  }

  async function saveAll(portions: readonly Cell[][]): Promise<boolean> {
    for (const cells of portions) {
      const reply = await writing.act({ params, body: { cells } });
      if (reply === undefined) return false;
      // The page shows at once what was saved: whoever types on begins from its version.
      queryClient.setQueryData(reading(readDraft, { params }).queryKey, reply);
      setEdits((before) => withoutSaved(before, cells));
    }
    return true;
  }

  /** Writes the method of an indicator as it stands, so that it is no guess any more. */
  async function confirmGuess(code: string) {
    const method = draft.definition.indicators.find((one) => one.code === code)?.method ?? null;
    setSaving(true);
    const cell = { code, field: 'method' as const, value: method, version: versions[`${code}.method`] ?? 0 };
    if (await saveAll([[cell]])) toast.say('已确认计分方法');
    else void refreshAfter(writeCells);
    setSaving(false);
  }

  return {
    confirmGuess: (code: string) => void confirmGuess(code),
    of: (code: string): Edit => edits[code] ?? noEdit,
    set: (code: string, next: Pick<Edit, 'typed' | 'confirmed'>) =>
      setEdits((before) => ({
        ...before,
        [code]: typedInto(indicators.get(code)!, before[code] ?? noEdit, next, versions),
      })),
    /** The cells that somebody else has written since this person began to change them. */
    overtaken,
    choose: (cell: Cell, choice: 'mine' | 'theirs') =>
      setEdits((before) => ({ ...before, [cell.code]: chosen(before[cell.code] ?? noEdit, cell, choice, versions) })),
    /** Whether anything of one indicator is typed and not saved. */
    isTyped: (code: string) => changed.some((cell) => cell.code === code),
    count: waiting.length,
    busy: isSaving,
    save: () => void save(),
  };
}
