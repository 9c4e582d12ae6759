import { reportPartTitles } from '#domain/balance-tracking/flow.ts';
import type { Track } from './track-reply.ts';

/** Why the self-report came back, and which of its parts the city wants changed. */
export function ReturnedNote({ returned }: Pick<Track, 'returned'>) {
  if (returned === null) return null;
  return (
    <div>
      <p>
        {returned.by} 退回：{returned.reason}
      </p>
      {returned.parts.length > 0 && <p>需要修改：{returned.parts.map((part) => reportPartTitles[part]).join('、')}</p>}
    </div>
  );
}
