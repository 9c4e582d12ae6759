import { isProblem, problem } from '../../kit/problem.ts';
import { unquoted } from '../conclude/condition-cursor.ts';
import { cutCondition } from '../conclude/condition-lexer.ts';
import type { Code, ConditionText, Edition, Indicator, Rule } from '../edition.ts';

/** Words of conditions whose brackets hold codes of indicators; of `count` the first part is a grade. */
const codeCalls: ReadonlySet<string> = new Set([
  ...['leaf', 'full', 'rate', 'option', 'grade', 'verdict', 'any', 'anyNo', 'count'],
]);

/**
 * The edition with an indicator under another code, wherever it is named: by those below it, by rules, notes, decision tables,
 * quotas, relaxations and places that were not seen.
 * @throws Problem `thing.notFound`, `thing.exists`
 */
export function withRenamed(edition: Edition, from: Code, to: Code): Edition {
  if (!edition.indicators.some(({ code }) => code === from)) {
    throw problem('thing.notFound', { what: `个指标（${from}）` });
  }
  if (edition.indicators.some(({ code }) => code === to)) throw problem('thing.exists', { what: `编号 ${to} ` });
  const code = (own: Code) => (own === from ? to : own);
  const when = (text: ConditionText) => renamedCondition(text, from, to);
  const rule = (one: Rule): Rule => ({ ...one, when: when(one.when) });
  const judged = <One extends Pick<Indicator, 'adjust' | 'method'>>(one: One): One => ({
    ...one,
    ...(one.adjust === undefined ? {} : { adjust: one.adjust.map((note) => ({ ...note, when: when(note.when) })) }),
    ...(one.method?.kind === 'deduction' && one.method.factorIf !== undefined
      ? { method: { ...one.method, factorIf: one.method.factorIf.map((own) => ({ ...own, when: when(own.when) })) } }
      : {}),
  });
  const { preconditions, actions, relaxations } = edition;
  return {
    ...edition,
    indicators: edition.indicators.map((one) =>
      judged({ ...one, code: code(one.code), parent: one.parent === null ? null : code(one.parent) }),
    ),
    gaps: edition.gaps.map((gap) => ({ ...gap, under: gap.under === null ? null : code(gap.under) })),
    ...{ vetoes: edition.vetoes.map(rule), caps: edition.caps.map(rule), downgrades: edition.downgrades.map(rule) },
    conclusions: edition.conclusions.map(({ rows, quota, ...table }) => ({
      ...table,
      // biome-ignore lint/suspicious/noThenProperty: the tables of published rules are read by this word; it is a text.
      rows: rows.map((row) => ({ when: row.when.map(when), then: row.then })),
      ...(quota === undefined
        ? {}
        : {
            quota: {
              ...quota,
              ties: quota.ties.map((tie) => ('rate' in tie ? { rate: code(tie.rate) } : { leaf: code(tie.leaf) })),
            },
          }),
    })),
    ...(preconditions === undefined
      ? {}
      : { preconditions: preconditions.map((one) => ({ ...one, when: when(one.when) })) }),
    ...(actions === undefined ? {} : { actions: actions.map((one) => ({ ...one, when: when(one.when) })) }),
    ...(relaxations === undefined
      ? {}
      : {
          relaxations: relaxations.map((one) => ({
            ...one,
            codes: one.codes.map(code),
            replace: judged(one.replace),
          })),
        }),
  };
}

/** A condition with one code written otherwise. A condition that cannot even be cut into pieces stays as it is. */
export function renamedCondition(text: ConditionText, from: Code, to: Code): ConditionText {
  const characters = [...text];
  const places: Array<readonly [start: number, end: number]> = [];
  try {
    const { tokens } = cutCondition(text);
    for (const [at, token] of tokens.entries()) {
      const open = tokens[at + 1];
      if (token.kind !== 'word' || !codeCalls.has(token.text) || open?.text !== '(') continue;
      const close = tokens.slice(at + 2).find(({ kind, text: sign }) => kind === 'end' || sign === ')');
      if (close === undefined) continue;
      let start = open.end;
      const parts = characters
        .slice(open.end, close.start)
        .join('')
        .split(/[,，、]/);
      for (const [n, part] of parts.entries()) {
        const length = [...part].length;
        const isCode = token.text !== 'count' || n > 0;
        if (isCode && unquoted(part.trim()) === from) {
          const lead = [...part].length - [...part.trimStart()].length;
          places.push([start + lead, start + lead + [...part.trim()].length]);
        }
        start += length + 1;
      }
    }
  } catch (error) {
    if (!isProblem(error)) throw error;
    return text;
  }
  for (const [start, end] of places.reverse()) {
    const quote = /^["“「]/.test(characters[start] ?? '');
    characters.splice(start, end - start, quote ? `"${to}"` : to);
  }
  return characters.join('');
}
