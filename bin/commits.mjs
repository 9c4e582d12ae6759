import { spawnSync } from 'node:child_process';

/** The last commit before the rule of docs/STYLE.md was held by machine: what it says of subjects holds for all that follow. */
const since = 'd21ab010393583a93dc4c93dd11a2103a985d5e1';

/** `area: verb …`: one area or several, then what the commit does, in the present tense. */
const subjectForm = /^[a-z][a-z0-9-]*(, [a-z][a-z0-9-]*)*: [a-z]\S* ./;
const longest = 72;

/** Why a subject of a commit breaks the rule, in one sentence; null where it keeps it. */
export function subjectFault(subject) {
  if (subject.length > longest) return `${subject}：${subject.length} 个字符，最多 ${longest} 个`;
  if (!subjectForm.test(subject)) return `${subject}：应写成“area: verb …”，区域和动词用小写字母开头`;
  return null;
}

/** The faults of the commits that followed; none where there is no history, or one in which the first of them is unknown. */
export function commitFaults(root) {
  const { status, stdout } = spawnSync('git', ['log', '--no-merges', '--format=%s', `${since}..HEAD`], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) return [];
  return stdout
    .split('\n')
    .filter((subject) => subject !== '')
    .map(subjectFault)
    .filter((fault) => fault !== null);
}
