import { useState } from 'react';
import { writeCells } from '#contract/frameworks/frameworks.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { useLeaveGuard } from '#web/shared/page/useLeaveGuard.ts';
import { changedCells, type Edit, noEdit } from './changed-cells.ts';
import type { Draft } from './draft-notes.ts';

/** How many cells one saving takes; the others wait for the next. */
const mostCells = 50;

/**
 * What a person has typed into a draft and not saved yet, by indicator: walking in the tree loses none of it. Cells are sent
 * with the versions that this person has seen, so that what somebody else writes meanwhile is refused and not overwritten.
 */
export function useDraftEdits(draft: Draft) {
  const [edits, setEdits] = useState<Readonly<Record<string, Edit>>>({});
  const [seen, setSeen] = useState(draft.versions);
  const writing = useAct(writeCells, {
    done: '已保存',
    onDone: ({ versions }) => {
      setEdits({});
      setSeen(versions);
    },
  });
  const cells = draft.definition.indicators
    .flatMap((indicator) => changedCells(indicator, edits[indicator.code] ?? noEdit, seen))
    .slice(0, mostCells);
  useLeaveGuard(
    cells.length === 0
      ? null
      : {
          title: `${cells.length} 格没有保存`,
          text: '离开后，没有保存的内容不再保留。',
          verb: '放弃并离开',
          danger: true,
        },
  );
  return {
    of: (code: string): Edit => edits[code] ?? noEdit,
    set: (code: string, edit: Edit) => setEdits((before) => ({ ...before, [code]: edit })),
    count: cells.length,
    busy: writing.busy,
    save: () => void writing.act({ params: { draftId: draft.id }, body: { cells } }),
  };
}
