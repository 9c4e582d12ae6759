import type { ReactNode } from 'react';
import { Row } from '../layout/Row.tsx';
import { Button, type ButtonKind } from './Button.tsx';

/** Whether this person may do an act now, its verb, what it does, whether it is under way, and how it looks where not as usual. */
export type Act = readonly [
  may: boolean | undefined,
  verb: string,
  run: () => void,
  isBusy: boolean,
  kind?: ButtonKind | undefined,
];

/** The acts that this person may do, the first as the one that is waited for. Nothing where there is none. */
export function ActRow({ acts, before }: { acts: readonly Act[]; before?: ReactNode }) {
  const mine = acts.filter(([may]) => may);
  if (mine.length === 0) return null;
  return (
    <Row>
      {before}
      {mine.map(([, verb, run, busy, kind], at) => (
        <Button key={verb} kind={kind ?? (at === 0 ? 'primary' : 'plain')} busy={busy} onClick={run}>
          {verb}
        </Button>
      ))}
    </Row>
  );
}
