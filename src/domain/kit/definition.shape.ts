import { z } from 'zod';

/**
 * What definitions (standards, catalogues, calendars, units) are made of. Each part carries the sentence that refuses
 * what it does not take, so that nobody meets the English of the library.
 */

/** A text that says something. */
export const text = z.string({ error: '应是不为空的文字' }).regex(/\S/, '应是不为空的文字');

/** A text that may say nothing. */
export const plainText = z.string({ error: '应是文字' });

/** A day that exists, `YYYY-MM-DD`. */
export const day = z.iso.date({ error: '应是 2017-04-26 这样的日期' });

export const truth = z.boolean({ error: '应是 true 或 false' });

export const number = z.number({ error: '应是数字' });

export const positive = z.number({ error: '应是大于 0 的数字' }).positive('应是大于 0 的数字');

/**
 * An integer between two bounds, both included.
 * @param error the sentence where it is none
 */
export const whole = (minimum: number, maximum: number, error = `应是 ${minimum} 到 ${maximum} 的整数`) =>
  z.number({ error }).int(error).min(minimum, error).max(maximum, error);

/** One of these words. */
export const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, { error: `应是 ${words.join('、')} 之一` });

/** A list of such parts. */
export const list = <Part extends z.ZodType>(part: Part) => z.array(part, { error: '应是一个列表' });

/** An object with these parts; what else it has is left behind. */
export const parts = <Parts extends z.core.$ZodLooseShape>(shape: Parts) => z.object(shape, { error: '应是一个对象' });

/** What is wrong at one place of a definition: `indicators[0].factor` and a Chinese sentence. */
export interface DefinitionIssue {
  readonly path: string;
  readonly message: string;
}

/** Everything that a shape refuses, each with its place; the whole file is the place of what is no object at all. */
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

/** Asks a rule between parts as soon as `needed` can be read, whatever else is wrong; for `superRefine`. */
export const asSoonAs = (needed: z.ZodType) => ({
  when: ({ value }: { readonly value: unknown }) => needed.safeParse(value).success,
});
