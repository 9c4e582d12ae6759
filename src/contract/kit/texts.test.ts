import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { meaningfulText } from '#domain/kit/meaningful-text.ts';
import { routes } from '../index.ts';
import { writtenLine, writtenText } from './texts.shape.ts';

/**
 * Texts that nobody reads beside another: secrets, digests, and what is compared with something that stands. The value of
 * a cell is read by its field, which may be a choice or a number.
 */
const notRead =
  /\.(password|current|next|token|code|digest|trial|username|role|permissions|fields?|standard|level|search|place|value|now|codes|nodes|kind|schoolType)(\.\[\])?$/;

function* textsOf(schema: unknown, path: string): Generator<[string, z.ZodType]> {
  if (schema instanceof z.ZodString) yield [path, schema];
  else if (schema instanceof z.ZodObject) {
    for (const [name, part] of Object.entries(schema.shape)) yield* textsOf(part, `${path}.${name}`);
  } else if (schema instanceof z.ZodArray) yield* textsOf(schema.element, `${path}.[]`);
  else if (schema instanceof z.ZodUnion) for (const one of schema.options) yield* textsOf(one, path);
  else if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    yield* textsOf(schema.unwrap(), path);
  }
}

describe('a free text that comes in', () => {
  it('keeps its lines and loses what nobody sees and what turns the text beside it', () => {
    const text = ' 请核对\u202e台账\u0007\r\n见\u2066附件\u2069\u2028谢谢\u009b\t好 ';
    expect(writtenText(100).parse(text)).toBe('请核对台账\n见附件\n谢谢\t好');
    expect(writtenLine(100).parse(text)).toBe('请核对台账 见附件 谢谢 好');
    expect(writtenText(100).parse('请\u200b核\u{e0069}对\ufff9')).toBe('请核对');
    expect(writtenText(100).parse(`高${'\u0301'.repeat(300)}`)).toBe(`高${'\u0301'.repeat(4)}`);
    expect(writtenText(100).parse('𰻝\u{e0100} 👨\u200d🏫')).toBe('𰻝\u{e0100} 👨\u200d🏫');
    expect(meaningfulText.test('\u3164\u3164')).toBe(false);
    expect(writtenText(2).min(1).safeParse('\u202e\u200f').success).toBe(false);
  });

  it('is cleaned or refused wherever the contract takes one', () => {
    const found = routes.flatMap((route) =>
      route.body === undefined ? [] : [...textsOf('kind' in route.body ? route.body.fields : route.body, route.name)],
    );
    const texts = found.filter(([path]) => !notRead.test(path));
    expect(texts.length).toBeGreaterThan(20);
    const kept = texts.filter(([, schema]) => {
      const read = schema.safeParse('请核对\u202e台账\u0007见附件');
      return read.success && ['\u202e', '\u0007'].some((sign) => String(read.data).includes(sign));
    });
    expect(kept.map(([path]) => path)).toEqual([]);
  });
});
