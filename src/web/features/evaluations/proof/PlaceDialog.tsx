import { useState } from 'react';
import { linkEvidence } from '#contract/evaluations/evaluations.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { CheckField, TextField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import type { LinkedEvidence } from '../evaluation-reply.ts';

type Region = NonNullable<LinkedEvidence['region']>;

const sides = [
  { side: 'left', label: '左边距' },
  { side: 'top', label: '上边距' },
  { side: 'width', label: '宽' },
  { side: 'height', label: '高' },
] as const;
const half: Region = { left: 0, top: 0, width: 1, height: 0.5 };

interface PlaceDialogProps {
  params: { evaluationId: string; code: string };
  piece: LinkedEvidence;
  onClose: () => void;
}

/** Where in a piece the proof of this leaf stands: whoever opens it there sees that page, with the rectangle marked. */
export function PlaceDialog({ params, piece, onClose }: PlaceDialogProps) {
  const [page, setPage] = useState(piece.page);
  const [note, setNote] = useState(piece.pageNote ?? '');
  const [region, setRegion] = useState<Region | null>(piece.region);
  const linking = useAct(linkEvidence, { done: '已写明位置', inline: true, onDone: onClose });
  const fault = placeFault(page, region);
  return (
    <Dialog
      open
      title={`“${piece.title}”的页码和位置`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button
            kind="primary"
            busy={linking.busy}
            disabled={fault !== null}
            onClick={() =>
              void linking.act({
                params,
                body: { evidenceId: piece.id, linked: true, pageNote: note.trim() || null, page, region },
              })
            }
          >
            保存
          </Button>
        </>
      }
    >
      <Stack>
        <NumberField label="第几页" required={false} help="打开材料时直接翻到这一页" value={page} onChange={setPage} />
        <TextField
          label="位置"
          required={false}
          maxLength={200}
          help="如 表 2 第 3 行；视频写时间"
          value={note}
          onChange={setNote}
        />
        <CheckField
          label="在这一页上标出区域"
          value={region !== null}
          onChange={(marks) => setRegion(marks ? (region ?? half) : null)}
        />
        {region !== null && (
          <Pair>
            {sides.map(({ side, label }) => (
              <NumberField
                key={side}
                label={label}
                unit="%"
                value={Math.round(region[side] * 1000) / 10}
                onChange={(percent) => setRegion({ ...region, [side]: (percent ?? 0) / 100 })}
              />
            ))}
          </Pair>
        )}
        {fault !== null && <Band tone="look">{fault}</Band>}
        {linking.problem && (
          <Band tone="fails" alert>
            {linking.problem.message}
          </Band>
        )}
      </Stack>
    </Dialog>
  );
}

/** What is wrong with a place before it is sent, with the way out; null where nothing is. */
function placeFault(page: number | null, region: Region | null): string | null {
  if (page !== null && (!Number.isInteger(page) || page < 1)) return '页码请写从 1 起的整数。';
  if (region === null) return null;
  if (page === null) return '标出区域的，请写明是第几页。';
  const { left, top, width, height } = region;
  const isInside = left >= 0 && top >= 0 && width > 0 && height > 0 && left + width <= 1 && top + height <= 1;
  return isInside ? null : '区域应在页面以内：左边距与宽、上边距与高相加都不超过 100%，宽和高大于 0。';
}
