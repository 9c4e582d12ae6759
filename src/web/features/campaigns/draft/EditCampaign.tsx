import { useState } from 'react';
import { campaignForm, edit, template } from '#contract/campaigns/campaigns.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import type { Campaign, Template } from '../campaign-reply.ts';
import { CampaignFields } from './CampaignFields.tsx';
import { EditionField, nameOf } from './EditionField.tsx';

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
        {({ units, editions }) => <Fields campaign={campaign} units={units} editions={editions} onClose={onClose} />}
      </Loaded>
    </Dialog>
  );
}

function Fields({ campaign, units, editions, onClose }: EditProps & Pick<Template, 'units' | 'editions'>) {
  const [chosen, setChosen] = useState(nameOf(campaign.edition));
  // An older revision, or one that was withdrawn, stays to be seen until another is chosen.
  const offered = editions.some((one) => nameOf(one) === nameOf(campaign.edition))
    ? editions
    : [campaign.edition, ...editions];
  const edition = offered.find((one) => nameOf(one) === chosen) ?? campaign.edition;
  const form = useForm(campaignForm, campaign.form);
  const { act } = useAct(edit, { done: '已保存', inline: 'form', onDone: onClose });
  return (
    <Form
      verb="保存安排"
      busy={form.busy}
      problem={form.problems['']}
      onSubmit={form.submit((body) =>
        act({
          params: { campaignId: campaign.id },
          body: {
            ...{ ...body, revision: campaign.revision },
            edition: { key: edition.key, revision: edition.revision },
          },
        }),
      )}
    >
      <EditionField editions={offered} value={chosen} onChange={setChosen} />
      <CampaignFields kind={campaign.kind} form={form} units={units} />
    </Form>
  );
}
