import { useState } from 'react';
import type { z } from 'zod';
import { moveSchool } from '#contract/directory/changes.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { call } from '#web/shared/call/call.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Consequences } from './Consequences.tsx';
import { ownershipQuestion } from './consequence.words.ts';
import { DatedFields, datedNames, PlaceFields, placeNames } from './SchoolFields.tsx';
import { type ActProps, movedSentence, settled } from './school-acts.ts';

/** 变更隶属: location, managing unit, sponsor. Figures of past years stay where they were. */
export function MoveSchool({ school, onClose }: ActProps) {
  const { today } = useDeskContext();
  const { id, name, revision, countyId, managingUnitId, sponsorCode, ownership } = school;
  const [planned, setPlanned] = useState<z.output<NonNullable<typeof moveSchool.body>> | null>(null);
  const form = useForm(moveSchool.body!, {
    ...{ revision, countyId, managingUnitId, sponsorCode, ownership },
    ...{ day: today, document: '', note: '' },
  });
  if (planned !== null) {
    return (
      <Dialog open title={`变更隶属：${name}`} firm onClose={onClose}>
        <Consequences
          schoolId={id}
          ending={[]}
          questions={ownershipQuestion(school, planned.ownership, '变更后自下一个学年起')}
          verb="变更隶属"
          act={async () => {
            const { inspectorsReleased } = await call(moveSchool, { params: { schoolId: id }, body: planned });
            await settled(moveSchool, movedSentence(inspectorsReleased), onClose);
          }}
          back={() => setPlanned(null)}
        />
      </Dialog>
    );
  }
  return (
    <Dialog open title={`变更隶属：${name}`} onClose={onClose}>
      <Form
        verb="查看后果"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit(async (body) => setPlanned(body))}
      >
        <PlaceFields fields={form.fields(placeNames)} />
        <DatedFields today={today} verb="变更" fields={form.fields(datedNames)} />
      </Form>
    </Dialog>
  );
}
