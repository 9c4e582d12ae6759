import { z } from 'zod';

/** The kind of a notice: `<feature>.<what>`. */
export const noticeKind = z.string().regex(/^[a-z-]+\.[A-Za-z]+$/);
