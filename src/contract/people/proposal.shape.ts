import { z } from 'zod';
import { instant } from '../kit/kit.shape.ts';
import { writtenText } from '../kit/texts.shape.ts';

/** Who proposed what another person decides, and who decided it; null while it waits, or where the time decided. */
export const proposal = z.object({
  proposedBy: z.string(),
  proposedAt: instant,
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  reason: z.string().nullable(),
});

/** Why a proposal is turned down or taken back. */
export const rejection = z.object({ reason: writtenText(200).min(1, '请写明理由') });
