import type { Held, Prepared, Result, TraceNode } from '#domain/framework/result.ts';
import { exactText } from '#domain/framework/score/exact-text.ts';
import type { PostYear } from '#domain/framework/score/tenures.ts';
import type { Exact } from '#domain/kit/decimal.ts';
import { isMissing } from '#domain/kit/value.ts';

/** The words for a list of rules in the trace. */
const ruleWords = { vetoes: '否决', caps: '限优', downgrades: '降档' } as const;

/**
 * The result of one subject as JSON. Points are exact decimals as text; a figure whose decimals do not end has four more
 * than the edition shows. `mark` says how far the edition carries: `official`, `official-partial` or `sample`.
 */
export function scoreOutput({ edition }: Prepared, result: Result) {
  const text = (value: Exact | null) => (value === null ? null : exactText(value, edition.decimals));
  return {
    framework: edition.key,
    edition: edition.edition,
    mark: edition.authority,
    total: text(result.total),
    max: text(result.max),
    provisional: result.provisional && {
      from: text(result.provisional.from),
      to: text(result.provisional.to),
      unanswered: [...result.provisional.unanswered],
    },
    nodes: result.nodes.map(({ code, title, points, max }) => ({ code, title, points: text(points), max: text(max) })),
    conclusions: result.conclusions.map(({ name, by, table, open }) => ({
      ...{ name, by },
      ...(result.conclusions.length > 1 ? { table } : {}),
      ...(open.length > 0 ? { open: [...open] } : {}),
    })),
    vetoes: result.vetoes.flatMap(({ code, text: words, holds, years }) =>
      holds === true ? [{ code, text: words, years: [...years] }] : [],
    ),
    trace: [...result.trace, ...rulesIn(result), ...actionsIn(result)],
  };
}

/** The year of a post over its holders, as it stands beside the result of each of them. */
export function postOutput({ edition }: Prepared, post: string, { months, total, provisional }: PostYear) {
  const text = (value: Exact | null) => (value === null ? null : exactText(value, edition.decimals));
  return {
    ...{ name: post, months, total: text(total) },
    provisional: provisional && { from: text(provisional.from), to: text(provisional.to) },
  };
}

function rulesIn(result: Result): TraceNode[] {
  return (['vetoes', 'caps', 'downgrades'] as const).flatMap((kind) =>
    result[kind].map((held) => ({ code: held.code, words: `${ruleWords[kind]}：${held.text}`, steps: [stepOf(held)] })),
  );
}

function stepOf({ holds, years }: Held) {
  if (isMissing(holds)) return { words: `尚不能判断，缺 ${holds.fields.join('、')}` };
  if (!holds) return { words: '不成立' };
  const past = years.filter((year) => year > 0);
  return {
    words:
      past.length === 0
        ? '成立'
        : `成立（${years.map((year) => (year === 0 ? '评估年度' : `前 ${year} 年`)).join('、')}）`,
  };
}

function actionsIn({ actions }: Result): TraceNode[] {
  return actions.length === 0 ? [] : [{ code: '', words: '处理', steps: actions.map((words) => ({ words })) }];
}
