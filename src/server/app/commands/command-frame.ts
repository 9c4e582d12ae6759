import type { Command } from 'commander';

/** The headings of a help text. The library has them in English only. */
const headings: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
};

const inChinese = (usage: string) => usage.replaceAll('[options]', '[选项]').replaceAll('[command]', '[命令]');

/** What the library adds to a description, in brackets. */
const additions = (description: string) =>
  description.replaceAll('(default: ', '（不写时为 ').replace(/（不写时为 ([^()]*)\)/g, '（不写时为 $1）');

/** The refusals of the library, each with what to do instead. */
const refusals: ReadonlyArray<readonly [said: RegExp, sentence: string]> = [
  [/^unknown command '(.*?)'/, '没有“$1”这个命令。'],
  [/^unknown option '(.*?)'/, '没有“$1”这个选项。'],
  [/^missing required argument '(.*)'$/, '缺少参数 <$1>，请补上。'],
  [/^option '(.*)' argument missing$/, '选项 $1 后面缺少内容，请补上。'],
  [/^required option '(.*)' not specified$/, '缺少必须的选项 $1，请补上。'],
  [/^option '(.*)' argument '(.*)' is invalid\. ?(.*)$/, '选项 $1 不能是“$2”。$3'],
  [/^option '(.*)' cannot be used with option '(.*)'$/, '选项 $1 和 $2 不能一起用，请去掉一个。'],
  [
    /^too many arguments(?: for '(.*)')?\. Expected (\d+) arguments? but got (\d+)\.$/,
    '参数太多：应为 $2 个，给出了 $3 个。',
  ],
];

/** @returns the sentence for a refusal of the library, with the name that may have been meant */
function refusal(said: string): string {
  const text = said.trim().replace(/^error: /, '');
  const meant = /\(Did you mean (?:one of )?(.*)\?\)/.exec(text)?.[1];
  for (const [pattern, sentence] of refusals) {
    const found = pattern.exec(text.split('\n')[0] ?? '');
    if (!found) continue;
    const told = sentence.replaceAll(/\$(\d)/g, (_, at) => found[Number(at)] ?? '');
    return `${told}${meant === undefined ? '' : `是不是 ${meant.replaceAll(', ', '、')}？`}\n`;
  }
  return said;
}

/** Makes a program, and every command that is added to it afterwards, speak Chinese around its own descriptions. */
export function frameInChinese(program: Command): Command {
  return program
    .configureHelp({
      // A Chinese character is two columns wide on a terminal.
      displayWidth: (text) => text.replaceAll(/[\u3000-\u9fff\uff00-\uffef]/g, '  ').length,
      styleTitle: (title) => headings[title] ?? title,
      styleUsage: inChinese,
      styleSubcommandTerm: inChinese,
      styleOptionDescription: additions,
      styleArgumentDescription: additions,
    })
    .configureOutput({ outputError: (said, write) => write(refusal(said)) });
}
