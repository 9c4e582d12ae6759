import { z } from 'zod';
import { directionMark } from './direction-mark.ts';

/**
 * The parts of definitions (standards, catalogues, calendars, units). Each part has its own Chinese sentence for a
 * refused value, so that nobody sees the English messages of the library.
 */

/** Control characters but line ends and tabs. */
const control = /(?![\n\r\t])\p{Cc}/u;

/** A text with content, without signs that nobody sees and that change how its readers see it. */
export const text = z
  .string({ error: '应是不为空的文字' })
  .regex(/\S/, '应是不为空的文字')
  .refine(
    (written) => !directionMark.test(written) && !control.test(written),
    '含有看不见的控制符号或方向符号，请删去后重新填写',
  );

/** A text that may be empty. */
export const plainText = z.string({ error: '应是文字' });

/** A day that exists, `YYYY-MM-DD`. */
export const day = z.iso.date({ error: '应是 2017-04-26 这样的日期' });

export const truth = z.boolean({ error: '应是 true 或 false' });

export const number = z.number({ error: '应是数字' });

export const positive = z.number({ error: '应是大于 0 的数字' }).positive('应是大于 0 的数字');

/**
 * An integer between two bounds, both included.
 * @param error the sentence for a value that is not such an integer
 */
export const whole = (minimum: number, maximum: number, error = `应是 ${minimum} 到 ${maximum} 的整数`) =>
  z.number({ error }).int(error).min(minimum, error).max(maximum, error);

/** One of these words. */
export const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, { error: `应是 ${words.join('、')} 之一` });

/** A list of such parts. */
export const list = <Part extends z.ZodType>(part: Part) => z.array(part, { error: '应是一个列表' });

/** An object with these parts; other parts are dropped. */
export const parts = <Parts extends z.core.$ZodLooseShape>(shape: Parts) => z.object(shape, { error: '应是一个对象' });

/** What is wrong at one place of a definition: `indicators[0].factor` and a Chinese sentence. */
export interface DefinitionIssue {
  readonly path: string;
  readonly message: string;
}

/** All faults that a shape finds, each with its place. If the value is not an object, the place is the whole file. */
export function issuesOf(error: z.ZodError): DefinitionIssue[] {
  return error.issues.map(({ path, message }) => ({ path: placeOf(path), message }));
}

function placeOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '文件';
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
}

/** Checks a rule between parts as soon as `needed` can be read, even if other parts are wrong; for `superRefine`. */
export const asSoonAs = (needed: z.ZodType) => ({
  when: ({ value }: { readonly value: unknown }) => needed.safeParse(value).success,
});
