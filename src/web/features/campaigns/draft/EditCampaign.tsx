import { campaignForm, edit, template } from '#contract/campaigns/campaigns.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import type { Campaign, Template } from '../campaign-reply.ts';
import { CampaignFields } from './CampaignFields.tsx';

interface EditProps {
  campaign: Campaign;
  onClose: () => void;
}

/** The arrangements of a draft. */
export function EditCampaign({ campaign, onClose }: EditProps) {
  // The template knows the units of the city.
  const read = useRead(template, { query: { kind: campaign.kind } });
  return (
    <Dialog open size="wide" title="修改安排" onClose={onClose}>
      <Loaded of={read} shape="form">
        {({ units }) => <Fields campaign={campaign} units={units} onClose={onClose} />}
      </Loaded>
    </Dialog>
  );
}

function Fields({ campaign, units, onClose }: EditProps & Pick<Template, 'units'>) {
  const form = useForm(campaignForm, campaign.form);
  const { act } = useAct(edit, { done: '已保存', inline: 'form', onDone: onClose });
  return (
    <Form
      verb="保存安排"
      busy={form.busy}
      problem={form.problems['']}
      onSubmit={form.submit((body) =>
        act({ params: { campaignId: campaign.id }, body: { ...body, revision: campaign.revision } }),
      )}
    >
      <CampaignFields kind={campaign.kind} form={form} units={units} />
    </Form>
  );
}
