import { Cron } from 'croner';
import type { Listening } from '../db/notifications.ts';
import type { JobDefinition } from './port.ts';
import { type ClaimedJob, writeTurns } from './queue.store.ts';

/** All turns of a kind have this key, so that at most one waits, however many servers insert it. */
const turnKey = 'turn';

export interface Clock {
  /** Once a turn is claimed, the next one can be inserted. */
  took(job: ClaimedJob): void;
  /** Inserts the missing turns. Sends a statement only at the start and after a turn was taken. */
  layDueTurns(connection: Listening): Promise<void>;
}

/** Jobs that run on a schedule, in the time zone of the office. The next turn waits as a row among the jobs. */
export function openClock(jobs: readonly JobDefinition[]): Clock {
  const wanted = new Map<string, Date>();
  const patterns = new Map<string, Cron>();
  for (const { name, schedule } of jobs) {
    if (schedule === undefined) continue;
    patterns.set(name, new Cron(schedule, { timezone: 'Asia/Shanghai', mode: '5-part' }));
    wanted.set(name, new Date(0));
  }
  return {
    took({ name, key, runAt }) {
      if (key === turnKey && patterns.has(name)) wanted.set(name, runAt);
    },
    async layDueTurns(connection) {
      if (wanted.size === 0) return;
      const turns = [...wanted].flatMap(([name, last]) => {
        // The database's clock may be ahead of ours: the turn that was just taken must not be inserted again.
        const at = patterns.get(name)?.nextRun(new Date(Math.max(Date.now(), last.getTime())));
        return at ? [{ name, key: turnKey, at }] : [];
      });
      await writeTurns(connection, turns);
      for (const { name } of turns) wanted.delete(name);
    },
  };
}
