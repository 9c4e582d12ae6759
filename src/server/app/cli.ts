import { Command } from 'commander';
import { isProblem } from '#domain/kit/problem.ts';
import { StartError } from '#platform/config/start-error.ts';
import { commandHost } from './command-host.ts';
import { frameInChinese } from './commands/command-frame.ts';
import { commands } from './commands.ts';
import { productVersion } from './root.ts';

/**
 * Runs one command. Mistakes of the person are reported in sentences on standard error: exit code 1 where the program
 * cannot start, 2 where the input cannot be used.
 */
export async function main(argv: readonly string[]): Promise<void> {
  const program = frameInChinese(new Command('dudao'))
    .description('督导：教育督导开放平台')
    .version(productVersion(), '-V, --version', '版本')
    .helpOption('-h, --help', '帮助')
    .helpCommand(false)
    .showHelpAfterError('（用 --help 查看用法）')
    .exitOverride();
  try {
    // Each module is loaded when its command is called. If no command has the name, all modules are loaded, so that
    // help shows them.
    const wanted = commands.filter(({ name }) => name === argv[0]);
    for (const { load } of wanted.length > 0 ? wanted : commands) (await load()).register(program, commandHost);
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    process.exitCode = say(error);
  }
}

function say(error: unknown): number {
  // Commander has already written its own sentence, or the help that was asked for.
  if (error instanceof Error && error.constructor.name === 'CommanderError') {
    return (error as { exitCode?: number }).exitCode === 0 ? 0 : 2;
  }
  if (error instanceof StartError) {
    for (const sentence of error.sentences) process.stderr.write(`${sentence}\n`);
    return 1;
  }
  if (isProblem(error)) {
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
}
