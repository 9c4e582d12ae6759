import type { OwnerClient } from '#platform/db/owner-client.ts';

/** What one check found. A warning needs somebody's eyes; a failure stops work or loses data. */
export interface Finding {
  readonly key: string;
  readonly title: string;
  readonly state: 'good' | 'warning' | 'failed';
  readonly sentence: string;
  /** What to do about it; absent where all is well. */
  readonly remedy?: string;
}

export type Found = Omit<Finding, 'key' | 'title'>;

/** What a feature looks for in its own tables when `dudao doctor` looks at the installation. */
export interface SoundnessCheck {
  readonly key: string;
  readonly title: string;
  readonly look: (client: OwnerClient) => Promise<Found>;
}

export const good = (sentence: string): Found => ({ state: 'good', sentence });
export const warning = (sentence: string, remedy: string): Found => ({ state: 'warning', sentence, remedy });
export const failed = (sentence: string, remedy: string): Found => ({ state: 'failed', sentence, remedy });

/** Runs a check; one that cannot be made is a failure of its own and stops no other. */
export async function check(key: string, title: string, look: () => Promise<Found> | Found): Promise<Finding> {
  try {
    return { key, title, ...(await look()) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { key, title, ...failed(`不能检查：${message.replace(/。?$/, '。')}`, '按这句话排除原因后再检查一次。') };
  }
}
