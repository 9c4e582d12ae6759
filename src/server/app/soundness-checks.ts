import type { SoundnessCheck } from '#core/access/soundness.ts';
import { letterSoundness } from '../features/official-documents/soundness/soundness.act.ts';

/** What `dudao doctor` looks at in the tables of features. A command loads no manifest, so they are named here. */
export const soundnessChecks: readonly SoundnessCheck[] = [letterSoundness];
