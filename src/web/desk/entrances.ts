import { sessionEntrances } from '#web/features/session/session.entrances.ts';

/**
 * The pages before the sign-in, of all features. It is a list apart from `desks.ts`, because the first file that a
 * browser loads must not load the doors.
 */
export const entrances = [...sessionEntrances] as const;
