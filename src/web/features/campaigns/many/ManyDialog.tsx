import { useState } from 'react';
import type { ActOnMany } from '#domain/evaluation/flow/acts-on-many.ts';
import { addDays } from '#domain/kit/school-year.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useAct } from '#web/shared/call/queries.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { SelectField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { mayOpen, useSession } from '#web/shared/session/session.tsx';
import type { Campaign, MatrixRow } from '../campaign-reply.ts';
import { actOnMany } from '../results/results-routes.ts';
import { manyFollows, manyTitle, offeredActs } from './many.words.ts';

interface ManyDialogProps {
  campaign: Campaign;
  chosen: readonly MatrixRow[];
  onClose: () => void;
  /** The act was asked for: what was chosen is chosen no more. */
  onAsked: () => void;
}

/** Days for a statement where the timetable has none that are still to come. */
const usualDays = 10;

/** One act for the chosen subjects: says for how many, and what of it cannot be undone, before it starts. */
export function ManyDialog({ campaign, chosen, onClose, onAsked }: ManyDialogProps) {
  const { today } = useDeskContext();
  const session = useSession();
  const offered = offeredActs(chosen, (rights) => mayOpen(session, rights));
  const [wanted, setWanted] = useState<ActOnMany | null>(null);
  const one = offered.find(({ act }) => act === wanted) ?? offered[0];
  const planned = campaign.form.steps.find(({ step }) => step === 'statement')?.to;
  const [due, setDue] = useState(planned !== undefined && planned > today ? planned : addDays(today, usualDays));
  const asking = useAct(actOnMany, { inline: true, onDone: onAsked });
  const others = chosen.length - (one?.rows.length ?? 0);
  const isDated = one?.act === 'release';
  const count = one?.rows.length ?? 0;
  return (
    <Dialog
      open
      title="批量办理"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          {one && (
            <Button
              kind="primary"
              busy={asking.busy}
              disabled={isDated && due <= today}
              onClick={() =>
                void asking.act({
                  body: {
                    campaignId: campaign.id,
                    act: one.act,
                    evaluations: one.rows.map(({ evaluationId, revision }) => ({ id: evaluationId, revision })),
                    statementDue: isDated ? due : null,
                  },
                })
              }
            >
              {`${manyTitle(one.act)}（${count} 个）`}
            </Button>
          )}
        </>
      }
    >
      {one === undefined ? (
        <p role="status">
          选定的 {chosen.length}{' '}
          个对象现在没有您可以一起办理的事。通知、材料审核和实地督导用“转入下一步”；退回、答复申辩等要逐个写明内容的，到各对象的评估页上办。
        </p>
      ) : (
        <Stack>
          <SelectField
            label="办理事项"
            value={one.act}
            options={offered.map(({ act, rows }) => ({ value: act, label: `${manyTitle(act)}（${rows.length} 个）` }))}
            onChange={setWanted}
          />
          <p role="status">
            对选定的 {count}{' '}
            个对象逐个办理，和单个办理的规则、权限、签名一样；不能办的留在原处，逐个写明原因，不影响其他对象。
            {others > 0 && `其余 ${others} 个不在这一步，不办。`}
          </p>
          <Band tone="look" label="办理以后">
            {manyFollows[one.act]}
          </Band>
          {isDated && (
            <DateField
              label="申辩截止"
              value={due}
              min={today}
              onChange={setDue}
              error={due <= today ? '截止日要在今天以后' : undefined}
            />
          )}
          {asking.problem && (
            <Band tone="fails" alert>
              {asking.problem.message}
            </Band>
          )}
        </Stack>
      )}
    </Dialog>
  );
}
