import { useState } from 'react';
import { useAct } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { CheckField, TextAreaField } from '#web/shared/form/fields.tsx';
import { toggled } from '#web/shared/kit/choice/toggled.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import type { Campaign, OpenTie } from '../campaign-reply.ts';
import { ruleTie } from './results-routes.ts';

interface TieDialogProps {
  campaign: Campaign;
  tie: OpenTie;
  onClose: () => void;
}

/** Who of the equals gets the places that are left, and why: the reason stands on 结论 of each of them. */
export function TieDialog({ campaign, tie, onClose }: TieDialogProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState('');
  const [isAsked, setAsked] = useState(false);
  const ruling = useAct(ruleTie, { done: '已作出认定，各对象的结论随之确定', inline: true, onDone: onClose });
  const count = chosen.size === tie.places ? undefined : `请选满 ${tie.places} 个，现在选了 ${chosen.size} 个`;
  const why = reason.trim().length >= 2 ? undefined : '请写明理由';
  return (
    <Dialog open title="就并列作出认定" onClose={onClose}>
      <p>
        “{tie.grade}”还有 {tie.places} 个名额，从 {tie.tied.length}{' '}
        个并列的对象中选出。认定的日期和理由写在每个对象的结论里，选上和没有选上的都看得到；反馈初步意见以后不能撤回。
      </p>
      <Form
        verb="作出认定"
        busy={ruling.busy}
        problem={ruling.problem?.message ?? (isAsked ? count : undefined)}
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          if (count !== undefined || why !== undefined) return;
          void ruling.act({
            body: {
              ...{ campaignId: campaign.id, table: tie.table, chosen: [...chosen], reason: reason.trim() },
              tied: tie.tied.map(({ evaluationId }) => evaluationId),
            },
          });
        }}
      >
        {tie.tied.map(({ evaluationId, name }) => (
          <CheckField
            key={evaluationId}
            label={name}
            value={chosen.has(evaluationId)}
            onChange={() => setChosen(toggled(chosen, evaluationId))}
          />
        ))}
        <TextAreaField
          label="理由"
          required
          value={reason}
          maxLength={500}
          onChange={setReason}
          help="写明比较了什么，不写其他对象的名称：各对象都看得到"
          error={isAsked ? why : undefined}
        />
      </Form>
    </Dialog>
  );
}
