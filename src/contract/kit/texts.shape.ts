import { z } from 'zod';
import { mobileNumber } from '#domain/access/mobile.ts';
import { meaningfulText } from '#domain/kit/meaningful-text.ts';
import { shownLine, shownText } from '#domain/text/characters.ts';

/**
 * A typed text of some lines, such as a reason or a comment: trimmed, without signs that nobody sees and that turn what
 * stands beside them.
 * @param maximum characters
 */
export const writtenText = (maximum: number) => z.string().overwrite(shownText).trim().max(maximum);

/** The same of one line, such as the name and number of a document. */
export const writtenLine = (maximum: number) => z.string().overwrite(shownLine).trim().max(maximum);

/** Why an act is done: words that say something. */
export const writtenReason = (maximum: number) => writtenText(maximum).min(2).regex(meaningfulText, '请写明原因');

/** A mobile number, however it is typed; its eleven digits go on. */
export const mobile = z
  .string()
  .max(40)
  .transform((typed, ctx) => {
    const number = mobileNumber(typed);
    if (number !== null) return number;
    ctx.addIssue({ code: 'custom', message: '请填写 11 位手机号' });
    return z.NEVER;
  });

/** A telephone number as it is typed. */
export const phone = z
  .string()
  .trim()
  .max(20)
  .regex(/^[0-9+\-() ]*$/, '电话只含数字、空格和 + - ( )');
