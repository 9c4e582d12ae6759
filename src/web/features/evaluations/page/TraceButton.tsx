import { useState } from 'react';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import type { Evaluation } from '../evaluation-reply.ts';
import type { TracedLayer } from './layer-totals.ts';

const dialog = late(() => import('./TraceDialog.tsx'));

interface TraceButtonProps {
  evaluation: Evaluation;
  /** The layers whose totals this person sees. */
  layers: readonly TracedLayer[];
  at: TracedLayer;
}

/** Opens the trace of a total; it is made when somebody asks. */
export function TraceButton({ evaluation, layers, at }: TraceButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <span className="screen-only">
      <Button small kind="quiet" onClick={() => setOpen(true)}>
        怎么算的
      </Button>
      {isOpen && (
        <WhenHere late={dialog}>
          {({ TraceDialog }) => (
            <TraceDialog evaluation={evaluation} layers={layers} at={at} onClose={() => setOpen(false)} />
          )}
        </WhenHere>
      )}
    </span>
  );
}
