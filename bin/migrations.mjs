import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Checks `migrations/` for `npm run check`: numbers without a gap, names that begin with a verb, and files that have not
 * changed since they were first accepted. A database that has run a file does not run it again, so a change would reach only
 * new installations.
 */
const listName = 'hashes.json';

/** The verbs with which a name begins: it says what happens to the schema, and a new verb is a decision. */
const verbs = ['add', 'change', 'drop', 'fill', 'guard', 'move', 'rename', 'split'];
const wellNamed = new RegExp(`^\\d{4}_(${verbs.join('|')})(_[a-z]+)+$`);

/** The faults of a folder of migrations, one sentence each; empty where there are none. */
export function migrationFaults(folder) {
  const faults = [];
  const files = numberedFiles(folder);
  const accepted = acceptedHashes(folder);
  for (const [index, file] of files.entries()) {
    const expected = String(index + 1).padStart(4, '0');
    if (!wellNamed.test(file.name)) {
      faults.push(
        `${file.name}：名称应为“四位数字_动词_英文词”，词用小写字母，以下划线相连，动词取自 ${verbs.join('、')}`,
      );
    }
    if (!file.name.startsWith(expected)) {
      faults.push(`${file.name}：编号应为 ${expected}，编号从 0001 起，不得跳号或重号`);
      break;
    }
  }
  for (const file of files) {
    const known = accepted[file.name];
    if (known === undefined) {
      faults.push(`${file.name}：还没有列入 ${listName}；请运行 node bin/check.mjs --accept-migrations`);
    } else if (known !== file.hash) {
      faults.push(`${file.name}：列入 ${listName} 之后被改动过；请恢复原文件，另写新的升级文件`);
    }
  }
  const names = new Set(files.map((file) => file.name));
  for (const name of Object.keys(accepted)) {
    if (!names.has(name)) faults.push(`${name}：列在 ${listName} 里，文件却没有了；请恢复该文件`);
  }
  return faults;
}

/** Writes the hashes of files that are not on the list yet. Listed files keep theirs: a changed file stays a fault. */
export function acceptMigrations(folder) {
  const accepted = acceptedHashes(folder);
  const added = numberedFiles(folder).filter((file) => accepted[file.name] === undefined);
  for (const file of added) accepted[file.name] = file.hash;
  const sorted = Object.fromEntries(Object.entries(accepted).sort(([one], [other]) => (one < other ? -1 : 1)));
  writeFileSync(path.join(folder, listName), `${JSON.stringify(sorted, null, 2)}\n`);
  return added.map((file) => file.name);
}

function numberedFiles(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const text = readFileSync(path.join(folder, name), 'utf8').replaceAll('\r\n', '\n');
      return { name: name.slice(0, -4), hash: createHash('sha256').update(text).digest('hex') };
    });
}

function acceptedHashes(folder) {
  const list = path.join(folder, listName);
  return existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : {};
}
