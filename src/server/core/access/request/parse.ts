import { z } from 'zod';
import zhCN from 'zod/v4/locales/zh-CN.js';
import type { AnyRoute, RouteInput, Upload } from '#contract/route.ts';
import { problem } from '#domain/kit/problem.ts';
import type { Call } from '#platform/http/endpoint.ts';

// People read the messages of a schema's refusals.
z.config(zhCN());

/** Parses all parts before refusing any, so that the person sees every mistake at once. */
export function parse(route: AnyRoute, call: Call): RouteInput<AnyRoute> {
  const issues: Array<{ path: string; message: string }> = [];
  const read = (schema: z.ZodType | undefined, given: unknown, part: string): unknown => {
    if (schema === undefined) return undefined;
    const result = schema.safeParse(given ?? {});
    if (result.success) return result.data;
    for (const issue of result.error.issues) {
      issues.push({ path: [part, ...issue.path].filter((step) => step !== '').join('.'), message: issue.message });
    }
    return undefined;
  };
  const params = read(route.params, call.params, '');
  const query = read(route.query, call.query, '');
  const body = bodyOf(route, call, read);
  issues.push(...unkeepable(params, [], true), ...unkeepable(query, [], true), ...unkeepable(body, [], false));
  if (issues.length > 0) throw problem('request.invalid', { issues });
  return { params, query, body } as RouteInput<AnyRoute>;
}

type Read = (schema: z.ZodType | undefined, given: unknown, part: string) => unknown;

/** For an upload, the fields are parsed and the file is passed on unchanged. */
function bodyOf({ body }: AnyRoute, call: Call, read: Read): unknown {
  if (body === undefined) return call.body;
  if (!('kind' in body)) return read(body, call.body, '');
  const { file, fields } = call.body as Upload;
  return { file, fields: read(body.fields, fields, '') };
}

/**
 * Values that no column or file can hold and no filter can mean: NUL, unpaired surrogates, U+FFFE and U+FFFF in a text; in
 * an address also a number beyond the integers of ids, years and pages. (The number in a cell may be as large as somebody types it.)
 */
function unkeepable(
  value: unknown,
  path: readonly string[],
  narrow: boolean,
): Array<{ path: string; message: string }> {
  if (typeof value === 'string' && /[\0\p{Surrogate}\ufffe\uffff]/u.test(value)) {
    return [{ path: path.join('.'), message: '含有无法保存的字符' }];
  }
  if (narrow && typeof value === 'number' && Math.abs(value) > 0x7fff_ffff) {
    return [{ path: path.join('.'), message: '数值超出范围' }];
  }
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  return Object.entries(value).flatMap(([key, part]) => [
    ...unkeepable(key, path, false),
    ...unkeepable(part, [...path, key], narrow),
  ]);
}
