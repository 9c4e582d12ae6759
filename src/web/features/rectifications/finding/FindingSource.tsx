import { Link } from '@tanstack/react-router';
import { useCan } from '#web/shared/session/session.tsx';
import type { Finding } from './finding-reply.ts';

/** Where a finding came from; a year of tracking is opened from here by whoever may read it. */
export function FindingSource({ finding: { source, origin } }: { finding: Pick<Finding, 'source' | 'origin'> }) {
  const readsTracks = useCan('tracking.read');
  if (origin.type !== 'balance-tracking' || !readsTracks) return source;
  return (
    <Link to="/tracking/$trackId" params={{ trackId: origin.id }}>
      {source}
    </Link>
  );
}
