import { describe, expect, it } from 'vitest';
import { catchOutput } from '#test/support/product/commands.ts';
import { main } from '../cli.ts';

const { said } = catchOutput('frame');

describe('the frame of the command line', () => {
  it('is Chinese in the help of the program and of a command', async () => {
    await main(['--help']);
    expect(said.out).toMatch(/^用法： dudao \[选项\] \[命令\]\n\n督导：教育督导开放平台\n\n选项：\n/);
    expect(said.out).toMatch(/\n命令：\n {2}serve /);
    expect(said.out).toMatch(/\n {2}seed \[选项\] /);
    said.out = '';
    await main(['balance', '--help']);
    expect(said.out).toMatch(/^用法： dudao balance \[选项\] <file>\n/);
    expect(said.out).toMatch(/\n参数：\n {2}file /);
    expect(said.out).not.toMatch(/Usage|Options|Commands|Arguments|default|\[options\]|\[command\]/);
  });

  it.each([
    [['nothing'], '没有“nothing”这个命令。'],
    [['serv'], '没有“serv”这个命令。是不是 serve？'],
    [['cv', 'x.csv', '--value', '图书', '--weight', '学生', '--jsn'], '没有“--jsn”这个选项。是不是 --json？'],
    [['cv', 'x.csv'], '缺少必须的选项 --weight <column>，请补上。'],
    [['cv', 'x.csv', '--weight'], '选项 --weight <column> 后面缺少内容，请补上。'],
    [['balance', '--standard', 'quality-2017'], '缺少参数 <file>，请补上。'],
    [['jobs', 'retry', '1', '2', '3'], '参数太多：应为 1 个，给出了 3 个。'],
  ])('is Chinese where it refuses: %j', async (words, sentence) => {
    await main(words);
    expect(said.err).toBe(`${sentence}\n（用 --help 查看用法）\n`);
    expect(process.exitCode).toBe(2);
  });
});
