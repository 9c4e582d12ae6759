import { type ReactNode, useState } from 'react';
import type { ProblemError } from '#web/shared/call/problem.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { TextField } from '#web/shared/form/fields.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';

interface RejectDialogProps {
  title: string;
  /** On the button: `否决改动`. */
  verb: string;
  busy: boolean;
  problem: ProblemError | null | undefined;
  onReject: (reason: string) => unknown;
  onClose: () => void;
  /** What follows from it. */
  children?: ReactNode;
}

/** Says why a proposal is turned down; its proposer takes it back in the same way. */
export function RejectDialog({ title, verb, busy, problem, onReject, onClose, children }: RejectDialogProps) {
  const [reason, setReason] = useState('');
  return (
    <Dialog open title={title} onClose={onClose}>
      <Form
        verb={verb}
        busy={busy}
        problem={problem?.message}
        onSubmit={(event) => {
          event.preventDefault();
          onReject(reason);
        }}
      >
        <TextField label="理由" value={reason} maxLength={200} autoFocus onChange={setReason} />
        {children}
      </Form>
    </Dialog>
  );
}
