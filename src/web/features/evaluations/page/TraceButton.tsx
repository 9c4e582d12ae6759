import { useState } from 'react';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import type { Evaluation } from '../evaluation-reply.ts';
import { tracedLayers } from './layer-totals.ts';

const dialog = late(() => import('./TraceDialog.tsx'));

/** Opens the trace of a total that this person sees; it is made when somebody asks. */
export function TraceButton({ evaluation }: { evaluation: Evaluation }) {
  const [isOpen, setOpen] = useState(false);
  const layers = tracedLayers(evaluation);
  const at = layers.at(-1);
  if (at === undefined) return null;
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
