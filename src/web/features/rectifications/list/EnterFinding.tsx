import { useNavigate } from '@tanstack/react-router';
import { enter } from '#contract/rectifications/rectifications.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useAct } from '#web/shared/call/queries.ts';
import { useForm } from '#web/shared/form/useForm.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { FindingForm, newFindingSchema } from './FindingForm.tsx';

interface EnterFindingProps {
  /** The finding of which the new one is a part. */
  parent?: { id: string; title: string; kind: string };
  onClose: () => void;
}

/** A finding is entered by hand; it waits then to be sent out. */
export function EnterFinding({ parent, onClose }: EnterFindingProps) {
  const { today } = useDeskContext();
  const navigate = useNavigate();
  const form = useForm(newFindingSchema, {
    ...{
      kind: parent?.kind,
      title: undefined,
      body: '',
      whereFound: '',
      cause: '',
      severity: undefined,
      duty: undefined,
    },
    ...{ dutyPerson: '', aboutSchoolId: undefined, foundOn: today, sourceLabel: '' },
  });
  const { act } = useAct(enter, {
    done: '已录入，等待下发',
    inline: 'form',
    onDone: ({ id }) => {
      onClose();
      if (parent === undefined) void navigate({ to: '/findings/$findingId', params: { findingId: id } });
    },
  });
  return (
    <Dialog open size="wide" title={parent ? `分列子问题：${parent.title}` : '录入问题'} onClose={onClose}>
      <FindingForm
        form={form}
        verb="录入问题"
        onSubmit={form.submit((body) => act({ body: { ...body, ...(parent ? { parentId: parent.id } : {}) } }))}
      />
    </Dialog>
  );
}
