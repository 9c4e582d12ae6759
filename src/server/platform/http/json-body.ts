import type { FastifyInstance } from 'fastify';
import { inexactNumber, keepsNumber } from '#domain/kit/number-text.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';

/**
 * A number with more than fifteen digits, or with an exponent, where a number may stand: fifteen digits are always kept, so
 * nearly no body needs a second look. Ids and digests, which have such digits within a text, need none.
 */
const perhapsInexact = /(?:^|[\s:,[])-?(?:[\d.]{16}|\d[\d.]*[eE])/;
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[[{}\],:]/g;

/**
 * Reads JSON bodies as the framework does, and refuses those with numbers that would be stored changed. The parser of
 * JSON rounds them without a word, and behind it nobody can know how they were written.
 */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text: string, done) => {
    parse(request, text, (error, body) => done(error ?? inexactNumbersIn(text) ?? null, body));
  });
}

/** Faults that a refusal names: whoever mends these finds the rest, and a hostile body gets no long answer. */
const mostNamed = 10;
/** Parts of a place that are shown; no body of the contract lies deeper. */
const mostParts = 8;

const placeOf = (path: readonly (string | number)[]) =>
  (path.length > mostParts ? [...path.slice(0, mostParts - 1), '…'] : path).join('.').slice(0, 200);

/** The refusal of a text of valid JSON, with the places of the first numbers that no double keeps. */
function inexactNumbersIn(text: string): Problem | undefined {
  if (!perhapsInexact.test(text)) return undefined;
  const issues: Array<{ path: string; message: string }> = [];
  const path: Array<string | number> = [];
  let name = '';
  for (const [found] of text.matchAll(token)) {
    const last = path.length - 1;
    const place = path[last];
    if (found === '{') path.push('');
    else if (found === '[') path.push(0);
    else if (found === '}' || found === ']') path.pop();
    else if (found === ':') path[last] = JSON.parse(name) as string;
    else if (found === ',') path[last] = typeof place === 'number' ? place + 1 : '';
    else if (found.startsWith('"')) name = found;
    else if (!keepsNumber(found)) issues.push({ path: placeOf(path), message: `数字${inexactNumber}` });
    if (issues.length === mostNamed) break;
  }
  return issues.length === 0 ? undefined : problem('request.invalid', { issues });
}
