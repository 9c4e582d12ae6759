import { editionMark } from '#domain/framework/edition/edition-mark.ts';
import type { Edition } from '#domain/framework/edition.ts';
import type { Held, Prepared, Result } from '#domain/framework/result.ts';
import { markedText } from '#domain/framework/score/exact-text.ts';
import { type Exact, exact, multiply } from '#domain/kit/decimal.ts';
import { isMissing } from '#domain/kit/value.ts';
import { textTable } from '#domain/text/text-table.ts';

/** The result of one subject as a table for people. */
export function scoreText({ edition }: Prepared, result: Result, subject: string): string {
  const text = (value: Exact | null): string => (value === null ? '—' : markedText(value, edition.decimals));
  const { provisional } = result;
  const lines = [
    headline(edition),
    ...(subject === '' ? [] : [`评估对象：${subject}`]),
    '',
    textTable(
      ['代码', '指标', '得分', '满分', '得分率'],
      [
        ...result.nodes.map(({ code, title, points, max, rate }) => [
          ...[code, title ?? '名称未见', text(points), text(max)],
          rate === null ? '—' : rateText(rate),
        ]),
        ['', '总分', text(result.total), text(result.max), ''],
      ],
    ),
  ];
  if (provisional !== null) {
    lines.push(
      '',
      `暂定：总分在 ${text(provisional.from)} 与 ${provisional.to === null ? '未知的上限' : text(provisional.to)} 之间。`,
    );
    if (provisional.unanswered.length > 0)
      lines.push(`未作答 ${provisional.unanswered.length} 项：${provisional.unanswered.join('、')}`);
  }
  lines.push('', ...rules('否决', result.vetoes), ...rules('限优', result.caps), ...rules('降档', result.downgrades));
  for (const { name, by, table, open } of result.conclusions) {
    lines.push(`${table}：${name}　（${by}）`);
    if (open.length > 0) lines.push(`  尚未给出：${open.join('、')}`);
  }
  for (const action of result.actions) lines.push(`处理：${action}`);
  return lines.join('\n');
}

function headline(edition: Edition): string {
  return `${edition.title}（${edition.edition}）　${editionMark(edition)}`;
}

function rules(kind: string, held: readonly Held[]): string[] {
  const holding = held.filter(({ holds }) => holds === true).map(({ code, text }) => `${kind} ${code}：${text}`);
  const open = held.filter(({ holds }) => isMissing(holds)).map(({ code }) => code);
  return open.length === 0 ? holding : [...holding, `${kind} ${open.join('、')}：尚不能判断，暂按不成立`];
}

/** A share in per cent, `92.5%`; with two decimals and a mark where it does not end. */
function rateText(rate: Exact): string {
  return `${markedText(multiply(rate, exact(100)), -2)}%`;
}
